import { createServer, type Server } from 'node:http';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  MODEL_KEY,
  ModelServer,
  type IScriptedReply
} from '../../../ui-tests/modelServer';
import { Model } from '../../cli/model/model';
import { parseEvolutionRuns } from '../../src/evolution/records';
import { git, makeReplayVolume, sessionText, SKILLS } from './replayVolume';
import { llmosBeside, type IRun } from './run';
import { checked } from './schema';

const SECRET = ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_');
const GUIDE = {
  ...{ title: 'Energy of a molecule', purpose: 'Find it.', inputs: ['molecule'] },
  ...{ steps: ['Build', 'Run'], example: 'H2', variations: ['LiH'] }
};
const PATTERN = {
  ...{ name: 'Energies', description: 'Of molecules.', indices: [0, 1] },
  ...{ confidence: 0.9, skill: GUIDE }
};
const answer = (...patterns: readonly unknown[]): IScriptedReply => ({
  text: JSON.stringify({ patterns, names: [] })
});
const refusal = (status: number, type: string, message: string): IScriptedReply => ({
  ...{ status, error: { type, message }, headers: { 'retry-after-ms': '1' } }
});

let server: ModelServer;
let folder: string;
let volume: string;

beforeEach(async () => {
  server = await ModelServer.start();
  server.replies = [answer(PATTERN)];
  folder = mkdtempSync(join(tmpdir(), 'llmos-model-'));
  const origin = join(folder, 'origin');
  mkdirSync(join(origin, 'sessions/s-1'), { recursive: true });
  git(origin, 'init', '--quiet', '--initial-branch=main');
  for (const name of ['VQE for H2', 'VQE for LiH']) {
    writeFileSync(join(origin, 'sessions/s-1/session.json'), sessionText(name));
    git(origin, 'add', '.');
    const prompt = `Prompt: The energy, with ${SECRET}`;
    const stats = 'Stats:\n- 1 messages\n- 0 artifacts generated\n- 1 traces executed';
    const message = [`session: ${name}`, prompt, stats, '🤖 LLMunix Context Memory'];
    git(origin, 'commit', '--quiet', '-m', message.join('\n\n'));
  }
  volume = join(folder, 'volume');
  git(folder, 'clone', '--quiet', origin, volume);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

const evolve = (
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {}
): Promise<IRun> =>
  llmosBeside(['evolve', '--volume', volume, ...args], {
    env: {
      ...{ ANTHROPIC_API_KEY: MODEL_KEY, ANTHROPIC_BASE_URL: server.url },
      ...{ LLMOS_USER: 'ana', ...env }
    }
  });
const guide = (): string =>
  join(volume, 'evolution/candidates/energy-of-a-molecule.md');
const lastRun = () =>
  parseEvolutionRuns(readFileSync(join(volume, 'evolution/runs.jsonl'), 'utf8')).at(-1);

describe('llmos evolve, with a key', () => {
  it('drafts a guide from the messages of commits, and tells what that cost', async () => {
    const { code, stdout, stderr } = await evolve(['--json']);
    expect([code, stderr]).toEqual([0, '']);
    const oids = git(volume, 'log', '--format=%H').split('\n');
    expect(checked('evolve', stdout)).toMatchObject({
      notes: [],
      model: {
        ...{ name: 'claude-sonnet-5-5', requests: 1 },
        usage: { input: 100, output: 20 }
      },
      detected: [{ name: 'Energies', confidence: 0.9, commits: oids }],
      drafted: ['energy-of-a-molecule']
    });
    expect(readFileSync(guide(), 'utf8')).toContain('1. Build');
    expect(git(volume, 'status', '--porcelain')).toBe('?? evolution/');
    expect(lastRun()).toMatchObject({ drafted: ['energy-of-a-molecule'] });
    const again = await evolve();
    expect(again.stdout).toContain(
      'Asked claude-sonnet-5-5 in 1 request: 100 tokens read, 20 written.'
    );
    expect(again.stdout).not.toContain('Wrote');
  });

  it('leaves a guide that a person has broken as it is, and says so', async () => {
    await evolve();
    const broken = readFileSync(guide(), 'utf8').replace('name: ', 'name: [');
    writeFileSync(guide(), broken);
    const { code, stderr } = await evolve();
    expect(code).toBe(0);
    expect(stderr).toContain('"energy-of-a-molecule" was not drafted');
    expect(readFileSync(guide(), 'utf8')).toBe(broken);
  });

  it('begins no line of the report with what the model says', async () => {
    const name = 'x\n~~~\n::error::Forged';
    const description = '::error::Forged\n~~~\n::stop-commands::x';
    server.replies = [answer({ ...PATTERN, name, description })];
    const { stdout } = await evolve(['--dry-run']);
    expect(stdout).toContain(
      'The model sees "x ~~~ ::error::Forged" in 2 commits:\n' +
        '    "::error::Forged ~~~ ::stop-commands::x"\n'
    );
    expect(stdout).not.toMatch(/^\s*(?:::|~~~)/m);
  });

  it('tells also what it costs that a model declines', async () => {
    server.replies = [{ text: '', stopReason: 'refusal' }];
    const { stdout } = await evolve(['--json']);
    expect(checked('evolve', stdout)).toMatchObject({
      model: { requests: 1, usage: { input: 100, output: 20 } }
    });
  });

  it('sends messages without their secrets, by the protocol, and its key nowhere else', async () => {
    const { stdout, stderr } = await evolve([
      '--auto-apply',
      '--model',
      'claude-other'
    ]);
    const [{ path, headers, body } = { path: '', headers: {}, body: {} }] = server.seen;
    expect(path).toBe('/v1/messages');
    expect(headers).toMatchObject({
      ...{ 'x-api-key': MODEL_KEY, 'anthropic-version': '2023-06-01' }
    });
    expect(body).toMatchObject({ model: 'claude-other', max_tokens: 8000 });
    const sent = JSON.stringify(body);
    expect(sent).toContain('VQE for LiH');
    expect(sent).toContain('[masked]');
    expect(sent).not.toContain(SECRET);
    expect(sent).not.toContain(MODEL_KEY);
    expect(git(volume, 'log', '--format=%s', '-2').split('\n')).toEqual([
      'evolution: Record a run (0 traces, 0 to review, 0 rejected)',
      'evolution: Propose energy-of-a-molecule'
    ]);
    const all = stdout + stderr + git(volume, 'log', '--patch', '--format=%B');
    expect(all).not.toContain(MODEL_KEY);
    expect(existsSync(join(volume, 'skills'))).toBe(false);
  });

  it('asks with --dry-run too, and writes nothing', async () => {
    const { code, stdout } = await evolve(['--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'The model sees "Energies" in 2 commits:\n    "Of molecules."'
    );
    expect(stdout).toContain(
      'Would write evolution/candidates/energy-of-a-molecule.md: a guide'
    );
    expect(git(volume, 'status', '--porcelain')).toBe('');
  });

  it.each([
    ['without a key', [], { ANTHROPIC_API_KEY: ' ' }],
    ['with --no-model', ['--no-model'], {}],
    ['with --no-replay', ['--no-replay'], {}]
  ])('asks nothing %s', async (_, args, env) => {
    const { code, stdout } = await evolve([...args, '--json'], env);
    expect(code).toBe(0);
    const report = checked('evolve', stdout) as Record<string, unknown>;
    expect(report).toEqual({
      ...{ traces: 0, patterns: [], candidates: [] },
      ...{ accepted: [], rejected: [], notes: [], left: [] }
    });
    expect(server.seen).toEqual([]);
    const told = await evolve(args, env);
    expect(told.stdout.includes('no key in ANTHROPIC_API_KEY')).toBe(args.length === 0);
  });

  it('reads your own volume alone, and the last days', async () => {
    git(volume, 'config', 'llmos.owner', 'team:optics');
    const team = await evolve(['--dry-run']);
    expect(team.stdout).toContain('was not asked: it reads the history of your own');
    git(volume, 'config', 'llmos.owner', 'user:ana');
    const later = String(Math.round(Date.now() / 1000) + 30 * 86_400);
    const { stdout } = await evolve(['--dry-run'], { SOURCE_DATE_EPOCH: later });
    expect(stdout).toContain(
      'was not asked: too little was committed in the last 7 days'
    );
    expect(server.seen).toEqual([]);
    await evolve(['--dry-run', '--model-days', '60'], { SOURCE_DATE_EPOCH: later });
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, IScriptedReply, number, string]>([
    [
      ...([
        'a key that is wrong',
        refusal(401, 'authentication_error', `no ${MODEL_KEY}`)
      ] as const),
      ...([
        1,
        'does not take the key in ANTHROPIC_API_KEY. The server says: no [key]'
      ] as const)
    ],
    [
      'too many requests',
      refusal(429, 'rate_limit_error', 'Slow.'),
      4,
      'too many requests'
    ],
    ['a server that fails', refusal(500, 'api_error', 'Oh.'), 4, 'the server failed.'],
    ['a model that is not there', refusal(404, 'not_found_error', 'x'), 1, '--model'],
    ['a model that declines', { text: '', stopReason: 'refusal' }, 1, 'declined'],
    ['prose', { text: 'I see none.' }, 1, 'did not answer with JSON'],
    [
      ...([
        'a hostile answer',
        answer({ ...PATTERN, name: 'A\u001b[2JB', indices: [9] })
      ] as const),
      ...([1, '"A[2JB" cites commits that do not exist'] as const)
    ]
  ])('goes on after %s, and says so', async (_, reply, requests, note) => {
    server.replies = [reply];
    const { code, stdout, stderr } = await evolve(['--json']);
    expect([code, server.seen.length]).toEqual([0, requests]);
    expect(checked('evolve', stdout)).toMatchObject({
      notes: [expect.stringContaining(note)],
      model: { requests }
    });
    expect(stderr).toContain(note);
    expect(lastRun()).toMatchObject({ status: 'done' });
    expect(readFileSync(join(volume, 'evolution/runs.jsonl'), 'utf8')).not.toContain(
      MODEL_KEY
    );
    expect(existsSync(guide())).toBe(false);
  });

  it('gives the key to no address that is not safe, and repeats no broken one', async () => {
    for (const ANTHROPIC_BASE_URL of ['http://example.org', `${server.url}?a=b`, 'x']) {
      const { code, stdout, stderr } = await evolve([], { ANTHROPIC_BASE_URL });
      expect([code, stderr]).toEqual([
        0,
        expect.stringContaining('ANTHROPIC_BASE_URL is')
      ]);
      expect(stdout).not.toContain('claude');
    }
    const ANTHROPIC_API_KEY = 'sk-broken\n0123456789';
    const { stdout, stderr } = await evolve([], { ANTHROPIC_API_KEY });
    expect(stderr).toContain('does not take the key');
    expect(stdout + stderr).not.toContain('0123456789');
    expect(server.seen).toEqual([]);
  });

  it('keeps the key from the skills that it runs', async () => {
    const replay = makeReplayVolume();
    const skill = SKILLS['double-it'] ?? '';
    const spying = skill.replace(
      'def execute(inputs):',
      'def execute(inputs):\n    import js\n' +
        '    if "ANTHROPIC" in " ".join(js.Object.keys(js.process.env)): return {"y": 0}'
    );
    writeFileSync(join(replay, 'skills/double-it.md'), spying);
    git(replay, 'commit', '--quiet', '--all', '-m', 'Spy');
    volume = replay;
    const { stdout } = await evolve(['--json']);
    expect(checked('evolve', stdout)).toMatchObject({
      ...{
        accepted: [{ reason: expect.stringContaining('3 of 3 runs agree') as string }],
        rejected: []
      },
      model: { requests: 1 }
    });
    rmSync(replay, { recursive: true });
  });
});

describe('Model', () => {
  const access = (url: string) => ({ server: url, key: MODEL_KEY, model: 'm' });
  const limits = { seconds: 10, patience: { retries: 1, pause: 1, longest: 10 } };
  const question = { system: 'Be short.', text: 'Why?' };

  it('waits no longer than it is told to', async () => {
    server.replies = [{ then: 'hold' }];
    const model = new Model(access(server.url), { ...limits, seconds: 0.2 });
    const reason = expect.stringContaining('no answer in time') as string;
    expect(await model.complete(question)).toEqual({ kind: 'failed', reason });
    expect(model.requests).toBe(1);
  });

  it('says that nobody is there, after another try', async () => {
    server.replies = [{ then: 'drop' }];
    const model = new Model(access(server.url), limits);
    expect(await model.complete(question)).toMatchObject({
      reason: expect.stringContaining('cannot be reached') as string
    });
    expect(model.requests).toBe(2);
  });

  describe('at a server of another kind', () => {
    let other: Server;
    let reply: { status: number; headers: Record<string, string>; body: string };
    const url = (): string =>
      `http://127.0.0.1:${(other.address() as AddressInfo).port}`;

    beforeEach(async () => {
      other = createServer((_, response) => {
        response.writeHead(reply.status, reply.headers).end(reply.body);
      });
      await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => {
      other.close();
    });

    it.each([
      [200, '<html>Sign in</html>', 'no message of the Messages API'],
      [200, '{"content": "text"}', 'no message of the Messages API'],
      [403, '<html>Forbidden</html>', 'HTTP 403'],
      [302, '', 'redirects to another address']
    ])('says what is wrong with %s "%s"', async (status, body, words) => {
      reply = { status, headers: { location: server.url }, body };
      const model = new Model(access(url()), limits);
      expect(await model.complete(question)).toMatchObject({
        ...{ kind: 'failed', reason: expect.stringContaining(words) as string }
      });
      expect(server.seen).toEqual([]);
    });

    it('takes parts of another kind and numbers that are none for nothing', async () => {
      const data = {
        content: [
          { type: 'thinking' },
          null,
          { type: 'text', text: `So ${MODEL_KEY}.` }
        ],
        usage: { input_tokens: 'many', output_tokens: -3 }
      };
      reply = { status: 200, headers: {}, body: JSON.stringify(data) };
      const model = new Model(access(url()), limits);
      expect(await model.complete(question)).toMatchObject({ text: 'So [key].' });
      expect(model.usage).toMatchObject({ input: 0, output: 0 });
    });
  });
});
