import { readCandidate, type ICandidateFile } from '../../src/evolution/candidateFile';
import { wordsDigest } from '../../src/evolution/edits';
import { learn } from '../../src/evolution/learn';
import type {
  ILearnFiles,
  ILearnOptions,
  ILibraryFile
} from '../../src/evolution/learnOptions';
import { mineTask } from '../../src/evolution/mineTask';
import type { ICandidateSteps } from '../../src/evolution/jobCommits';
import type { IEvolutionRun, IRejection } from '../../src/evolution/records';
import { withReview } from '../../src/evolution/review';
import { verdictOf } from '../../src/evolution/verdict';
import {
  notReplayed,
  type ReplayCall,
  type ReplayOutcome
} from '../../src/evolution/verify';
import { formatTrace, type ITrace } from '../../src/session/trace';
import { parseSkill } from '../../src/skill/parse';
import { energyOf, LIBRARY, traced, vqeAndPlot } from './traces';

/** Files of evolution in memory. */
class MemoryFiles implements ILearnFiles {
  constructor(public all: ITrace[]) {}

  readonly runs: IEvolutionRun[] = [];
  readonly rejected: IRejection[] = [];
  readonly waiting = new Map<string, string>();
  /** As they were learned, before what people have edited. */
  readonly learned = new Map<string, string>();
  /** All that was proposed, before what people have edited in a candidate. */
  readonly proposed: string[] = [];

  traces: ILearnFiles['traces'] = onProgress => {
    onProgress(1, 1);
    return Promise.resolve([{ text: this.all.map(formatTrace).join('\n') }]);
  };
  rejections = () => Promise.resolve(this.rejected);
  candidates = () =>
    Promise.resolve(
      [...this.waiting].flatMap(([id, text]): ICandidateFile[] => {
        const read = readCandidate(id, text);
        return read ? [read] : [];
      })
    );
  candidateText = (id: string) => Promise.resolve(this.waiting.get(id) ?? null);
  addRun = (run: IEvolutionRun) => Promise.resolve(void this.runs.push(run));
  addRejection = (rejection: IRejection) =>
    Promise.resolve(void this.rejected.push(rejection));
  writeCandidate = (id: string, { learned, proposed, edited }: ICandidateSteps) => {
    if (learned !== undefined) {
      this.learned.set(id, learned);
    }
    this.proposed.push(proposed ?? learned ?? '');
    const last = edited ?? proposed ?? learned ?? '';
    return Promise.resolve(void this.waiting.set(id, last));
  };
  removeCandidate = (id: string) => Promise.resolve(void this.waiting.delete(id));
}

const agree: ReplayCall = (_, inputs) => {
  const energy = traced(energyOf(Number(inputs['iterations'])));
  const calls: Extract<ReplayOutcome, { kind: 'done' }>['calls'] = [
    { skill: 'quantum-vqe', outputs: { eigenvalue: energy } },
    { skill: 'plot-convergence', outputs: { final_value: energy } }
  ];
  return Promise.resolve({ kind: 'done', calls });
};

const ENTRIES = [...LIBRARY.values()].map(({ skill, version }): ILibraryFile => ({
  skill,
  version,
  text: ''
}));
const five = (): ITrace[] => [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));

function run(files: ILearnFiles, more: Partial<ILearnOptions> = {}) {
  const shown: string[] = [];
  const done = learn({
    ...({ job: 'user', id: 'run-1', files, entries: ENTRIES, commits: [] } as const),
    settings: { minCount: 3, minSuccess: 0.7, halfLife: 0 },
    mine: task => Promise.resolve(mineTask(structuredClone(task))),
    replay: agree,
    now: () => Date.UTC(2026, 10, 21),
    signal: { aborted: false },
    onProgress: ({ phase }) => shown.push(phase),
    ...more
  });
  return done.then(result => ({ result, shown }));
}

