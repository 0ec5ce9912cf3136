import { candidatePath, readCandidate } from '../../src/evolution/candidateFile';
import { isEdited, keepEdits, wordsDigest } from '../../src/evolution/edits';
import { candidateCommits } from '../../src/evolution/jobCommits';
import { withReview } from '../../src/evolution/review';
import { proposedText } from '../../src/evolution/updateOf';
import { notReplayed } from '../../src/evolution/verify';
import type { ILogEntry } from '../../src/volume/store';
import { learned, vqeAndPlot } from './traces';

const textOf = (iterations: readonly number[]): string =>
  learned(iterations.map(n => vqeAndPlot(n))).text;
const OLD = textOf([100, 150, 120, 130, 110]);
const NEW = textOf([200, 250, 220, 230, 210]);
const waiting = withReview(OLD, {
  ...{ report: notReplayed('Not here.'), sessions: [], confidence: 0.5 },
  proposed: wordsDigest(OLD)
});
const read = (text: string) => {
  const candidate = readCandidate('vqe', text);
  if (!candidate) {
    throw new Error(text);
  }
  return candidate;
};

/** A log, the newest first, and the candidate's text at each commit. */
const historyOf = (commits: readonly { message: string; text: string }[]) => ({
  log: () =>
    Promise.resolve(
      commits.map(({ message }, at) => ({ message, oid: `c${at}` }) as ILogEntry)
    ),
  read: (path: string, at?: string) =>
    Promise.resolve(
      path === candidatePath('vqe')
        ? new TextEncoder().encode(commits[Number(at?.slice(1))]?.text)
        : null
    )
});

describe('edits of a candidate', () => {
  it('are told from what the review and a model add', () => {
    const suggestion = { name: 'VQE', description: 'Better.' };
    const { review } = read(waiting);
    expect(isEdited(read(waiting))).toBe(false);
    expect(isEdited(read(withReview(waiting, { ...review, suggestion })))).toBe(false);
    expect(isEdited(read(waiting.replace('default: 120', 'default: 42')))).toBe(true);
  });

  it('go together with what was learned since, or stay as they are', () => {
    const words = read(waiting.replace('## When to use', '## When\n## When to use'));
    const united = keepEdits(words, OLD, NEW);
    expect(united).toMatchObject({ isUnited: true });
    expect(united.text).toContain('## When\n');
    expect(united.text).toContain('default: 220');
    const value = read(waiting.replace('default: 120', 'default: 42'));
    for (const base of [OLD, null]) {
      const kept = keepEdits(value, base, NEW);
      expect(kept).toMatchObject({ isUnited: false });
      expect(kept.text).toContain('default: 42');
    }
  });

  it('are compared with the proposal that was edited, whatever came before and after', async () => {
    const steps = { learned: NEW, proposed: OLD, edited: waiting };
    const commits = candidateCommits('vqe', steps).map(({ message, change }) => ({
      ...{ message, text: change.text ?? '' }
    }));
    expect(commits.map(({ message }) => message)).toEqual([
      'evolution: Learn vqe',
      'evolution: Propose vqe',
      'evolution: Keep the edits of vqe'
    ]);
    const history = historyOf([{ message: 'Of a person', text: NEW }, ...commits]);
    expect(await proposedText(history, wordsDigest(OLD))).toBe(commits[1]?.text);
    expect(
      await proposedText(history, wordsDigest(textOf([1, 2, 3, 4, 5])))
    ).toBeNull();
  });
});
