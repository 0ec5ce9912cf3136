import { buildGraph } from '../../../src/workflow/graph';
import { readFlow } from '../../../src/workflow/schedule/flow';

const flowOf = (source: string) =>
  readFlow(buildGraph([{ id: 'c', source }]), new Map()).get('c');
const stepOf = (source: string): string | undefined => flowOf(source)?.step;

describe('readFlow', () => {
  it.each([
    'await skill("a")()',
    'v = await skill("a")(x=h.energy, n=-2, m={"k": [1, h["b"] * 2]})',
    'v: float = await skill("a")()  # why',
    '# first\nfrom llmos import skill\nv = await skill("a")(\n    x=1,  # unit\n)'
  ])('lets a cell that only calls a skill overtake: %s', source => {
    expect(flowOf(source)?.isSkill).toBe(true);
  });

  it.each([
    'import os; os.remove("x")\nv = await skill("a")()',
    'import os\nv = await skill("a")()',
    'from llmos import skill; print(1)\nv = await skill("a")()',
    'v = await skill("a")(n=next(it))',
    'v = await skill("a")(n=f())',
    'v = await skill("a")(*it)',
    'v = await skill("a")(n=[*it])',
    'v = await skill("a")(n=t[*it])',
    'v = await skill("a")(n=3 in it)',
    'v = await skill("a")(n=3 not in it)',
    'v = await skill("a")(n=[x for x in it])',
    'v = await skill("a")(n=(y := 3))',
    'v = await skill("a", version=f())()',
    'v: f() = await skill("a")()',
    'v.x = await skill("a")()',
    'a = b = await skill("a")()',
    '%time\nv = await skill("a")()',
    'v = await skill("a")(n=',
    'v = await skill("a")(n=await skill("b")())'
  ])('keeps a cell that does more in its place: %s', source => {
    expect(flowOf(source)?.isSkill).toBe(false);
  });

  it('names a step by what is computed, not by who takes the result', () => {
    expect(stepOf('v = await skill("a")(x=1)')).toBe(
      stepOf('from llmos import skill\nw = await skill("a")(x=1)')
    );
    expect(stepOf('v = await skill("a")(n=f())')).not.toBe(
      stepOf('w = await skill("a")(n=f())')
    );
    expect(stepOf('v = await skill("a", version="1")()')).not.toBe(
      stepOf('v = await skill("a")()')
    );
  });
});
