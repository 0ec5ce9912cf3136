import { calledSkills, versionWithMembers } from '../../src/workflow/calledSkills';
import vectors from './calledSkills.json';

/** Skills by id; `b` goes by the alias `old-b` too. */
const skills = (versions: Record<string, string>, codes: Record<string, string>) => {
  const of = (id: string) => ({
    ...{ id, type: 'python-wasm' },
    ...{ version: versions[id] ?? '1', code: codes[id] ?? '' }
  });
  const find = (name: string) => {
    const id = name === 'old-b' ? 'b' : name;
    return id in codes ? of(id) : undefined;
  };
  return { of, find };
};

describe('calledSkills', () => {
  it.each(vectors)('reads what the kernel reads: $code', ({ code, calls }) => {
    expect(calledSkills(code)).toEqual(calls);
  });
});

describe('versionWithMembers', () => {
  const codes = { a: 'skill("old-b")()', b: 'skill("c")()', c: 'skill("a")()' };
  const versionOf = (
    versions: Record<string, string>,
    all: Record<string, string> = codes
  ): string => {
    const { of, find } = skills(versions, all);
    return versionWithMembers(of('a'), find);
  };

  it('changes with a skill that is called by way of another', () => {
    expect(versionOf({ c: '2' })).not.toBe(versionOf({}));
    expect(versionOf({})).toBe(versionOf({}));
  });

  it('changes when a skill that was missing comes', () => {
    const { a, b } = codes;
    expect(versionOf({}, { a, b })).not.toBe(versionOf({}));
  });

  it('takes skills of other runtimes for calling none', () => {
    const entry = { id: 'j', version: '1', type: 'javascript', code: 'skill("a")' };
    expect(versionWithMembers(entry, skills({}, codes).find)).toBe('1');
  });
});