describe('learn', () => {
  it.each(['is edited while it is replayed', 'cannot be read'])(
    'leaves a candidate that %s',
    async how => {
      const first = new MemoryFiles(five());
      await run(first);
      const [[id = '', text = ''] = []] = first.waiting;
      const files = new MemoryFiles(five());
      const theirs = text.replace('---', '--- [');
      const edit = (): void => void files.waiting.set(id, theirs);
      if (how === 'cannot be read') {
        edit();
      }
      const { result } = await run(files, {
        replay: (...given) => {
          edit();
          return agree(...given);
        }
      });
      expect(files.waiting.get(id)).toBe(theirs);
      expect(result.candidates).toEqual([]);
      expect(result.rejected).toEqual([
        { id, reason: expect.stringContaining('was left as it is') as string }
      ]);
    }
  );

  it('leaves a verified candidate and a record of the run', async () => {
    const files = new MemoryFiles(five());
    const { result, shown } = await run(files);
    expect(result).toMatchObject({
      ...{ status: 'done', traces: 5, patterns: 1, verified: 1, rejected: [] },
      candidates: ['vqe-convergence']
    });
    expect(files.runs).toEqual([result]);
    const [candidate] = await files.candidates();
    expect(candidate?.review.report).toMatchObject({ verdict: 'accepted', agreed: 3 });
    expect([...new Set(shown)]).toEqual(['reading', 'mining', 'replaying']);
    // What waits with a verdict is not made again.
    expect((await run(files)).result).toMatchObject({
      ...{ patterns: 1, known: 1, candidates: [] }
    });
  });

  it('only counts where nothing is to be proposed, and knows none that is new', async () => {
    const files = new MemoryFiles(five());
    const { result } = await run(files, { proposes: false });
    expect(result).toMatchObject({ patterns: 1, candidates: [], rejected: [] });
    expect(result.known).toBeUndefined();
    expect(files.waiting.size).toBe(0);
  });

  it('tells what was applied automatically apart from what waits', async () => {
    const files = new MemoryFiles(five());
    const asked: string[] = [];
    const { result } = await run(files, {
      accept: id => {
        asked.push(id);
        files.waiting.delete(id);
        return Promise.resolve('c0ffee');
      }
    });
    expect(asked).toEqual(['vqe-convergence']);
    expect(result).toMatchObject({ status: 'done', candidates: [], verified: 1 });
    expect(result.applied).toEqual([
      {
        ...{ id: 'vqe-convergence', commit: 'c0ffee' },
        reason: '3 of 3 runs agree; so would at least 44 % of all (95 % confidence).'
      }
    ]);
    expect(files.runs).toEqual([result]);
  });

  it('verifies what waited anew where skills are applied, and applies it', async () => {
    const files = new MemoryFiles(five());
    await run(files);
    const accept = jest.fn((id: string) => {
      files.waiting.delete(id);
      return Promise.resolve('c0ffee');
    });
    const { result } = await run(files, { accept });
    expect(accept.mock.calls).toEqual([['vqe-convergence']]);
    expect(result).toMatchObject({ candidates: [], verified: 1 });
    expect(result.applied).toMatchObject([{ id: 'vqe-convergence' }]);
  });

  it('applies nothing that is unverified, and tells what could not be', async () => {
    const unsure = new MemoryFiles(five());
    const accept = jest.fn(() => Promise.reject(new Error('The disk is full.')));
    const late: ReplayCall = () =>
      Promise.resolve({ kind: 'not-replayed', why: 'Late.' });
    const first = await run(unsure, { accept, replay: late });
    expect(accept).not.toHaveBeenCalled();
    expect(first.result.candidates).toEqual(['vqe-convergence']);
    const { result } = await run(new MemoryFiles(five()), { accept });
    expect(result.candidates).toEqual(['vqe-convergence']);
    expect(result.applied).toBeUndefined();
    expect(result.notes).toEqual([
      '"vqe-convergence" was not applied: The disk is full.'
    ]);
  });

  it('records the run also where what waits cannot be read to be applied', async () => {
    const files = new MemoryFiles(five());
    const { result } = await run(files, {
      accept: () => Promise.resolve('c0ffee'),
      prepare: () => Promise.resolve({ notes: ['One was not copied.'] }),
      finish: () => {
        files.candidates = () => Promise.reject(new Error('No disk.'));
        return Promise.resolve({});
      }
    });
    expect(files.runs).toEqual([result]);
    expect(result).toMatchObject({
      ...{ status: 'done', candidates: ['vqe-convergence'] },
      notes: ['One was not copied.', 'Nothing was applied: No disk.']
    });
    expect(result.applied).toBeUndefined();
  });

  it('applies nothing more once it is stopped', async () => {
    const signal = { aborted: false };
    const accept = jest.fn(() => Promise.resolve('c0ffee'));
    const { result } = await run(new MemoryFiles(five()), {
      ...{ accept, signal },
      finish: () => {
        signal.aborted = true;
        return Promise.reject(new Error('stopped'));
      }
    });
    expect(accept).not.toHaveBeenCalled();
    expect(result).toMatchObject({
      status: 'stopped',
      candidates: ['vqe-convergence']
    });
  });

  it('says that it was stopped while it applied', async () => {
    const signal = { aborted: false };
    const { result } = await run(new MemoryFiles(five()), {
      signal,
      accept: () => {
        signal.aborted = true;
        return Promise.resolve('c0ffee');
      }
    });
    expect(result).toMatchObject({ status: 'stopped', candidates: [] });
    expect(result.applied).toHaveLength(1);
  });

  it('remembers what replays refused, until there are newer runs', async () => {
    const files = new MemoryFiles(five());
    const differ: ReplayCall = () =>
      Promise.resolve({
        kind: 'done',
        calls: [{ skill: 'quantum-vqe', outputs: { eigenvalue: traced(7) } }]
      });
    const first = await run(files, { replay: differ });
    expect(first.result.rejected).toHaveLength(1);
    expect(files.rejected[0]).toMatchObject({ by: 'replay', id: 'vqe-convergence' });
    expect((await run(files)).result.candidates).toEqual([]);
    files.all.push(vqeAndPlot(160));
    expect((await run(files)).result.candidates).toEqual(['vqe-convergence']);
  });

  it('verifies what was proposed without a verdict, under the id that it has', async () => {
    const files = new MemoryFiles(five());
    await run(files);
    const [candidate] = await files.candidates();
    const review = { ...{ sessions: [], confidence: 0, ...candidate?.review } };
    const unverified = withReview(
      (candidate?.text ?? '').replaceAll('vqe-convergence', 'by-hand'),
      { ...review, report: notReplayed('Not here.') }
    );
    files.waiting.clear();
    files.waiting.set('by-hand', unverified);
    const { result } = await run(files);
    expect(result.candidates).toEqual(['by-hand']);
    expect([...files.waiting.keys()]).toEqual(['by-hand']);
  });

  it('keeps what it found when it is stopped', async () => {
    const files = new MemoryFiles(five());
    const signal = { aborted: false };
    const { result } = await run(files, {
      signal,
      replay: (compound, inputs) => {
        signal.aborted = true;
        return agree(compound, inputs);
      }
    });
    expect(result).toMatchObject({ status: 'stopped', traces: 5, candidates: [] });
    expect(result.error).toBeUndefined();
    expect((await run(files)).result.candidates).toEqual(['vqe-convergence']);
  });

  it('records why it failed, and what came before and after', async () => {
    const files = new MemoryFiles(five());
    const failed = await run(files, {
      mine: () => Promise.reject(new Error('broken'))
    });
    expect(failed.result).toMatchObject({ status: 'failed', error: 'broken' });
    const { result } = await run(files, {
      prepare: () => Promise.resolve({ shared: 2 }),
      finish: () => Promise.resolve({ notes: ['The model answered nothing.'] })
    });
    expect(files.runs.at(-1)).toEqual(result);
    expect(result).toMatchObject({ shared: 2, notes: ['The model answered nothing.'] });
  });

  it('keeps what it found when the last step fails, and says so', async () => {
    const files = new MemoryFiles(five());
    const signal = { aborted: false };
    const { result } = await run(files, {
      prepare: () => Promise.resolve({ notes: ['One was not copied.'] }),
      finish: () => Promise.reject(new Error('overloaded')),
      signal
    });
    expect(result).toMatchObject({
      ...{ status: 'done', candidates: ['vqe-convergence'] },
      notes: ['One was not copied.', 'The last step of the run failed: overloaded']
    });
    const stopped = await run(files, {
      finish: () => {
        signal.aborted = true;
        return Promise.reject(new Error('stopped'));
      },
      signal
    });
    expect(stopped.result).toMatchObject({ status: 'stopped' });
    expect(stopped.result.notes).toBeUndefined();
  });

  describe('with a skill that is learned', () => {
    /** Accepts what waits, as a file of the volume. */
    const accepted = async (files: MemoryFiles): Promise<ILibraryFile> => {
      await run(files);
      const [[id, text] = ['', '']] = files.learned;
      files.waiting.clear();
      const { skill } = parseSkill(text, `${id}.md`);
      if (!skill) {
        throw new Error(text);
      }
      return { skill, text, version: 'sha256:own' };
    };
    const NEW = (): ITrace[] => [200, 220, 210, 230, 240].map(n => vqeAndPlot(n));

    it('does not propose it again without a way to renew it', async () => {
      const files = new MemoryFiles(five());
      const own = await accepted(files);
      files.all.push(...NEW());
      const { result } = await run(files, { entries: [...ENTRIES, own] });
      expect(result).toMatchObject({ patterns: 1, known: 1, candidates: [] });
    });

    it('renews it, and says what the update goes into', async () => {
      const files = new MemoryFiles(five());
      const own = await accepted(files);
      files.all.push(...NEW());
      const entries = [...ENTRIES, own];
      const { result } = await run(files, {
        entries,
        renewal: {
          own: [own],
          update: (current, compound) =>
            Promise.resolve({ compound, updates: current.version })
        }
      });
      expect(result.candidates).toEqual(['vqe-convergence']);
      const [candidate] = await files.candidates();
      expect(candidate?.review.updates).toBe('sha256:own');
      // An edit of the skill makes the update stale: then it is made again.
      const edited = { ...own, version: 'sha256:edited' };
      const again = await run(files, {
        entries: [...ENTRIES, edited],
        renewal: {
          own: [edited],
          update: (current, compound) =>
            Promise.resolve({ compound, updates: current.version })
        }
      });
      expect(again.result.candidates).toEqual(['vqe-convergence']);
      const [made] = await files.candidates();
      expect(made?.review.updates).toBe('sha256:edited');
      expect(made?.review.note).toBeUndefined();
    });

    it('puts what cannot be merged beside it, and takes the old update away', async () => {
      const files = new MemoryFiles(five());
      const own = await accepted(files);
      files.all.push(...NEW());
      const renewing = (entries: readonly ILibraryFile[], isMerged: boolean) =>
        run(files, {
          entries: [...ENTRIES, ...entries],
          renewal: {
            own: entries,
            update: (current, compound) =>
              Promise.resolve(
                isMerged
                  ? { compound, updates: current.version }
                  : { conflict: 'Both changed the default.' }
              )
          }
        });
      await renewing([own], true);
      await renewing([{ ...own, version: 'sha256:edited' }], false);
      expect([...files.waiting.keys()]).toEqual(['vqe-convergence-2']);
      const [candidate] = await files.candidates();
      expect(candidate).toMatchObject({
        skill: { id: 'vqe-convergence-2' },
        review: { beside: 'vqe-convergence' }
      });
    });

    describe('whose update a person has edited while it waited', () => {
      /** An update waits, was edited, and is stale, since its skill was edited as well. */
      const stale = async (edit: (text: string) => string) => {
        const files = new MemoryFiles(five());
        const own = await accepted(files);
        files.all.push(...NEW());
        const again = (version: string, more: Partial<ILearnOptions> = {}) => {
          const now = { ...own, version };
          return run(files, {
            entries: [...ENTRIES, now],
            renewal: {
              own: [now],
              update: (current, compound) =>
                Promise.resolve({ compound, updates: current.version }),
              proposed: digest =>
                Promise.resolve(
                  files.proposed.find(text => wordsDigest(text) === digest) ?? null
                )
            },
            ...more
          });
        };
        await again('sha256:own');
        const text = files.waiting.get('vqe-convergence') ?? '';
        expect(edit(text)).not.toBe(text);
        files.waiting.set('vqe-convergence', edit(text));
        files.all.push(...[300, 310, 320, 330, 340].map(n => vqeAndPlot(n)));
        return { files, again };
      };
      const edited = (text: string): string =>
        text.replace('## When to use\n', '## When to use\nOn Mondays.\n');

      it('unites the edits with what was learned since, and says so', async () => {
        const { files, again } = await stale(edited);
        for (const version of ['sha256:a', 'sha256:b']) {
          expect((await again(version)).result.candidates).toEqual(['vqe-convergence']);
          const [candidate] = await files.candidates();
          expect(candidate?.text).toContain('On Mondays.');
          expect(candidate?.provenance.runs).toBe(15);
          expect(candidate?.review).toMatchObject({
            ...{ updates: version, report: { verdict: 'accepted' } },
            note: expect.stringContaining('Those edits are in it') as string
          });
        }
      });

      it('keeps a text that cannot be united, as a second skill', async () => {
        const { files, again } = await stale(text =>
          edited(text).replace(/default: \d+/, 'default: 42')
        );
        const { result } = await again('sha256:a');
        expect(result.candidates).toEqual(['vqe-convergence-2']);
        expect([...files.waiting.keys()]).toEqual(['vqe-convergence-2']);
        const [candidate] = await files.candidates();
        expect(candidate?.text).toContain('On Mondays.');
        expect(candidate?.skill.inputs[0]?.default).toBe(42);
        expect(candidate?.skill.id).toBe('vqe-convergence-2');
        expect(candidate?.review).toMatchObject({
          beside: 'vqe-convergence',
          note: expect.stringContaining('its text stays as it is') as string
        });
        expect(candidate?.review.updates).toBeUndefined();
      });

      it('keeps it where its replays disagree, with what they say', async () => {
        const { files, again } = await stale(edited);
        const differ: ReplayCall = () =>
          Promise.resolve({ kind: 'failed', message: 'No such basis.' });
        await again('sha256:a', { replay: differ });
        expect(files.rejected).toEqual([]);
        const [candidate] = await files.candidates();
        expect(candidate?.text).toContain('On Mondays.');
        expect(candidate?.review.report.verdict).toBe('rejected');
      });
    });
  });

  it('takes no verdict for a text that was edited since, until that was replayed', async () => {
    const files = new MemoryFiles(five());
    await run(files);
    const edit = (from: string | RegExp, to: string): void => {
      const text = files.waiting.get('vqe-convergence') ?? '';
      expect(text).toMatch(from);
      files.waiting.set('vqe-convergence', text.replace(from, to));
    };
    const verdict = async (): Promise<string | undefined> =>
      (await files.candidates()).map(verdictOf)[0];
    edit(/name: .*/, 'name: Mine');
    expect(await verdict()).toBe('accepted');
    edit('iterations=inputs["iterations"]', 'iterations=1');
    expect(await verdict()).toBe('edited');
    expect((await run(files)).result).toMatchObject({ verified: 1 });
    expect(await verdict()).toBe('accepted');
    expect(files.waiting.get('vqe-convergence')).toContain('iterations=1');
  });

  it('keeps the edits of one that waits to be verified', async () => {
    const files = new MemoryFiles(five());
    const later: ReplayCall = () =>
      Promise.resolve({ kind: 'not-replayed', why: 'There is no worker.' });
    await run(files, { replay: later });
    const text = files.waiting.get('vqe-convergence') ?? '';
    files.waiting.set('vqe-convergence', text.replace('default: 120', 'default: 42'));
    await run(files);
    const [candidate] = await files.candidates();
    expect(candidate?.skill.inputs[0]?.default).toBe(42);
  });
});
