import { earlierWork } from '../../cli/evolution/earlierWork';
import { formatRecord, type IRejection } from '../../src/evolution/records';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const rejection = (by: IRejection['by']): string =>
  formatRecord({
    ...{ v: 1, signature: 's', id: 'x', by, newest: 't-1' },
    ...{ at: '2026-11-21T10:00:00.000Z', reason: 'No' }
  });
const run = formatRecord({
  ...{ v: 1, id: 'r', job: 'user', started: '2026-11-21T10:00:00.000Z', ms: 1 },
  ...{ status: 'done', traces: 0, patterns: 0, candidates: [] },
  ...{ verified: 0, rejected: [] }
});

/** What the commit of one changed file says. */
async function messageOf(
  path: string,
  before: string | null,
  now: string | null
): Promise<string | undefined> {
  const read = (): Promise<Uint8Array | null> =>
    Promise.resolve(before === null ? null : encode(before));
  const edits = [{ path, content: now === null ? null : encode(now) }];
  const [work] = await earlierWork({ read }, edits);
  return work?.message;
}

const RECORDS = 'evolution: Record earlier runs';
const EDITED = 'Edit learned skills';

describe('what runs without commits have left', () => {
  it.each([
    ['runs', run, RECORDS],
    ['rejected', rejection('replay'), RECORDS],
    ['rejected', rejection('replay') + rejection('replay'), RECORDS],
    // A run writes none of a person's.
    ['rejected', rejection('person'), EDITED],
    ['rejected', rejection('replay') + rejection('person'), EDITED],
    ['rejected', run, EDITED],
    ['runs', rejection('replay'), EDITED]
  ])('in evolution/%s.jsonl is told by its lines', async (name, lines, message) => {
    const path = `evolution/${name}.jsonl`;
    expect(await messageOf(path, null, lines)).toBe(message);
    expect(await messageOf(path, 'older\n', `older\n${lines}`)).toBe(message);
    expect(await messageOf(path, 'older\n', lines)).toBe(EDITED);
  });

  it('is not told of a candidate that is gone', async () => {
    expect(await messageOf('evolution/candidates/x.md', 'Text\n', null)).toBe(EDITED);
  });
});
