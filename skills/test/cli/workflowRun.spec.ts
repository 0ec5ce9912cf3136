import {
  execFileSync,
  spawn,
  type ChildProcessWithoutNullStreams
} from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { basename, join } from 'node:path';
import { parseTraces } from '../../src/session/trace';
import { git, makeReplayVolume, sessionText } from './replayVolume';
import { BUNDLE, llmos, ON_TERMINAL, type IRun } from './run';
import { llmosJson } from './schema';

let volume: string;
const ENV = { LLMOS_USER: 'ana', GIT_CONFIG_GLOBAL: '/dev/null' };

beforeEach(() => {
  volume = makeReplayVolume();
});
afterEach(() => rmSync(volume, { recursive: true }));

const cell = (id: string, source: string): object => ({
  ...{ cell_type: 'code', id, metadata: {}, execution_count: 7, outputs: [], source }
});

/** Runs JavaScript of Node from Python, as hostile code would. */
const fromNode = (code: string): string =>
  `from pyodide.code import run_js as run\nawait run(${JSON.stringify(code)})`;

const HOSTILE = {
  read: fromNode(
    `import('node:fs').then(fs => fs.readFileSync('/etc/hostname', 'utf8'))`
  ),
  write: fromNode(`import('node:fs').then(fs => fs.writeFileSync('/tmp/out', ''))`),
  start: fromNode(`import('node:child_process').then(c => String(c.execSync('id')))`),
  thread: fromNode(
    `import('node:worker_threads').then(w => new w.Worker('', { eval: true }))`
  )
};

function writeNotebook(): string {
  const id = 's-1';
  const path = join(volume, `sessions/${id}/${id}.ipynb`);
  mkdirSync(join(volume, 'sessions', id), { recursive: true });
  writeFileSync(join(volume, `sessions/${id}/session.json`), '{}');
  const cells = [
    cell('imports', 'from llmos import skill\nprint("a"); print("b")'),
    // Its package is not known from the cell, so that it is loaded for the call.
    cell('computed', 'id = "double-" + "it"\n(await skill(id)(x=1.0)).y'),
    cell('a', 'a = await skill("double-it")(x=1)'),
    cell('b', 'b = await skill("add-one")(y=a.y)'),
    cell('c', 'c = await skill("divide-it")(z=b.z)\nc.v_out'),
    cell('env', 'import js\nlen(js.Object.keys(js.process.env))'),
    ...Object.entries(HOSTILE).map(([name, source]) => cell(name, source)),
    cell('bad', 'd = 1 / 0'),
    cell('blocked', 'd + 1'),
    cell('slow', 'while True: pass')
  ];
  writeFileSync(
    path,
    JSON.stringify({
      ...{ nbformat: 4, nbformat_minor: 5, cells },
      metadata: { trusted: true, llmos: { v: 1, session: id } }
    })
  );
  return path;
}

/** A notebook of these cells. */
function writeCells(...sources: readonly string[]): string {
  const path = join(volume, 'cells.ipynb');
  const cells = sources.map((source, at) => cell(`c${at}`, source));
  const head = { nbformat: 4, nbformat_minor: 5, metadata: {} };
  writeFileSync(path, JSON.stringify({ ...head, cells }));
  return path;
}

const READING = `text = "".join(open(name).read() for name in ("a.csv", "b.csv", "in/c.csv"))
_ = open("a.csv", "w").write("changed")
text`;

/** Ends what runs on the terminal of a process. */
type End = (terminal: ChildProcessWithoutNullStreams) => void;

const typeCtrlC: End = ({ stdin }) => stdin.write('\u0003');
const terminate: End = ({ pid }) => {
  const own = execFileSync('pgrep', ['-P', `${pid}`], { encoding: 'utf8' });
  process.kill(Number(own), 'SIGTERM');
};

/** Runs a command on a terminal, and ends it as soon as it says `text`. */
function interruptedAt(
  text: string,
  args: readonly string[],
  end: End
): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise(resolve => {
    const child = spawn('python3', ['-c', ON_TERMINAL, 'node', BUNDLE, ...args], {
      env: { ...process.env, ...ENV }
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const before = said;
      said += chunk.toString('utf8');
      if (!before.includes(text) && said.includes(text)) {
        end(child);
      }
    });
    child.on('close', code => resolve({ code, said }));
  });
}

