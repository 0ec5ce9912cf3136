import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Author of all that tests commit. */
export const ANA = {
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.org',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@example.org'
};

/** Runs the real `git` in a folder. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, ...ANA, GIT_CONFIG_GLOBAL: '/dev/null' }
  }).trim();
}

const ports = (names: readonly string[]): string =>
  `[${names.map(name => `{ name: ${name}, type: number }`).join(', ')}]`;

/** A skill file with numbers in and out. */
export function skillText(
  id: string,
  type: string,
  [inputs, outputs]: readonly [readonly string[], readonly string[]],
  code: string
): string {
  const language =
    type === 'ngspice' ? 'spice' : type === 'python-wasm' ? 'python' : 'javascript';
  return (
    `---\nname: ${id}\ndescription: Makes ${id}.\ntype: ${type}\n` +
    `inputs: ${ports(inputs)}\noutputs: ${ports(outputs)}\n---\nText\n\n` +
    `\`\`\`${language}\n${code}\n\`\`\`\n`
  );
}

/** `session.json` as the site leaves it in a volume. */
export function sessionText(id: string, user = 'local'): string {
  const time = '2026-11-21T10:00:00Z';
  return JSON.stringify({
    ...{ v: 1, id, name: 'Halving', volume: 'user', volume_id: 'user' },
    ...{ status: 'active', path: 'h.ipynb', user, metadata: {} },
    ...{ created_at: time, updated_at: time }
  });
}

const number = (value: number, from?: readonly [string, string]): object => ({
  type: 'number',
  value,
  ...(from && { from })
});

/** A run of Python, JavaScript and ngspice after one another. */
export function traceLine(index: number, x: number, error = 0): string {
  const node = (
    id: string,
    skill: string,
    inputs: object,
    outputs: object
  ): object => ({
    ...{ id, skill, status: 'success', ms: 1, inputs, outputs }
  });
  const z = 2 * x + 1;
  return JSON.stringify({
    ...{ v: 1, id: `t-${index}`, session: 's-1', user: 'ana', ms: 5 },
    started: `2026-11-21T10:0${index}:00.000Z`,
    ...{ status: 'success', goal: '', trigger: 'all', env: {} },
    nodes: [
      node('a', 'double-it', { x: number(x) }, { y: number(2 * x) }),
      node('b', 'add-one', { y: number(2 * x, ['a', 'y']) }, { z: number(z) }),
      node(
        'c',
        'divide-it',
        { z: number(z, ['b', 'z']) },
        { v_out: number(z / 2 + error) }
      )
    ],
    edges: [
      ['a', 'y', 'b', 'y'],
      ['b', 'z', 'c', 'z']
    ]
  });
}

/** The three skills of {@link traceLine}. */
export const SKILLS: Readonly<Record<string, string>> = {
  'double-it': skillText(
    'double-it',
    'python-wasm',
    [['x'], ['y']],
    'import numpy as np\ndef execute(inputs):\n' +
      '    return {"y": float(np.float64(inputs["x"]) * 2)}'
  ),
  'add-one': skillText(
    'add-one',
    'javascript',
    [['y'], ['z']],
    'export async function execute(inputs) {\n' +
      '  await new Promise(done => setTimeout(done, 5));\n' +
      '  return { z: inputs.y + 1 };\n}'
  ),
  'divide-it': skillText(
    'divide-it',
    'ngspice',
    [['z'], ['v_out']],
    'Divider\nv1 in 0 {{z}}\nr1 in out 1k\nr2 out 0 1k\n.op\n.end'
  )
};

/** A clone whose three runs make one skill; `error` is what their last output is off. */
export function makeReplayVolume(error = 0): string {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-replay-'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Ana');
  git(folder, 'config', 'user.email', 'ana@example.org');
  mkdirSync(join(folder, 'skills'));
  mkdirSync(join(folder, 'sessions/s-1'), { recursive: true });
  for (const [id, text] of Object.entries(SKILLS)) {
    writeFileSync(join(folder, `skills/${id}.md`), text);
  }
  const lines = [1.5, 2.5, 3.5].map((x, index) => traceLine(index, x, error));
  writeFileSync(join(folder, 'sessions/s-1/traces.jsonl'), `${lines.join('\n')}\n`);
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'Runs');
  return folder;
}
