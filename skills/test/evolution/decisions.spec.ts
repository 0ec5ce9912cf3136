import { reviewedCommit } from '../../src/evolution/applied';
import { acceptMessage } from '../../src/evolution/candidateFile';
import { decisionMessage, decisionOf } from '../../src/evolution/decisions';
import { rejectionLine } from '../../src/evolution/jobCommits';

const read = (message: string): unknown => {
  const found = decisionOf({
    ...{ oid: 'c0ffee', parents: [], tree: '', message },
    author: { name: 'Ana', email: 'ana@example.org', time: 1_763_719_200 }
  });
  return found && [found.kind, found.id];
};

describe('decisionOf', () => {
  it('reads back what a person has decided, and when', () => {
    expect(
      decisionOf({
        ...{ oid: 'c0ffee', parents: [], tree: '' },
        author: { name: 'Ana', email: 'ana@example.org', time: 1_763_719_200 },
        message: decisionMessage('rejected', 'curve')
      })
    ).toEqual({
      ...{ kind: 'rejected', id: 'curve', who: 'Ana', commit: 'c0ffee' },
      at: '2025-11-21T10:00:00.000Z'
    });
    expect(read(decisionMessage('undone', 'curve'))).toEqual(['undone', 'curve']);
    expect(read(decisionMessage('allowed', 'curve'))).toEqual(['allowed', 'curve']);
    const made = { runs: 5, traces: ['t1'] };
    expect(read(acceptMessage('curve', made))).toEqual(['accepted', 'curve']);
    expect(read(acceptMessage('curve', made, 'update'))).toEqual(['updated', 'curve']);
  });

  it('reads the acceptance of a draft', () => {
    const text = '---\nskill_id: curve\nlearned_draft: true\n---\n';
    const { message } = reviewedCommit({
      ...{ id: 'curve', text },
      review: { report: {} }
    } as unknown as Parameters<typeof reviewedCommit>[0]);
    expect(read(message)).toEqual(['accepted', 'curve']);
  });

  it('leaves out what a job or another hand has committed', () => {
    const rejection = { id: 'curve', by: 'replay' } as Parameters<
      typeof rejectionLine
    >[0];
    const others = [rejectionLine(rejection).message, 'evolution: Learn curve', 'Edit'];
    expect(others.map(read)).toEqual([null, null, null]);
  });
});