interface IOutput {
  readonly text?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly ename?: string;
}

describe('llmos workflow run', () => {
  it.each([
    [['--param', 'a'], 'write CELL.INPUT=VALUE'],
    [['--param', 'z.x=1'], 'there is no code cell "z"'],
    [['--param', 'blocked.x=1'], 'that cell calls no skill'],
    [['--param', 'a.w=1'], 'has no input "w"'],
    [['--param', 'a.x=much'], '"much" is no value for "x"'],
    [['--session', 's-xxx'], 'There is no session "s-xxx"'],
    [['-o', 'nowhere/x.ipynb'], /There is no folder .*nowhere to write to/],
    [['-o', 'skills'], 'skills is a folder. Name a file in it.'],
    [['-o', '.'], '. is a folder. Name a file in it.'],
    [['-o', 'nowhere/'], 'nowhere/ names a folder, and none is there. Name a file.'],
    [['-o', 'skills/add-one.md/'], 'add-one.md/ names a folder, and none is there.'],
    [['-o', 'skills/add-one.md/a/b'], /There is no folder .*add-one.md.a to write to/],
    [['--runtime', 'nowhere'], /--runtime\.\n$/],
    [['--files', 'nowhere/x'], /There is no folder .*nowhere for files/],
    [['--replace'], '--replace is for --files DIR.']
  ])('refuses %j before anything runs', (args, message) => {
    const path = writeNotebook();
    const { code, stderr } = llmos(['workflow', 'run', path, ...args], {
      ...{ env: ENV, cwd: volume }
    });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(existsSync(join(volume, 'nowhere'))).toBe(false);
  });

  it('says that a run sees no files of the machine, where a cell misses one', () => {
    writeFileSync(join(volume, 'data.csv'), 'x\n1');
    const path = writeCells(
      'open("data.csv")',
      'import numpy; numpy.loadtxt("data.csv")'
    );
    const { code, stderr } = llmos(['workflow', 'run', path], { env: ENV });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'llmos: The run is shut in and sees no files of this machine: ' +
        'give the cells those that they read with --with FILE.\n'
    });
  });

  it('gives the cells copies of files to read', () => {
    mkdirSync(join(volume, 'data'));
    writeFileSync(join(volume, 'data/a.csv'), 'a');
    writeFileSync(join(volume, 'skills/b.csv'), 'b');
    mkdirSync(join(volume, 'books'));
    const path = join(volume, 'books/cells.ipynb');
    renameSync(writeCells(READING), path);
    mkdirSync(join(volume, 'books/in'));
    writeFileSync(join(volume, 'books/in/c.csv'), 'c');
    const args = ['workflow', 'run', path, '-o', join(volume, 'done.ipynb')];
    const given = ['data/a.csv', 'skills/b.csv', 'books/in/c.csv'];
    const run = llmos([...args, ...given.flatMap(file => ['--with', file])], {
      ...{ env: ENV, cwd: volume }
    });
    expect(run).toMatchObject({
      code: 0,
      // Those that cells have changed are theirs.
      stderr: expect.stringMatching(/shut in: a\.csv\. Name a folder/) as string
    });
    expect(readFileSync(join(volume, 'done.ipynb'), 'utf8')).toContain("'abc'");
    expect(readFileSync(join(volume, 'data/a.csv'), 'utf8')).toBe('a');
  });

  it.each([
    [['none.csv'], '--with none.csv: there is no such file.'],
    [['skills'], '--with skills: this is no file.'],
    [
      ['one/a.csv', './one/a.csv', 'two/a.csv'],
      /--with two\/a.csv: for the cells, a.csv is .*one.a.csv already./
    ]
  ])('refuses files %j for cells before anything runs', (files, message) => {
    for (const name of ['one', 'two', 'books']) {
      mkdirSync(join(volume, name));
      writeFileSync(join(volume, name, 'a.csv'), name);
    }
    const args = files.flatMap(file => ['--with', file]);
    const path = join(volume, 'books/cells.ipynb');
    renameSync(writeCells('1'), path);
    expect(
      llmos(['workflow', 'run', path, ...args], { env: ENV, cwd: volume })
    ).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringMatching(message) as string
    });
  });

  it('names the files that are not kept', () => {
    const path = writeCells('[open(name, "w") for name in ("curve.csv", "b.csv")]');
    const args = ['workflow', 'run', path, '-o', 'done.ipynb'];
    const { code, stderr } = llmos(args, { env: ENV, cwd: volume });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(
        'is shut in: b.csv and curve.csv. Name a folder for them with --files.'
      ) as string
    });
    expect(existsSync(join(volume, 'curve.csv'))).toBe(false);
  });

  it('advises a folder only to files that it can keep', () => {
    const path = writeCells('[open(name, "w") for name in (".env", "../x", "a:b")]');
    const { code, stderr } = llmos(['workflow', 'run', path], { env: ENV });
    expect(code).toBe(0);
    expect(stderr.split('\n').sort()).toEqual([
      '',
      'llmos: ../x is not kept: It is outside the folder in which the cells run.',
      'llmos: .env is not kept: Hidden files and folders never are.',
      expect.stringContaining('llmos: a:b is not kept: A name has letters')
    ]);
  });

  it('tells of files outside the folder of the cells, which are lost', () => {
    const path = writeCells(
      'import os, tempfile\nopen("../x.csv", "w").write("1")\nopen("in.csv", "w").write("1")',
      'os.mkdir("/data"); open("/data/y.csv", "w").write("1")',
      'tempfile.NamedTemporaryFile(delete=False).write(b"1")'
    );
    const args = ['workflow', 'run', path, '--files', 'results'];
    const { code, stdout, stderr } = llmos(args, { env: ENV, cwd: volume });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'llmos: ../../data/y.csv and ../x.csv are not kept: It is outside the folder in which the cells run.\n'
    });
    expect(stdout).toContain('Kept 1 file in results: in.csv');
  });

  it('takes the libraries of a package for no files of the cells', () => {
    const path = writeCells('import scipy.linalg\nopen("in.csv", "w").write("1")');
    const args = ['workflow', 'run', path, '--files', 'results'];
    const { code, stderr } = llmos(args, { env: ENV, cwd: volume });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('keeps no hidden files, which is no failure, and says so', () => {
    const path = writeCells('open(".env", "w").write("1")');
    const args = ['workflow', 'run', path, '--files', 'results'];
    const { code, stderr } = llmos(args, { env: ENV, cwd: volume });
    expect(code).toBe(0);
    expect(stderr).toContain('.env is not kept: Hidden files and folders never are.');
    expect(existsSync(join(volume, 'results'))).toBe(false);
  });

  it('gives the room of all files to none that is hidden', () => {
    const path = writeCells(
      'import os\nos.mkdir(".cache"); open(".cache/big", "wb").truncate(60 * 2 ** 20)',
      'open(".log", "wb").truncate(60 * 2 ** 20)',
      'open("result.bin", "wb").truncate(10 * 2 ** 20)'
    );
    const args = ['workflow', 'run', path, '--files', 'results'];
    const { code, stdout, stderr } = llmos(args, { env: ENV, cwd: volume });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'llmos: .cache and .log are not kept: Hidden files and folders never are.\n'
    });
    expect(stdout).toContain('Kept 1 file in results: result.bin');
  });

  it('says that a run in a volume is recorded nowhere where no session is named', () => {
    const path = join(volume, 'workflows/a.ipynb');
    mkdirSync(join(volume, 'workflows'));
    writeFileSync(path, readFileSync(writeCells('1'), 'utf8'));
    const said = 'The run is not recorded: the notebook names no session of';
    const inside = llmosJson('workflow run', [path], { env: ENV, cwd: volume });
    expect(inside.value).toMatchObject({ trace: null });
    expect(inside.stderr).toContain(said);
    const outside = writeCells('1');
    expect(llmos(['workflow', 'run', outside], { env: ENV }).stderr).toBe('');
  });

  it('keeps files of cells that ended below a folder', () => {
    const path = writeCells(
      'import os\nos.makedirs("sub/.hidden")\nopen("sub/ä (1).bin", "wb").write(bytes(256))',
      'open("gone.txt", "w").write("1"); open("b.txt", "w").write("old")',
      'os.remove("gone.txt"); open("b.txt", "w").write("new")',
      'open("sub/.hidden/x", "w").write("1"); open("a:b", "w").write("1")',
      'open("mod.py", "w").write("z = 1")\nimport mod',
      'open("/tmp/elsewhere", "w").write("1"); os.chdir("/tmp")',
      'while True: open("/home/pyodide/late.txt", "w").write("1")'
    );
    const args = [path, '--files', 'results', '--cell-seconds', '5'];
    const { code, value, stderr } = llmosJson('workflow run', args, {
      ...{ env: ENV, cwd: volume }
    });
    expect(code).toBe(1); // The last cell.
    const hidden = 'sub/.hidden';
    const names = ['b.txt', 'mod.py', 'sub/ä (1).bin'];
    expect(value).toMatchObject({
      files: [
        {
          path: 'a:b',
          file: null,
          reason: expect.stringContaining('A name has') as string
        },
        ...names.slice(0, 2).map(name => ({ path: name, file: `results/${name}` })),
        {
          ...{ path: hidden, file: null, code: 'hidden' },
          reason: 'Hidden files and folders never are.'
        },
        { path: names[2], file: `results/${names[2]}` }
      ]
    });
    expect(stderr).toContain('a:b is not kept: A name has letters');
    expect(stderr).toContain(
      `${hidden} is not kept: Hidden files and folders never are.`
    );
    const results = join(volume, 'results');
    const there = readdirSync(results, { recursive: true, encoding: 'utf8' });
    expect(there.sort()).toEqual(['b.txt', 'mod.py', 'sub', 'sub/ä (1).bin']);
    expect(readFileSync(join(results, 'b.txt'), 'utf8')).toBe('new');
    expect(readFileSync(join(results, 'sub/ä (1).bin'))).toEqual(Buffer.alloc(256));
  });

  it('keeps files whose room others have given up', () => {
    const half = 40 * 2 ** 20;
    const path = writeCells(
      `import os\nopen("part.bin", "wb").truncate(${half})`,
      'os.rename("part.bin", "whole.bin")',
      `for name in ("a", "b"): open(name, "wb").truncate(2 ** 20 * (1 if name == "a" else 20))`,
      `for name in ("a", "b"): open(name, "wb").truncate(2 ** 20 * (20 if name == "a" else 1))`,
      'for n in range(1000): open(f"f{n:03}", "w")',
      'for n in range(999): os.remove(f"f{n:03}")'
    );
    const { code, stdout, stderr } = llmos(
      ['workflow', 'run', path, '--files', 'results'],
      { env: ENV, cwd: volume }
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Kept 4 files in results: a, b, f999, whole.bin');
    expect(statSync(join(volume, 'results/whole.bin')).size).toBe(half);
    expect(statSync(join(volume, 'results/a')).size).toBe(20 * 2 ** 20);
  });

  it('tells of files that it cannot read, and runs the cells below', () => {
    const path = writeCells(
      'import os\nopen("a.csv", "w").write("1"); os.chmod("a.csv", 0)',
      'os.mkdir("sub"); open("sub/b", "w"); os.chmod("sub", 0)',
      'open("late.csv", "w").write("1"); os.chmod("late.csv", 0)',
      'os.chmod("late.csv", 0o600)',
      'open("fine.csv", "w").write("1")'
    );
    const { code, value, stderr } = llmosJson('workflow run', [path, '--files', 'r'], {
      ...{ env: ENV, cwd: volume }
    });
    expect(value).toMatchObject({
      status: 'success',
      files: [
        { path: 'a.csv', file: null, reason: 'It could not be read.' },
        { path: 'fine.csv', file: 'r/fine.csv' },
        { path: 'late.csv', file: 'r/late.csv' },
        { path: 'sub', file: null, reason: 'It could not be read.' }
      ]
    });
    expect(stderr).toContain('a.csv and sub are not kept: It could not be read.');
    expect(code).toBe(1);
  });

  it('keeps files, and tells how cells ended, where nothing else can be written', () => {
    const path = writeCells('open("curve.csv", "w").write("1")');
    const session = join(volume, 'sessions/s-1');
    writeFileSync(join(session, 'session.json'), '{}');
    rmSync(join(session, 'traces.jsonl'));
    mkdirSync(join(session, 'traces.jsonl'));
    const output = `${'x'.repeat(300)}.ipynb`;
    const args = [path, '--volume', volume, '--session', 's-1', '-o', output];
    const { code, value, stderr } = llmosJson(
      'workflow run',
      [...args, '--files', 'results'],
      { env: ENV, cwd: volume }
    );
    expect(value).toMatchObject({
      ...{ output: null, status: 'success', trace: null },
      files: [{ path: 'curve.csv', file: 'results/curve.csv' }]
    });
    expect(stderr).toMatch(
      /^llmos: .*x\.ipynb cannot be written: .*\nllmos: The run is not recorded: .*\n$/
    );
    expect(code).toBe(1);
    expect(readFileSync(join(volume, 'results/curve.csv'), 'utf8')).toBe('1');
  });

  it('writes neither over what differs nor through a link', () => {
    const path = writeCells(
      '[open(name, "w").write(name) for name in ("mine", "same", "link", "fresh")]',
      'import os\nos.mkdir("out")\nopen("out/x", "w").write("x")',
      'open("many.bin", "wb").truncate(2 ** 26 + 1)'
    );
    const results = join(volume, 'results');
    const other = join(volume, 'other');
    mkdirSync(results);
    mkdirSync(other);
    writeFileSync(join(results, 'mine'), 'own');
    writeFileSync(join(results, 'same'), 'same');
    const { ino } = statSync(join(results, 'same'));
    symlinkSync(join(other, 'target'), join(results, 'link'));
    symlinkSync(other, join(results, 'out'));
    const run = (...more: string[]): IRun =>
      llmos(['workflow', 'run', path, '--files', 'results', ...more], {
        ...{ env: ENV, cwd: volume }
      });
    const first = run();
    expect(first.stdout).toContain('Kept 2 files in results: fresh, same');
    expect(first.stderr).toContain(
      'mine is not kept: Another file stands there. Add --replace to write over it.'
    );
    expect(first.stderr).toContain('link is not kept: results/link is a link');
    expect(first.stderr).toContain('out/x is not kept: results/out is a link');
    expect(first.stderr).toContain('many.bin is not kept: All files together may have');
    expect(first.code).toBe(1);
    expect(readFileSync(join(results, 'mine'), 'utf8')).toBe('own');
    expect(statSync(join(results, 'same')).ino).toBe(ino); // Was not written again.
    expect(run('--replace').stdout).toContain(
      'Kept 3 files in results: fresh, mine, same'
    );
    expect(readFileSync(join(results, 'mine'), 'utf8')).toBe('mine');
    expect(readdirSync(other)).toEqual([]);
  });

  it.each([
    [
      'a = await skill("double-it")(**kw)',
      'unpacks its inputs with **, which may hold'
    ],
    ['for n in [1]:\n    a = await skill("double-it")(x=n)', 'one within a loop'],
    ['async def f():\n    return await skill("double-it")(x=1)', 'one within a loop']
  ])('sets no input of %j', (source, message) => {
    const path = join(volume, 'one.ipynb');
    const cells = [cell('imports', 'from llmos import skill'), cell('one', source)];
    writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells }));
    const args = ['workflow', 'run', path, '--volume', volume, '--param', 'one.x=2'];
    const { code, stderr } = llmos(args, { env: ENV });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('sets an input that a call gives beside those that it unpacks', () => {
    const path = join(volume, 'one.ipynb');
    const out = join(volume, 'out.ipynb');
    const source = 'from llmos import skill\na = await skill("add-one")(y=1, **{})';
    const cells = [cell('one', source)];
    writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells }));
    const args = [
      ...['workflow', 'run', path, '--volume', volume],
      ...['-o', out, '--param', 'a.y=2.5']
    ];
    expect(llmos(args, { env: ENV })).toMatchObject({ code: 0 });
    expect(readFileSync(out, 'utf8')).toContain('(y=2.5, **{})');
  });

  it('runs skills of three runtimes, holds hostile code, and keeps outputs and trace', () => {
    const out = join(volume, 'out.ipynb');
    const args = [
      ...[writeNotebook(), '-o', out, '--cell-seconds', '15'],
      ...['--param', 'a.x=2', '--param', 'a.x=2.5']
    ];
    const { code, value } = llmosJson('workflow run', args, { env: ENV });
    expect(code).toBe(1);
    const { cells } = value as { cells: { id: string; status: string }[] };
    expect(Object.fromEntries(cells.map(({ id, status }) => [id, status]))).toEqual({
      ...{
        imports: 'success',
        computed: 'success',
        a: 'success',
        b: 'success',
        c: 'success',
        env: 'success'
      },
      ...{ read: 'failed', write: 'failed', start: 'failed', thread: 'failed' },
      ...{ bad: 'failed', blocked: 'blocked', slow: 'failed' }
    });
    expect(cells.find(({ id }) => id === 'read')).toMatchObject({
      error: { message: expect.stringContaining('has been restricted') as string }
    });
    expect(cells.at(-1)).toMatchObject({ error: { name: 'TimeoutError' } });
    expect(existsSync('/tmp/out')).toBe(false);

    const done = JSON.parse(readFileSync(out, 'utf8')) as {
      cells: { id: string; execution_count: number | null; outputs: IOutput[] }[];
    };
    expect(done.cells.find(({ id }) => id === 'a')).toMatchObject({
      source: 'a = await skill("double-it")(x=2.5)'
    });
    const outputs = new Map(done.cells.map(each => [each.id, each.outputs]));
    expect(outputs.get('imports')).toMatchObject([{ name: 'stdout', text: 'a\nb\n' }]);
    const shown = outputs.get('c')?.at(-1)?.data?.['text/plain'];
    expect(Number(shown?.replace(/[^\d.]/g, ''))).toBe(3);
    expect(outputs.get('env')?.[0]?.data?.['text/plain']).toBe('0');
    expect(outputs.get('bad')?.[0]?.ename).toBe('ZeroDivisionError');
    expect(done.cells.find(({ id }) => id === 'blocked')).toMatchObject({
      execution_count: null,
      outputs: []
    });

    const file = join(volume, 'sessions/s-1/traces.jsonl');
    const { traces, problems } = parseTraces(readFileSync(file, 'utf8'));
    expect(problems).toEqual([]);
    expect(traces.at(-1)).toMatchObject({
      ...{ session: 's-1', user: 'ana', status: 'failed', trigger: 'all' },
      edges: [
        ['a', 'y', 'b', 'y'],
        ['b', 'z', 'c', 'z'],
        ['bad', 'd', 'blocked', 'd']
      ],
      env: { python: '3.12.7' }
    });
    const [last] = traces.slice(-1);
    expect(last?.kind === undefined && last?.nodes[3]).toMatchObject({
      ...{ id: 'b', skill: 'add-one', status: 'success', cached: false },
      inputs: { y: { type: 'number', value: 5, from: ['a', 'y'] } },
      outputs: { z: { type: 'number', value: 6 } }
    });
    // The cell that never ends takes all its seconds, and Python starts before it.
  }, 180_000);

  it.each([
    ['Ctrl-C', true, typeCtrlC, 130],
    ['Ctrl-C', false, typeCtrlC, 130],
    ['SIGTERM', false, terminate, 143]
  ] as const)(
    'keeps what ran before %s, with -o %s',
    async (_name, hasOutput, end, exitCode) => {
      const cells = [
        cell('first', '6 * 7'),
        cell('endless', 'print("in it")\nwhile True: pass'),
        cell('below', '1')
      ];
      const path = join(volume, 'long.ipynb');
      writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells }));
      const out = join(volume, 'long.out.ipynb');
      const args = ['workflow', 'run', path, ...(hasOutput ? ['-o', out] : [])];
      const { code, said } = await interruptedAt('Running cell 2 of 3', args, end);
      expect(said).toMatch(/1 +6 \* 7 +plain cell +success/);
      expect(said).toMatch(/2 +print\("in it"\) +plain cell +cancelled/);
      expect(said).toMatch(/3 +1 +plain cell +cancelled/);
      expect(said).toContain(`1 of 3 cells ran${hasOutput ? `: ${out}` : ''}`);
      expect(said).toContain(
        `llmos: Stopped: ${hasOutput ? `${out} has what ran before.` : 'no notebook was written, since -o names none.'}`
      );
      expect(code).toBe(exitCode);
      expect(existsSync(out)).toBe(hasOutput);
      if (hasOutput) {
        expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
          cells: [
            { execution_count: 1, outputs: [{ data: { 'text/plain': '42' } }] },
            { execution_count: null },
            { execution_count: null, outputs: [] }
          ]
        });
      }
    }
  );

  it('runs nothing of others without --trust', () => {
    const path = writeNotebook();
    git(volume, 'config', 'user.email', 'bob@example.org');
    const { code, stderr } = llmos(['workflow', 'run', path], { env: ENV });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /has skills by others \(ana@example\.org\), and this notebook may call them\. Add --trust if you trust them\.\n$/
    );
  });

  it("runs nothing whose trace would go to another member's session", () => {
    const path = writeNotebook();
    git(volume, 'config', 'llmos.owner', 'team:optics');
    const session = join(volume, 'sessions/s-1');
    const traces = readFileSync(join(session, 'traces.jsonl'), 'utf8');
    const out = join(volume, 'out.ipynb');
    const env = { ...ENV, LLMOS_TEAMS: 'optics' };
    const run = (): IRun => llmos(['workflow', 'run', path, '-o', out], { env });
    // A file that does not say whose the session is is nobody's.
    for (const text of [sessionText('s-1', 'bob'), '{}']) {
      writeFileSync(join(session, 'session.json'), text);
      const { code, stderr } = run();
      expect([code, stderr]).toEqual([
        3,
        expect.stringContaining(
          'llmos: This session belongs to another member. Fork it to work on it.'
        )
      ]);
    }
    expect(existsSync(out)).toBe(false);
    expect(readFileSync(join(session, 'traces.jsonl'), 'utf8')).toBe(traces);
    writeFileSync(join(session, 'session.json'), sessionText('s-1', 'ana'));
    const notebook = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...notebook, cells: [cell('x', 'x = 1')] }));
    expect(run()).toMatchObject({ code: 0, stderr: '' });
    const more = readFileSync(join(session, 'traces.jsonl'), 'utf8');
    expect(more.slice(0, traces.length)).toBe(traces);
    expect(JSON.parse(more.slice(traces.length))).toMatchObject({ user: 'ana' });
  });

  it('runs nothing where a link stands for the traces', () => {
    const path = writeNotebook();
    const elsewhere = join(volume, '..', `${basename(volume)}-elsewhere`);
    const traces = join(volume, 'sessions/s-1/traces.jsonl');
    rmSync(traces, { force: true });
    symlinkSync(elsewhere, traces);
    const { code, stderr } = llmos(['workflow', 'run', path], { env: ENV });
    expect(code).toBe(1);
    expect(stderr).toContain('traces.jsonl is a link');
    expect(existsSync(elsewhere)).toBe(false);
  });

  it.each([
    [['nowhere.ipynb'], 2, 'There is no file nowhere.ipynb'],
    [['package.json'], 1, 'is no workflow'],
    [['nowhere.ipynb', '--cell-seconds', '0'], 2, '--cell-seconds must be a number'],
    [['nowhere.ipynb', '--runtime', '.'], 2, 'is no built site']
  ] as const)('refuses %j', (args, code, message) => {
    const result = llmos(['workflow', 'run', ...args]);
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(code);
  });
});
