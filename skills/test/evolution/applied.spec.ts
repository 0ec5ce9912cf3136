import {
  isDraft,
  markDraft,
  readApplied,
  reviewedCommit,
  withdrawalCommit
} from '../../src/evolution/applied';
import { withoutReview } from '../../src/evolution/review';

const TEXT = '---\nname: A\ndescription: One\n---\n\nUse it.\n';

describe('a skill that was applied automatically', () => {
  it('is marked, and the mark goes without a trace', () => {
    const draft = markDraft(TEXT, true);
    expect([isDraft(TEXT), isDraft(draft)]).toEqual([false, true]);
    expect(markDraft(draft, false)).toBe(TEXT);
    // It is none of a person's edits.
    expect(withoutReview(draft)).toBe(withoutReview(TEXT));
  });

  it('is none by words that only speak of it, nor when it cannot be read', () => {
    expect(isDraft(`${TEXT}learned_draft: true\n`)).toBe(false);
    expect(isDraft('---\nlearned_draft: [\n---\n')).toBe(false);
    expect(readApplied('a', markDraft(TEXT, true))).toBeNull();
  });

  it('is accepted or taken out by one commit of its file', () => {
    const text = markDraft(TEXT, true);
    const report = { verdict: 'accepted', agreed: 3, replayed: 3, lower: 0.4 } as const;
    const review = {
      ...{ sessions: [], confidence: 1 },
      report: { ...report, reason: '', runs: [] }
    };
    expect(reviewedCommit({ id: 'a', text, review })).toEqual({
      message: 'Accept the learned skill a',
      change: { path: 'skills/a.md', text: TEXT }
    });
    expect(withdrawalCommit({ id: 'a' })).toEqual({
      message: 'Take the learned skill a out',
      change: { path: 'skills/a.md', text: null }
    });
  });
});
