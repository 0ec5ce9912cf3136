import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { diffNotebooks } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { act } from 'react';

import { ComparePanel, type IComparison } from '../../src/history/ComparePanel';

const trans = nullTranslator.load('llmos');

function notebook(...sources: string[]): unknown {
  const cells = sources.map((source, at) => ({
    ...{ id: `c${at}`, cell_type: 'code', source },
    ...{ metadata: {}, outputs: [], execution_count: null }
  }));
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

function comparison(...sources: string[]): IComparison {
  const diff = diffNotebooks(notebook('x = 1'), notebook(...sources));
  if (!diff) {
    throw new Error('These are notebooks.');
  }
  const author = { name: 'Ana', email: 'ana@example.org', time: 0 };
  const commit = { oid: 'a'.repeat(40), tree: '', parents: [], message: '', author };
  return { name: 'Scan', commit, diff };
}

describe('ComparePanel', () => {
  it('follows saves and commits, and says why it cannot', async () => {
    const owner = {};
    const changed = new Signal<unknown, void>(owner);
    const readings: (() => Promise<IComparison>)[] = [
      () => Promise.resolve(comparison('x = 1', 'y = 2')),
      () => Promise.reject(new Error('The notebook is gone.'))
    ];
    const read = (): Promise<IComparison> =>
      readings.shift()?.() ?? Promise.reject(new Error('No more.'));
    const panel = new ComparePanel(comparison('x = 2'), {
      ...{ read, changed, trans, commit: () => undefined }
    });
    await act(async () => {
      Widget.attach(panel, document.body);
      await panel.renderPromise;
    });
    expect(panel.node.textContent).toContain('1 cell changed');
    for (const text of ['1 added', 'The notebook is gone.']) {
      await act(async () => {
        changed.emit();
        await new Promise(resolve => setTimeout(resolve));
      });
      expect(panel.node.textContent).toContain(text);
    }
    panel.dispose();
    changed.emit();
    expect(readings).toHaveLength(0);
  });
});
