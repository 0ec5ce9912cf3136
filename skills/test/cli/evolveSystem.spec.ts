import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../cli/sha256';
import { ANA, git, sessionText, SKILLS, traceLine } from './replayVolume';
import { llmos, type IRun } from './run';
import { checked } from './schema';

describe('llmos evolve, on the system library', () => {
  const SKILL = SKILLS['double-it'] ?? '';
  const VERSION = sha256(SKILL);
  let folder: string;
  let system: string;
  let team: string;

  const evolve = (...args: string[]): IRun =>
    llmos(['evolve', '--volume', system, ...args], {
      env: { LLMOS_USER: 'ana', LLMOS_VOLUMES_PATH: team }
    });
  const make = (name: string, origin: string): string => {
    const place = join(folder, name);
    mkdirSync(join(place, 'skills'), { recursive: true });
    git(place, 'init', '--quiet', '--initial-branch=main');
    git(place, 'remote', 'add', 'origin', `https://example.org/${origin}.git`);
    return place;
  };
  const commit = (place: string): void => {
    git(place, 'add', '.');
    git(place, 'commit', '--quiet', '-m', 'Files');
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'llmos-system-'));
    system = make('system', 'llmunix/system-volumes');
    writeFileSync(join(system, 'skills/note.md'), '---\nname: Note\n---\nText\n');
    commit(system);
    team = make('team', 'lab/llmunix-team-optics');
    writeFileSync(join(team, 'skills/double-it.md'), SKILL);
    ['ana', 'ben', 'cem'].forEach((user, index) => {
      const session = join(team, `sessions/s-${user}`);
      mkdirSync(session, { recursive: true });
      writeFileSync(join(session, 'session.json'), sessionText(`s-${user}`, user));
      const run = JSON.parse(traceLine(index, 1.5)) as { nodes: object[] };
      const nodes = run.nodes.map(node => ({ ...node, version: VERSION }));
      const line = JSON.stringify({ ...run, nodes });
      writeFileSync(join(session, 'traces.jsonl'), `${line}\n`);
    });
    commit(team);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is refused to everybody but its job', () => {
    expect(evolve()).toMatchObject({ code: 3, stdout: '' });
    expect(evolve().stderr).toContain('Add --as-job where a server runs it');
    expect(evolve('--dry-run').code).toBe(0);
    expect(git(system, 'status', '--porcelain')).toBe('');
  });

  it('proposes what three people of a team have used, and learns nothing itself', () => {
    const { code, stdout, stderr } = evolve('--as-job', '--auto-apply', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const promotion = {
      ...{ id: 'double-it', version: VERSION, volume: 'team-optics' },
      ...{ users: 3, runs: 3, success: 1 }
    };
    expect(checked('evolve', stdout)).toMatchObject({
      ...{ traces: 3, patterns: [], candidates: [], accepted: [] },
      promotions: [promotion]
    });
    expect(git(system, 'status', '--porcelain')).toBe('');
    const record = readFileSync(join(system, 'evolution/runs.jsonl'), 'utf8');
    expect(JSON.parse(record)).toMatchObject({
      ...{ job: 'system', status: 'done', promotions: [promotion] }
    });
    expect(git(system, 'diff', '--name-only', 'HEAD~1')).toBe('evolution/runs.jsonl');
  });

  it('leaves promoting to a person, on their own fork', () => {
    const fork = make('fork', 'ana/system-volumes');
    const promote = (to: string): IRun => {
      const reason = ['--reason', 'Three people use it.'];
      const args = ['promote', 'double-it', '--volume', team, '--to', to, ...reason];
      return llmos(['skills', ...args], { env: { ...ANA, LLMOS_USER: 'ana' } });
    };
    expect(promote(system).code).toBe(3);
    expect(promote(fork)).toMatchObject({ code: 0, stderr: '' });
    expect(git(fork, 'show', 'HEAD:skills/double-it.md')).toBe(SKILL.trim());
  });

  it('does not propose again what was refused', () => {
    const line = {
      ...{ v: 1, by: 'person', id: 'double-it', reason: '', newest: '' },
      signature: `promote:team-optics/double-it@${VERSION}`,
      at: '2026-11-21T10:00:00.000Z'
    };
    const refused = join(system, 'evolution/rejected.jsonl');
    writeFileSync(refused, `${JSON.stringify(line)}\n`);
    expect(evolve('--dry-run').stdout).toBe('0 proposals in 3 traces.\n');
    rmSync(refused);
    expect(evolve('--dry-run').stdout).toContain(
      'double-it of team-optics, used by 3 persons in 3 runs, 100 % successful'
    );
  });

  it('leaves out what nobody has reviewed since it was applied automatically', () => {
    const place = join(team, 'skills/double-it.md');
    const draft = SKILL.replace('---\n', '---\nlearned_draft: true\n');
    writeFileSync(place, draft);
    const trace = (user: string): string =>
      join(team, `sessions/s-${user}/traces.jsonl`);
    const users = ['ana', 'ben', 'cem'];
    const before = users.map(user => readFileSync(trace(user), 'utf8'));
    users.forEach((user, at) =>
      writeFileSync(trace(user), (before[at] ?? '').replaceAll(VERSION, sha256(draft)))
    );
    expect(evolve('--dry-run').stdout).toBe('0 proposals in 3 traces.\n');
    users.forEach((user, at) => writeFileSync(trace(user), before[at] ?? ''));
    writeFileSync(place, SKILL);
  });

  it('leaves out what everybody has already', () => {
    writeFileSync(join(system, 'skills/double-it.md'), SKILL);
    expect(evolve('--dry-run').stdout).toBe('0 proposals in 3 traces.\n');
    rmSync(join(system, 'skills/double-it.md'));
  });
});
