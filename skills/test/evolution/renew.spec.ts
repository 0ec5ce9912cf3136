import * as fc from 'fast-check';
import { mine } from '../../src/evolution/mine';
import { freshRuns, isRenewal, renewSkill } from '../../src/evolution/renew';
import { mergeTexts } from '../../src/evolution/threeWay';
import { formatSkill } from '../../src/skill/format';
import { learned, vqeAndPlot } from './traces';

const OLD = [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));
const NEW = [200, 220, 210, 230, 240, 250, 260].map(n => vqeAndPlot(n));
const base = learned(OLD).text;
const ours = learned([...OLD, ...NEW]).text;

const renewed = (theirs: string) => {
  const result = renewSkill({ base, theirs, ours });
  if ('conflict' in result) {
    throw new Error(result.conflict);
  }
  return result;
};
const defaultOf = (theirs: string) =>
  renewed(theirs).skill.inputs.find(({ name }) => name === 'iterations')?.default;

describe('renewSkill', () => {
  it('takes the new text where nobody has edited the old one', () => {
    expect(renewed(base).text).toBe(ours);
    expect(defaultOf(base)).toBe(205);
  });

  it('keeps what a person wrote, and brings the new default', () => {
    const edited = formatSkill(base, {
      keys: { name: 'My optimiser', description: 'As Ana likes it.' }
    }).replace('## When to use\n', '## When to use\nOn Mondays.\n');
    const { skill, text } = renewed(edited);
    expect(skill.name).toBe('My optimiser');
    expect(skill.description).toBe('As Ana likes it.');
    expect(text).toContain('On Mondays.');
    expect(text).toContain('12 runs in 12 sessions');
    expect(defaultOf(edited)).toBe(205);
  });

  it('merges edits of an input that is renewed, field by field', () => {
    const edited = formatSkill(base, {
      keys: {
        inputs: [{ name: 'iterations', type: 'integer', default: 120, maximum: 500 }]
      }
    });
    expect(renewed(edited).skill.inputs[0]).toMatchObject({
      default: 205,
      maximum: 500
    });
  });

  it('does not touch a default that a person has set', () => {
    const edited = base.replace('default: 120', 'default: 42');
    expect(edited).not.toBe(base);
    expect(renewSkill({ base, theirs: edited, ours })).toHaveProperty('conflict');
  });

  it('merges code that was edited elsewhere, and refuses where both changed', () => {
    const longer = base.replace('    return {', '    # Checked by Ana.\n    return {');
    expect(renewed(longer).skill.code).toContain('# Checked by Ana.');
    const moved = ours.replace(/sha256:\w{8}/g, 'sha256:99999999');
    const pinned = base.replace(/sha256:\w{8}/g, 'sha256:11111111');
    expect(renewSkill({ base, theirs: pinned, ours: moved })).toHaveProperty(
      'conflict'
    );
  });
});

describe('isRenewal', () => {
  const [old] = mine(OLD);
  const [all] = mine([...OLD, ...NEW]);
  const before = { id: 'x', provenance: learned(OLD).provenance };
  const made = learned([...OLD, ...NEW]).provenance;

  it('wants new runs that teach something else', () => {
    expect(old && freshRuns(old, before)).toEqual([]);
    expect(all && freshRuns(all, before)).toHaveLength(NEW.length);
    expect(all && isRenewal(made, all, before, 3)).toBe(true);
    expect(all && isRenewal(made, all, before, 8)).toBe(false);
    expect(all && isRenewal(before.provenance, all, before, 3)).toBe(false);
  });

  it('wants later ones than those whose update a person refused', () => {
    const refusedAt = all?.traces.at(-1) ?? '';
    expect(all && isRenewal(made, all, { ...before, refusedAt }, 1)).toBe(false);
  });

  it('renews pins of members that have changed, and what more people do', () => {
    const members = made.members.map(each => ({ ...each, version: 'sha256:new' }));
    const moved = { ...before.provenance, members };
    expect(old && isRenewal(moved, old, before, 3)).toBe(true);
    const shared = { ...before.provenance, users: 2 };
    expect(all && isRenewal(shared, all, before, 3)).toBe(true);
  });
});

describe('mergeTexts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 8 })
    .map(lines => lines.join('\n'));

  it('takes the one side that changed, and the same change once', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeTexts({ base, theirs: other, ours: base })).toBe(other);
        expect(mergeTexts({ base, theirs: base, ours: other })).toBe(other);
        expect(mergeTexts({ base, theirs: other, ours: other })).toBe(other);
      })
    );
  });

  it('does not depend on which side is which, and never loses a kept edit', () => {
    fc.assert(
      fc.property(text, text, text, (base, theirs, ours) => {
        const one = mergeTexts({ base, theirs, ours });
        expect(mergeTexts({ base, theirs: ours, ours: theirs })).toBe(one);
        expect(mergeTexts({ base, theirs, ours }, 'theirs')).not.toBeNull();
      })
    );
  });

  it('tells a line that was taken out from one that was emptied', () => {
    expect(mergeTexts({ base: 'd\na', theirs: 'd', ours: 'd\n' })).toBeNull();
  });

  it('merges edits of neighbouring lines', () => {
    expect(mergeTexts({ base: 'a\nb\nc', theirs: 'A\nb\nc', ours: 'a\nB\nc' })).toBe(
      'A\nB\nc'
    );
    expect(mergeTexts({ base: 'a\nb', theirs: 'X\nb', ours: 'Y\nb' })).toBeNull();
  });
});

describe('mergeTexts of long texts', () => {
  const lines = (count: number, word: string): string =>
    Array.from({ length: count }, (_, at) => `${word} ${at}`).join('\n');

  it('merges what differs in a few places', () => {
    const long = lines(50_000, 'line');
    expect(
      mergeTexts({
        base: long,
        theirs: `first\n${long}`,
        ours: `${long}\nlast`
      })
    ).toBe(`first\n${long}\nlast`);
  });

  it('gives up where it would hold the page', () => {
    const base = lines(5000, 'a');
    expect(mergeTexts({ base, theirs: lines(5000, 'b'), ours: base })).toBeNull();
  });
});
