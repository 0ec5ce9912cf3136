import { acceptCommit } from '../../src/evolution/acceptance';
import { readCandidate, type ICandidateFile } from '../../src/evolution/candidateFile';
import { withReview } from '../../src/evolution/review';
import { replayDigest, verdictOf } from '../../src/evolution/verdict';
import { learned, vqeAndPlot } from './traces';

const report = {
  ...({ verdict: 'accepted', reason: 'All agree.', runs: [] } as const),
  ...{ agreed: 3, replayed: 3, lower: 0.4 }
};

/** A candidate whose replays all agreed, as somebody has edited it then. */
function edited(edit: (text: string) => string): ICandidateFile {
  const { text } = learned([100, 150, 120, 130, 110].map(n => vqeAndPlot(n)));
  const whole = withReview(text, {
    report: { ...report, of: replayDigest(text) },
    ...{ sessions: [], confidence: 1 }
  });
  const after = edit(whole);
  expect(after === whole).toBe(edit === same);
  const read = readCandidate('vqe-convergence', after);
  if (!read) {
    throw new Error(after);
  }
  return read;
}

const same = (text: string): string => text;
const code = (text: string): string =>
  text.replace(/iterations=[^,)]+/, 'iterations=1');

describe('verdictOf', () => {
  it.each([
    ['as it was', same],
    ['under another name', (text: string) => text.replace(/name: .*/, 'name: Mine')],
    [
      'with another id',
      (text: string) => text.replace(/skill_id: .*/, 'skill_id: mine')
    ],
    ['with more words', (text: string) => `${text}\nOn Mondays.\n`]
  ])('holds for the text %s', (_, edit) => {
    expect(verdictOf(edited(edit))).toBe('accepted');
  });

  it.each([
    ['code', code],
    ['default', (text: string) => text.replace('default: 120', 'default: 121')],
    ['purity', (text: string) => text.replace('pure: true', 'pure: false')]
  ])('holds no longer with another %s', (_, edit) => {
    expect(verdictOf(edited(edit))).toBe('edited');
  });
});

describe('acceptCommit', () => {
  const accepted = (edit: (text: string) => string): string => {
    const planned = acceptCommit(edited(edit), null, { isDraft: false });
    return 'changes' in planned ? (planned.changes[0]?.text ?? '') : planned.problem;
  };

  it('keeps the report of replays that ran this text, and no other', () => {
    expect(accepted(same)).toContain('learned_replay:');
    expect(accepted(code)).toContain('iterations=1');
    expect(accepted(code)).not.toContain('learned_replay');
  });
});
