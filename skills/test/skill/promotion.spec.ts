import * as fc from 'fast-check';
import { normalisePrompt } from '../../src/session/commitMessage';
import {
  formatPromotion,
  parsePromotion,
  type IPromotion
} from '../../src/skill/promotion';

const EXAMPLE: IPromotion = {
  ...{ action: 'promote', skill: 'quantum-vqe', version: 'sha256:aa' },
  ...{ from: 'user', to: 'team-optics', fromCommit: 'b'.repeat(40) },
  ...{ by: 'ana', replaces: 'sha256:cc' },
  reason: 'Converges in half the steps.\n\nTested on H2 and LiH.'
};

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const version = fc.stringMatching(/^(sha256:[0-9a-f]{8})?$/);
const promotion: fc.Arbitrary<IPromotion> = fc.record({
  action: fc.constantFrom('promote' as const, 'demote' as const, 'restore' as const),
  ...{ skill: id, from: id, to: id, by: id },
  ...{ version, replaces: version },
  fromCommit: fc.stringMatching(/^([0-9a-f]{40})?$/),
  reason: fc
    .array(fc.string({ unit: 'grapheme', maxLength: 30 }), {
      minLength: 1,
      maxLength: 5
    })
    .map(lines => normalisePrompt(`Because ${lines.join('\n')}`))
});

describe('formatPromotion and parsePromotion', () => {
  it('says for people what happened, and for programs where it came from', () => {
    expect(formatPromotion(EXAMPLE)).toBe(
      [
        'skill: Promote quantum-vqe from user to team-optics',
        '',
        'Converges in half the steps.',
        '',
        'Tested on H2 and LiH.',
        '',
        'Skill: quantum-vqe sha256:aa',
        `From-Commit: ${'b'.repeat(40)}`,
        'By: ana',
        'Replaces: sha256:cc'
      ].join('\n')
    );
  });

  it('gives any promotion back', () => {
    fc.assert(
      fc.property(promotion, each => {
        expect(parsePromotion(formatPromotion(each))).toEqual(each);
      })
    );
  });

  it('reads no other message as one', () => {
    expect(parsePromotion('skill: Update quantum-vqe')).toBeNull();
    expect(parsePromotion('')).toBeNull();
  });
});
