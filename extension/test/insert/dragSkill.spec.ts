import '../browser';

import type { NotebookPanel } from '@jupyterlab/notebook';
import { MimeData } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import { SKILL_MIME, skillMimeData } from '../../src/insert/dragSkill';
import { followSkillDrops } from '../../src/insert/dropSkill';
import { HAMILTONIAN } from '../skills/fixtures';

describe('skillMimeData', () => {
  it('carries the id, and a cell for notebooks that know no skills', () => {
    const data = skillMimeData(HAMILTONIAN);
    expect(data.getData(SKILL_MIME)).toBe('quantum-hamiltonian');
    expect(data.getData('application/vnd.jupyter.cells')).toEqual([
      {
        cell_type: 'code',
        source: 'hamiltonian = await skill("quantum-hamiltonian")()',
        metadata: {
          llmos: {
            v: 1,
            skill: 'quantum-hamiltonian',
            version: 'sha256:quantum-hamiltonian'
          }
        }
      }
    ]);
  });
});

describe('followSkillDrops', () => {
  const node = document.createElement('div');
  const cells = ['a', 'b'].map(() => {
    const cell = document.createElement('div');
    cell.append(document.createElement('p'));
    node.append(cell);
    return { node: cell };
  });
  let dropped: [string, number][];
  let native: number;

  beforeAll(() => {
    const outer = document.createElement('div');
    outer.append(node);
    // The notebook listens in the capture phase, and was there first.
    node.addEventListener('lm-drop', () => native++, true);
    const content = { node, widgets: cells };
    const panel = { content, node: outer, disposed: new Signal<object, void>({}) };
    followSkillDrops(panel as unknown as NotebookPanel, (id, index) =>
      dropped.push([id, index])
    );
  });
  beforeEach(() => {
    dropped = [];
    native = 0;
  });

  const drop = (target: Element | null | undefined, mimeData: MimeData): void => {
    const event = new Event('lm-drop', { bubbles: true, cancelable: true });
    target?.dispatchEvent(Object.assign(event, { mimeData }));
  };

  it('puts the skill above the cell under the pointer, else at the end', () => {
    const second = cells[1]?.node;
    second?.classList.add('jp-mod-dropTarget');
    drop(second?.querySelector('p'), skillMimeData(HAMILTONIAN));
    drop(node, skillMimeData(HAMILTONIAN));
    expect(dropped).toEqual([
      ['quantum-hamiltonian', 1],
      ['quantum-hamiltonian', 2]
    ]);
    expect(native).toBe(0);
    expect(second?.className).toBe('');
  });

  it('leaves other drops to the notebook', () => {
    drop(cells[0]?.node, new MimeData());
    expect(dropped).toEqual([]);
    expect(native).toBe(1);
  });
});
