import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { llmos } from './run';
import { checked } from './schema';
import { ENV, folder, json, run, useVolume, volume, writeSession } from './verbVolume';

useVolume();

describe('llmos', () => {
  it('prints what its schemas say', () => {
    writeSession(volume, 's-1');
    run('skills', 'create', 'one', '--volume', volume);
    const notebook = join(volume, 'sessions/s-1/s-1.ipynb');
    const message = join(folder, 'message');
    writeFileSync(message, 'session: One\n\nPrompt: Two\n');
    expect(json('skills list', volume)).toMatchObject({ skills: [{ id: 'one' }] });
    expect(json('skills search', 'one', '--volume', volume)).toMatchObject([
      { id: 'one' }
    ]);
    expect(json('skills show', 'one', '--volume', volume)).toMatchObject({ id: 'one' });
    expect(json('graph', notebook)).toMatchObject({ cells: [{ defines: ['x'] }] });
    expect(json('volume stats', volume)).toMatchObject({ commits: 1, skills: 1 });
    expect(json('evolve', '--volume', volume, '--no-replay')).toMatchObject({
      traces: 2
    });
    const out = join(folder, 'out.workflow.json');
    expect(json('workflow convert', notebook, out)).toEqual({ output: out, notes: [] });
    const parsed = llmos(['commit-message', 'parse'], {
      input: readFileSync(message, 'utf8')
    });
    expect(checked('commit-message parse', parsed.stdout)).toMatchObject({
      name: 'One'
    });
  });

  it.each([
    ['evolve', '--volume', 'nowhere'],
    ['evolve', '--auto-apply', '--volume', 'nowhere'],
    ['sessions', 'list', '--volume', 'nowhere'],
    ['sessions', 'show', 's-1', '--volume', 'nowhere'],
    ['sessions', 'commit', 's-1', '--volume', 'nowhere'],
    ['traces', 'list', '--volume', 'nowhere'],
    ['skills', 'list', 'nowhere'],
    ['skills', 'show', 'x', '--volume', 'nowhere'],
    ['skills', 'create', 'x', '--volume', 'nowhere'],
    ['skills', 'export', 'x', '-o', 'out', '--volume', 'nowhere'],
    ['volume', 'log', 'nowhere'],
    ['volume', 'stats', 'nowhere'],
    ['volume', 'sync', 'nowhere'],
    ['volume', 'rollback', 'nowhere', 'HEAD']
  ])('ends with 2 where the volume of %s %s is not there', (...args) => {
    const { code, stderr } = run(...args);
    expect(stderr).toMatch(/^llmos: There is no (folder|file or folder) .*nowhere\b/);
    expect(code).toBe(2);
  });

  it('says in a sentence what the system refuses, and what no date can be', () => {
    mkdirSync(join(volume, 'skills'));
    writeFileSync(join(volume, 'sessions'), '');
    const refused = run('sessions', 'list', '--volume', volume);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('has no folder "sessions"');
    const through = run('workflow', 'convert', 'package.json/x.ipynb', 'out.py');
    expect(through.stderr).not.toContain('    at ');
    const env = { ...ENV, SOURCE_DATE_EPOCH: '9999999999999' };
    const late = llmos(['skills', 'create', 'x', '--volume', volume], { env });
    expect(late.code).toBe(2);
    expect(late.stderr).toContain('SOURCE_DATE_EPOCH must be whole seconds');
  });

  it('completes its own verbs and options', () => {
    const script = run('completion', 'bash').stdout;
    expect(script).toContain('"skills check") words="--json --errors-only -h --help"');
    expect(run('completion', 'zsh').stdout).toMatch(/^#compdef llmos\n/);
    expect(run('completion', 'fish').stdout).toContain(
      "complete -c llmos -n '__fish_seen_subcommand_from volume' -a rollback"
    );
    expect(run('completion', 'tcsh').code).toBe(2);
  });

  it('has an example in the help of each verb', () => {
    expect(run('skills', 'check', '--help').stdout).toContain('Example:\n  $ llmos');
    const commands = join(__dirname, '../../cli/commands');
    for (const file of readdirSync(commands)) {
      const text = readFileSync(join(commands, file), 'utf8');
      const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
      expect([file, count(/\.addHelpText\(/g)]).toEqual([file, count(/\.action\(/g)]);
    }
  });
});
