import { applyVerified } from '../../src/evolution/applyVerified';
import { readCandidate, type ICandidateFile } from '../../src/evolution/candidateFile';
import { withReview } from '../../src/evolution/review';
import { learned, vqeAndPlot } from './traces';

/** One of which all replays agreed. */
function verified(id: string): ICandidateFile {
  const { text } = learned([100, 150, 120].map(n => vqeAndPlot(n)));
  const report = { verdict: 'accepted', reason: 'All agree.' } as const;
  const counts = { agreed: 3, replayed: 3, lower: 0.4, runs: [] };
  const review = { sessions: [], confidence: 1, report: { ...report, ...counts } };
  const read = readCandidate(
    id,
    withReview(text.replaceAll('vqe-convergence', id), review)
  );
  if (!read) {
    throw new Error(text);
  }
  return read;
}

describe('applyVerified', () => {
  it('applies nothing that was edited since it was verified', async () => {
    const accept = jest.fn(() => Promise.resolve('c0ffee'));
    const candidate = verified('a');
    const { review } = candidate;
    const edited = {
      ...candidate,
      review: { ...review, report: { ...review.report, of: 'another text' } }
    };
    const files = { candidates: () => Promise.resolve([edited]) };
    const run = await applyVerified(files, ['a'], accept, { aborted: false });
    expect(run).toEqual({ applied: [], waiting: ['a'], faults: [] });
  });

  it('leaves what is left when it is stopped, which waits', async () => {
    const signal = { aborted: false };
    const accept = jest.fn(() => {
      signal.aborted = true;
      return Promise.resolve('c0ffee');
    });
    const files = { candidates: () => Promise.resolve(['a', 'b'].map(verified)) };
    expect(await applyVerified(files, ['a', 'b'], accept, signal)).toEqual({
      applied: [{ id: 'a', reason: 'All agree.', commit: 'c0ffee' }],
      waiting: ['b'],
      faults: []
    });
    expect(accept.mock.calls).toEqual([['a']]);
  });
});
