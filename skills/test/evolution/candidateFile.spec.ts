import {
  acceptMessage,
  candidatePath,
  commitsOfRuns,
  readCandidate
} from '../../src/evolution/candidateFile';
import { withReview } from '../../src/evolution/review';
import { notReplayed } from '../../src/evolution/verify';
import { formatCommit, parseCommit } from '../../src/session/commitMessage';
import type { ILogEntry } from '../../src/volume/store';
import { learned, vqeAndPlot } from './traces';

const learnedText = (): string =>
  learned([100, 150, 120, 130, 110].map(n => vqeAndPlot(n))).text;
const review = {
  report: notReplayed('Not here.'),
  sessions: ['s-1'],
  confidence: 0.5
};

describe('readCandidate', () => {
  it('reads what was written, under the id of its file', () => {
    const text = withReview(learnedText(), review);
    const read = readCandidate('vqe', text);
    expect(read).toMatchObject({
      ...{ id: 'vqe', path: candidatePath('vqe'), text },
      ...{ review, provenance: { runs: 5 }, skill: { kind: 'executable' } }
    });
  });

  it.each([
    ['a skill without a report', () => learnedText()],
    [
      'a broken front matter',
      () => withReview(learnedText(), review).replace('---', '--')
    ],
    ['nothing', () => '']
  ])('takes %s for no candidate', (_, text) => {
    expect(readCandidate('vqe', text())).toBeNull();
  });
});

describe('commitsOfRuns', () => {
  const entry = (oid: string, runs: readonly string[]): ILogEntry => {
    const stats = { messages: 0, artifacts: 0, traces: runs.length };
    const trailers = runs.map(run => ({ key: 'Run', value: `${run} success` }));
    const message = formatCommit({
      ...{ kind: 'session', name: 'One', prompt: '', stats, artifacts: [], trailers }
    });
    return { oid, message } as ILogEntry;
  };

  it('names the first commit that has a run; the log begins with the newest', () => {
    const log = [
      entry('c3', ['r3', 'r2']),
      { oid: 'c2', message: 'Of a person' } as ILogEntry,
      entry('c1', ['r2', 'r1'])
    ];
    expect(new Map(commitsOfRuns(log))).toEqual(
      new Map([
        ['r3', 'c3'],
        ['r2', 'c1'],
        ['r1', 'c1']
      ])
    );
  });
});

describe('acceptMessage', () => {
  it.each(['create', 'update'] as const)('can be read back: %s', action => {
    const message = acceptMessage('vqe', { runs: 5, traces: ['a', 'b'] }, action);
    expect(parseCommit(message)).toMatchObject({
      ...{ kind: 'evolution', action, skill: 'vqe', traces: 5 },
      trailers: [
        { key: 'Trace', value: 'a' },
        { key: 'Trace', value: 'b' }
      ]
    });
  });
});
