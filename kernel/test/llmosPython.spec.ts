import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

const HERE = __dirname;

/** Pyodide boots within the first test. */
jest.setTimeout(120_000);

interface IRun {
  readonly value?: unknown;
  readonly printed: readonly string[];
  readonly error?: string;
}

/** Entries of the index, and what every test script begins with. */
const PRELUDE = `
import json
from llmos import skill, SkillError, SkillInputError, _bridge

def json_of(value):
    return json.dumps(value)

def entry(id, code="", type="python-wasm", inputs=(), outputs=(), **more):
    return {"id": id, "type": type, "code": code, "codeLine": 8, "inputs": list(inputs),
            "outputs": list(outputs), "version": "sha256:" + id * 8,
            "path": f"system:skills/{id}.md", "volume": "system", **more}

X = [{"name": "x", "type": "any"}]
Y = [{"name": "y", "type": "number", "unit": "Ha"}]
_bridge.set_index(json.dumps({"places": ["user", "system"], "entries": [
    entry("double", "def execute(inputs):\\n    print('in the cell')\\n    return {'y': inputs['x'] * 2}\\n",
          inputs=[{"name": "x", "type": "number", "default": 2}], outputs=Y),
    entry("outer", "async def execute(inputs):\\n    return {'y': (await skill('double')(5)).y}\\n", outputs=Y),
    entry("fails", "def execute(inputs):\\n    return 1 / 0\\n"),
    entry("empty", "def execute(inputs):\\n    return {}\\n"),
    entry("server", mode="server-python"),
    entry("cube", type="threejs", inputs=X, outputs=[*Y, {"name": "nested", "type": "object"}]),
    entry("broken", type="javascript"),
    entry("echo", type="javascript", inputs=[*X, {"name": "z", "type": "any"}],
          outputs=[{"name": "kinds", "type": "object"}, {"name": "back", "type": "any"}]),
]}))
_bridge.set_runner(runner)
_bridge.set_reader(reader)
`;

/** The vendored numpy, where the site has been built on this machine. */
function numpyWheel(): string | undefined {
  const folder = join(HERE, '../../lite/.cache/runtime');
  if (!existsSync(folder)) {
    return undefined;
  }
  const name = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(file =>
    /(^|\/)numpy-[^/]*\.whl$/.test(file)
  );
  return name && join(folder, name);
}

