import type { IPort } from '@llmos-lab/skills';
import { runJavaScript } from '../../src/runtimes/javascript';
import type { IFailure } from '../../src/runtimes/failure';
import type { IOutcome } from '../../src/runtimes/outcome';
import { skillOf } from './skill';

const SUM: readonly IPort[] = [{ name: 'sum', type: 'number' }];

const run = (
  code: string,
  inputs: Record<string, unknown> = {},
  outputs: readonly IPort[] = SUM
): Promise<IOutcome> => runJavaScript(skillOf(code, [], outputs), inputs);

const failed = async (code: string, outputs?: readonly IPort[]): Promise<IFailure> => {
  try {
    await run(code, {}, outputs);
  } catch (error) {
    return (error as { failure: IFailure }).failure;
  }
  throw new Error('The skill did not fail.');
};

describe('shapes of JavaScript code', () => {
  it.each([
    ['a function', 'function execute(inputs) { return { sum: inputs.a + inputs.b }; }'],
    [
      'an async function',
      'async function execute({ a, b }) { await null; return { sum: a + b }; }'
    ],
    ['an arrow function', 'const execute = ({ a, b }) => ({ sum: a + b });'],
    ['a body with return', 'const { a, b } = inputs;\nreturn { sum: a + b };'],
    [
      'a body with await',
      'const b = await Promise.resolve(inputs.b);\nreturn { sum: inputs.a + b };'
    ],
    [
      'an exported function',
      'export default function execute(i) { return { sum: i.a + i.b }; }'
    ],
    ['an exported name', 'export const execute = i => ({ sum: i.a + i.b });'],
    [
      'a module',
      'function execute(i) { return { sum: i.a + i.b }; }\nmodule.exports = { execute };'
    ],
    [
      'a name declared again',
      'const inputs2 = inputs; { const inputs = inputs2; return { sum: inputs.a + inputs.b }; }'
    ]
  ])('runs %s', async (_name, code) => {
    expect((await run(code, { a: 2, b: 40 })).outputs).toEqual({ sum: 42 });
  });

  it('passes typed arrays both ways as they are', async () => {
    const code = 'return { sum: 0, twice: inputs.x.map(v => 2 * v) };';
    const { outputs } = await run(code, { x: Float64Array.of(1, 2) });
    expect(outputs['twice']).toEqual(Float64Array.of(2, 4));
  });
});

describe('console', () => {
  it('is captured line by line', async () => {
    const { logs } = await run(
      "console.log('a', 1, { b: [1, 2] }); console.warn('hot'); console.count(); return { sum: 1 };"
    );
    expect(logs).toEqual(['a 1 {b: [1, 2]}', 'Warning: hot', 'default: 1']);
  });

  it('is bounded', async () => {
    const { logs } = await run(
      'for (let i = 0; i < 1e5; i++) console.log(i); return { sum: 1 };'
    );
    expect(logs).toHaveLength(10_001);
    expect(logs.at(-1)).toBe('… further output is not shown.');
  });

  it('is kept when the skill fails', async () => {
    const found = await failed("console.log('so far');\nthrow new TypeError('no');");
    expect(found.logs).toEqual(['so far']);
  });
});

describe('errors', () => {
  it('name the line of the skill file', async () => {
    const found = await failed(
      'function execute() {\n  const x = 1;\n  return x.y.z;\n}'
    );
    expect(found).toMatchObject({ code: 'skill-error', name: 'TypeError', line: 12 });
    expect(found.message).toContain('(line 12: return x.y.z;)');
  });

  it('name the line after an await too', async () => {
    const found = await failed('await null;\nawait null;\nnull.x;');
    expect(found.line).toBe(12);
  });

  it('name the line of a syntax error', async () => {
    const found = await failed('const a = 1;\nconst b = ;\nreturn {};');
    expect(found).toMatchObject({
      name: 'SyntaxError',
      line: 11,
      excerpt: 'const b = ;'
    });
  });

  it('tell what was thrown when it was no error', async () => {
    expect((await failed("throw 'plainly';")).message).toContain(
      'The skill threw "plainly".'
    );
  });

  it.each([
    ['return 5;', /must return one object with the outputs sum; it returned number/],
    ['function execute() {}', /it returned nothing/],
    [
      'return { total: 1 };',
      /Output sum is missing from what execute returned \(given: total\)/
    ],
    ['return { sum: () => 1 };', /Output sum: sum is a function, which cannot leave/],
    [
      'return { sum: { a: [new (class Foo {})()] } };',
      /sum\.a\[0\] is an object of class Foo/
    ],
    ['const a = {}; a.a = a; return { sum: a };', /sum\.a is a reference to itself/],
    [
      'return { sum: new SharedArrayBuffer(8) };',
      /class SharedArrayBuffer|shared memory/
    ]
  ])('refuse %s', async (code, message) => {
    expect(await failed(code)).toMatchObject({
      code: 'bad-output',
      message: expect.stringMatching(message) as string
    });
  });

  it('refuse a huge output', async () => {
    const skill = skillOf('return { sum: new Float64Array(1000) };', [], SUM);
    await expect(runJavaScript(skill, {}, { maxOutputBytes: 4000 })).rejects.toThrow(
      /Output sum: the outputs are larger than/
    );
  });
});
