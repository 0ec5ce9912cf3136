import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { llmos } from './run';

const ROOT = join(__dirname, '../../..');
const VENV = join(ROOT, '.venv/bin/python');
const PYTHON = existsSync(VENV) ? VENV : 'python3';
const H2 = join(ROOT, 'lite/notebooks/h2-vqe.ipynb');

const folder = mkdtempSync(join(tmpdir(), 'llmos-workflow-'));
const at = (name: string): string => join(folder, name);
const convert = (...args: readonly string[]) => llmos(['workflow', 'convert', ...args]);

interface INotebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: string | string[];
  }[];
}

const sources = (path: string): string[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as INotebook).cells.map(({ source }) =>
    Array.isArray(source) ? source.join('') : source
  );

function notebook(name: string, ...cells: readonly string[]): string {
  const list = cells.map((source, index) => ({
    ...{ cell_type: 'code', id: `c${index}`, metadata: {}, outputs: [] },
    ...{ execution_count: null, source }
  }));
  writeFileSync(
    at(name),
    JSON.stringify({ cells: list, metadata: {}, nbformat: 4, nbformat_minor: 5 })
  );
  return at(name);
}

/** Runs a script with the package llmos. */
function python(script: string) {
  return spawnSync(PYTHON, [script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: join(ROOT, 'kernel/py') }
  });
}

afterAll(() => rmSync(folder, { recursive: true }));

describe('llmos workflow convert', () => {
  it('gives a notebook back byte for byte through a workflow file', () => {
    const file = at('h2.workflow.json');
    expect(convert(H2, file)).toMatchObject({
      code: 0,
      stdout: `${file}\n`,
      stderr: ''
    });
    const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as {
      nodes: { skill?: string }[];
    };
    expect(nodes.filter(({ skill }) => skill !== undefined).length).toBeGreaterThan(3);
    expect(convert(file, at('h2.ipynb')).code).toBe(0);
    expect(sources(at('h2.ipynb'))).toEqual(sources(H2));
  });

  it('makes a script that Python runs, awaits and all', () => {
    const input = notebook(
      'run.ipynb',
      'from llmos import skill\nimport asyncio',
      'h = await skill("quantum-hamiltonian")(bond_length=0.735)',
      `%matplotlib inline
async def twice(x):
    return await one(x) * 2
async def one(x):
    await asyncio.sleep(0)
    return x
text = """
await no
"""
xs = [await twice(i) for i in range(3)] if True else (await one(1))
print(f"{await one(3)}", xs, text.strip())`,
      `class Steps:
    async def __aenter__(self): return """a
b"""
    async def __aexit__(self, *rest): pass
async with Steps() as step:
    found = """c
d"""`,
      'def show():\n    return found\nprint(show(), step)',
      '!ls\nif xs:\n    %time\nfiles = !ls',
      '%%bash\nexit 1',
      'half typed (',
      'round(h.ground_state_energy, 3)'
    );
    const { code, stderr } = convert(input, at('run.py'));
    expect(code).toBe(0);
    expect(stderr).toBe(
      [
        'A line for IPython in cell 3 became comments.',
        '3 lines for IPython in cell 6 became comments.',
        'Cell 7 is not Python (%%bash) and became a comment.',
        'Cell 8 has a syntax error and became a comment.',
        ''
      ]
        .map(line => line && `llmos: ${line}`)
        .join('\n')
    );
    const run = python(at('run.py'));
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(
      /^ground_state_energy -1\.137\d* Ha\n[^]*\n3 \[0, 2, 4\] await no\nc\nd a\nb\n-1\.137\n$/
    );
  }, 60_000);

  it('draws a Mermaid chart', () => {
    const input = notebook(
      'm.ipynb',
      'from llmos import skill',
      'h = await skill("quantum-hamiltonian")()',
      'print(late, h["x"])  # "quoted" <b>',
      'late = 1',
      'import math\n\narea = math.pi',
      '# Two calls\na = await skill("x")()\nb = await skill("y")()'
    );
    convert(input, at('m.mmd'), '--skills', join(ROOT, 'skills/library/system'));
    expect(readFileSync(at('m.mmd'), 'utf8')).toBe(`flowchart LR
  n2(["Quantum Hamiltonian<br>h"])
  n3["print(late, h#91;#34;x#34;#93;)  #35; #34;quoted#34; #60;b#62;"]
  n4["late = 1"]
  n5["area = math.pi"]
  n6["Two calls"]
  n2 -->|h.x| n3
  n4 -.->|late| n3
`);
  });

  it('lists what is wrong with a workflow file', () => {
    writeFileSync(
      at('bad.workflow.json'),
      '{"v":1,"name":"x","nodes":[{"id":"a"},{}]}'
    );
    const { code, stderr } = convert(at('bad.workflow.json'), at('bad.ipynb'));
    expect(code).toBe(1);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'llmos: error: nodes[0].skill: expected the id of a skill, such as quantum-vqe, found nothing.',
      'llmos: error: nodes[1].id: expected a text, found nothing.'
    ]);
    expect(existsSync(at('bad.ipynb'))).toBe(false);
  });

  it('refuses folders in the place of files', () => {
    mkdirSync(at('x.ipynb'));
    expect(convert(at('x.ipynb'), at('x.py'))).toMatchObject({
      code: 2,
      stderr: `llmos: ${at('x.ipynb')} is a folder. Give the path of a notebook.\n`
    });
    expect(convert(at('.'), at('x.py')).stderr).toMatch(
      /is a folder\. Give the path of a notebook or a workflow file\.\n$/
    );
    expect(convert(H2, at('x.ipynb'))).toMatchObject({
      code: 2,
      stderr: `llmos: ${at('x.ipynb')} is a folder. Name a file in it.\n`
    });
  });

  it('refuses other endings and files that are not there', () => {
    expect(convert(H2, at('x.docx'))).toMatchObject({ code: 2 });
    expect(convert(at('none.ipynb'), at('x.py')).stderr).toMatch(/There is no file/);
    writeFileSync(at('a.py'), 'print(1)\n');
    expect(convert(at('a.py'), at('c.ipynb'))).toMatchObject({
      code: 2,
      stderr: `llmos: ${at('a.py')} is no notebook or workflow file. Give one that ends in .ipynb or .workflow.json.\n`
    });
  });
});