describe('llmos in Pyodide', () => {
  const wheel = numpyWheel();
  let python: ChildProcess;
  let answers: Interface;

  beforeAll(() => {
    const script = join(HERE, 'llmosPython.mjs');
    python = spawn(process.execPath, [script, ...(wheel ? [wheel] : [])], {
      stdio: ['pipe', 'pipe', 'inherit']
    });
    answers = createInterface({ input: python.stdout as NodeJS.ReadableStream });
  });

  afterAll(() => {
    answers.close();
    python.kill();
  });

  async function run(source: string): Promise<IRun> {
    const line = new Promise<string>((resolve, reject) => {
      answers.once('line', resolve);
      python.once('exit', code => reject(new Error(`Pyodide ended with ${code}.`)));
    });
    python.stdin?.write(`${JSON.stringify({ source: PRELUDE + source })}\n`);
    const answer = JSON.parse(await line) as IRun;
    if (answer.error !== undefined) {
      throw new Error(answer.error);
    }
    return answer;
  }

  it('runs Python skills, nested ones too, and shows what they print', async () => {
    const { value, printed } = await run(`
a = await skill("double")(3)
b = await skill("outer")()
[a.y, b["y"], repr(a), repr(skill("double"))]`);
    expect(value).toEqual([6, 10, 'y 6 Ha', 'double(x=2) -> y']);
    expect(printed).toEqual(['in the cell', 'in the cell']);
  });

  it('says what is wrong with calls, inputs and skills', async () => {
    const { value } = await run(`
async def said(make):
    try:
        await make()
    except SkillError as error:
        return f"{type(error).__name__}: {error}"

async def unawaited():
    skill("double")(1).y

def attribute():
    try:
        skill("double")(1).y
    except AttributeError as error:
        return str(error)

[await said(lambda: skill("double")("a")),
 await said(lambda: skill("fails")()),
 await said(lambda: skill("server")()),
 await said(lambda: skill("dobule")()),
 await said(lambda: skill("broken")()),
 attribute()]`);
    expect(value).toEqual([
      'SkillInputError: Skill "double", input "x": expected number, given \'a\' (string).',
      'SkillError: Skill "fails" failed: ZeroDivisionError: division by zero (system:skills/fails.md, line 9)',
      expect.stringContaining('it does not run in the browser'),
      expect.stringContaining('Did you mean "double"? Looked in: user, system.'),
      'SkillError: Skill "broken" failed: TypeError: f is not a function (system:skills/broken.md, line 12)',
      expect.stringContaining('Write `await` before it')
    ]);
  });

  it('sends other skills to the page and shows their preview', async () => {
    const { value, printed } = await run(`
cube = await skill("cube")(4)
data = await skill("double").read("a.bin")
text = await skill("double").read("a.txt")
[cube.y, cube.nested, cube._repr_mimebundle_(), list(data), text.decode()]`);
    expect(value).toEqual([
      8,
      { list: [1, 'a', null, true] },
      {
        'application/vnd.llmos.scene.v1+json': { v: 1 },
        'text/plain': 'y 8 Ha\nnested {list: [1, a, None, True]}'
      },
      [1, 2],
      'text of system:skills/double/a.txt'
    ]);
    expect(printed).toEqual(['threejs ran']);
  });

  it('sends data as plain objects, arrays and numbers', async () => {
    const { value } = await run(`
e = await skill("echo")(x={"a": [1, 2.5, {"b": None}]}, z=(1, 2))
f = await skill("echo")(x=2 + 1j, z="text")
g = await skill("echo")(x=2**60, z=True)
[e.kinds, e.back, f.kinds, str(f.back), g.kinds, g.back == 2**60]`);
    expect(value).toEqual([
      { x: 'Object', z: 'Array' },
      { a: [1, 2.5, { b: null }] },
      { x: 'Object', z: 'String' },
      '(2+1j)',
      { x: 'BigInt', z: 'Boolean' },
      true
    ]);
  });

  it('loads what a skill imports before it runs', async () => {
    const { value } = await run(`
asked = []
async def loader(source):
    asked.append(source)
_bridge.set_loader(loader)
_bridge.set_index(json.dumps([
    entry("math", "import math\\ndef execute(i):\\n    return {'y': math.pi}\\n", outputs=Y)]))
for _ in range(2):
    await skill("math")()
asked`);
    expect(value).toEqual([
      "import math\ndef execute(i):\n    return {'y': math.pi}\n"
    ]);
  });

  (wheel ? it : it.skip)('exchanges numpy arrays and typed arrays', async () => {
    const { value } = await run(
      `
import numpy as np
kinds = []
backs = []
for x in (np.arange(3.0), np.arange(3, dtype="i8"), np.zeros(2, "f4"), np.array([1 + 2j]),
          np.zeros((2, 2)), np.array([True]), np.arange(9.0)[::4]):
    e = await skill("echo")(x=x)
    kinds.append(e.kinds["x"])
    backs.append([type(e.back).__name__, np.asarray(e.back).dtype.name, str(np.asarray(e.back).tolist())])
[kinds, backs]`
    );
    expect(value).toEqual([
      [
        'Float64Array',
        'Float64Array',
        'Float32Array',
        'Object',
        'Array',
        'Array',
        'Float64Array'
      ],
      [
        ['ndarray', 'float64', '[0.0, 1.0, 2.0]'],
        ['ndarray', 'float64', '[0.0, 1.0, 2.0]'],
        ['ndarray', 'float32', '[0.0, 0.0]'],
        ['ndarray', 'complex128', '[(1+2j)]'],
        ['list', 'float64', '[[0.0, 0.0], [0.0, 0.0]]'],
        ['list', 'bool', '[True]'],
        ['ndarray', 'float64', '[0.0, 4.0, 8.0]']
      ]
    ]);
  });
});

/** RFC 8785, on top of the number and text forms that JavaScript has by itself. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    const pairs = entries.map(
      ([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`
    );
    return `{${pairs.join(',')}}`;
  }
  return JSON.stringify(value);
}

describe('recorded cache keys', () => {
  const vectors = JSON.parse(
    readFileSync(join(HERE, '../py/tests/recorded/cache_keys.json'), 'utf8')
  ) as { name: string; preimage: string; key: string }[];

  it.each(vectors)('come out the same in JavaScript: $name', ({ preimage, key }) => {
    expect(canonical(JSON.parse(preimage))).toBe(preimage);
    const hash = createHash('sha256').update(preimage, 'utf8').digest('hex');
    expect(key).toBe(`sha256:${hash}`);
  });
});
