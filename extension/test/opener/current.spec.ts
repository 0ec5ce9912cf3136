import '../browser';

import { LabShell } from '@jupyterlab/application';
import { Widget } from '@lumino/widgets';

import { keepCurrent } from '../../src/opener/current';

/** A document in a page that is told of no focus: it never takes it. */
function document_(id: string): Widget {
  const widget = new Widget();
  widget.id = id;
  return widget;
}

/** Opens documents in a page without focus. */
async function open(...ids: readonly string[]): Promise<LabShell> {
  const shell = new LabShell({ waitForRestore: false });
  keepCurrent(shell);
  Widget.attach(shell, document.body);
  ids.forEach(id => shell.add(document_(id), 'main'));
  await new Promise<void>(done => {
    shell.layoutModified.connect(() => done());
  });
  return shell;
}

describe('the current document', () => {
  it('is the one that is seen, where no focus has told', async () => {
    const shell = await open('a', 'b');
    expect(shell.currentWidget?.id).toBe('b');
    shell.dispose();
  });

  it('stays the one that had the focus', async () => {
    const shell = await open('a');
    const other = document_('b');
    shell.add(other, 'main', { mode: 'split-right' });
    await new Promise<void>(done => {
      shell.layoutModified.connect(() => done());
    });
    expect(shell.currentWidget?.id).toBe('a');
    shell.dispose();
  });
});
