import '../browser';

import { LabShell } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { Widget } from '@lumino/widgets';

import { keepCurrent } from '../../src/opener/current';

/** A document in a page that is told of no focus: it never takes it. */
function document_(id: string): Widget {
  const widget = new Widget();
  widget.id = id;
  return widget;
}

/** A shell in a page without focus. */
function shellOf(): LabShell {
  const shell = new LabShell({ waitForRestore: false });
  keepCurrent(shell);
  Widget.attach(shell, document.body);
  return shell;
}

/** Opens documents, and waits for the layout that has them. */
async function open(
  shell: LabShell,
  ids: readonly string[],
  options?: DocumentRegistry.IOpenOptions
): Promise<void> {
  ids.forEach(id => shell.add(document_(id), 'main', options));
  await new Promise<void>(done => {
    const once = (): void => {
      shell.layoutModified.disconnect(once);
      done();
    };
    shell.layoutModified.connect(once);
  });
}

describe('the current document', () => {
  let shell: LabShell;
  beforeEach(() => {
    shell = shellOf();
  });
  afterEach(() => {
    shell.dispose();
  });

  it('is the one that is seen, where no focus has told', async () => {
    await open(shell, ['a', 'b']);
    expect(shell.currentWidget?.id).toBe('b');
  });

  it('is so for trackers of documents too, and takes the focus from nobody', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    const tracker = new WidgetTracker({ namespace: 'documents' });
    const seen = document_('seen');
    await tracker.add(seen);
    await tracker.add(document_('elsewhere'));
    expect(tracker.currentWidget).not.toBe(seen);
    shell.add(seen, 'main');
    await open(shell, []);
    expect(tracker.currentWidget).toBe(seen);
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it('stays the one that was current, beside another', async () => {
    await open(shell, ['a']);
    await open(shell, ['b'], { mode: 'split-right' });
    expect(shell.currentWidget?.id).toBe('a');
  });

  it('is the one that was opened over the one before, also beside others', async () => {
    await open(shell, ['a']);
    await open(shell, ['b'], { mode: 'split-right' });
    await open(shell, ['c'], { mode: 'tab-after', ref: 'a' });
    expect(shell.currentWidget?.id).toBe('c');
  });

  it('is another one that is seen, once it was closed', async () => {
    await open(shell, ['a']);
    await open(shell, ['b'], { mode: 'split-right' });
    shell.currentWidget?.dispose();
    await open(shell, []);
    expect(shell.currentWidget?.id).toBe('b');
  });
});
