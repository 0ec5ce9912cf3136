import '../browser';

import type { Contents } from '@jupyterlab/services';

import { AppliedSkills } from '../../src/evolution/appliedSkills';

const LEARNED = `---
name: Energies
description: Of a molecule
type: python-wasm
learned: { v: 1, signature: s, date: '2026-11-21T10:00:00.000Z', runs: 5, users: 1, sessions: 5, success: 1 }
learned_members: [{ node: quantum-vqe, skill: quantum-vqe, version: 'sha256:1' }]
learned_replay: { verdict: accepted, reason: 3 of 3 runs agree., agreed: 3, replayed: 3, lower: 0.4 }
learned_draft: true
---
\`\`\`python
def execute(inputs):
    return {}
\`\`\`
`;

describe('skills that were applied automatically', () => {
  it('are found among all by reading only those that have changed', async () => {
    const texts = new Map([
      ['plain.md', '---\nname: Plain\n---\n'],
      ['energies.md', LEARNED]
    ]);
    let time = 0;
    const times = new Map([...texts.keys()].map(name => [name, `${++time}`]));
    const asked: string[] = [];
    const broken = new Set<string>();
    const skills = new AppliedSkills({
      entries: folder => {
        const models = [...texts].map(([name, text]) => ({
          ...{ name, path: `${folder}/${name}`, type: 'file', size: text.length },
          last_modified: times.get(name)
        }));
        return Promise.resolve(models as unknown as readonly Contents.IModel[]);
      },
      text: path => {
        const name = path.replace(/^skills\//, '');
        asked.push(name);
        return broken.has(name)
          ? Promise.reject(new Error('The disk is away.'))
          : Promise.resolve(texts.get(name) ?? null);
      }
    });
    const read = async () => ({
      found: (await skills.read()).map(({ id }) => id),
      asked: asked.splice(0)
    });
    const write = (name: string, text: string): void => {
      texts.set(name, text);
      times.set(name, `${++time}`);
    };
    const all = ['plain.md', 'energies.md'];
    expect(await read()).toEqual({ found: ['energies'], asked: all });
    expect(await read()).toEqual({ found: ['energies'], asked: [] });
    write('plain.md', LEARNED);
    expect(await read()).toEqual({ found: ['plain', 'energies'], asked: ['plain.md'] });
    // What cannot be read is tried again.
    broken.add('plain.md');
    write('plain.md', `${LEARNED}\n`);
    expect(await read()).toEqual({ found: ['energies'], asked: ['plain.md'] });
    broken.clear();
    expect(await read()).toEqual({ found: ['plain', 'energies'], asked: ['plain.md'] });
    texts.delete('energies.md');
    expect(await read()).toEqual({ found: ['plain'], asked: [] });
  });
});
