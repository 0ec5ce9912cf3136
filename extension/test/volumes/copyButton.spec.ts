import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { DocumentWidget, type DocumentRegistry } from '@jupyterlab/docregistry';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import type { IVolumes } from '../../src/tokens';
import { CopyButton, READ_ONLY } from '../../src/volumes/copyButton';
import { documentName } from '../../src/volumes/passing';

type Context = DocumentRegistry.IContext<DocumentRegistry.IModel>;

describe('a document that the person may not change', () => {
  /** A session's file in a team's volume, of which the rule alone does not know whose it is. */
  function open(path = 'team-optics:sessions/s-1/notes.md') {
    const offered: string[] = [];
    const verdict = { allowed: false, reason: 'It belongs to another member.' };
    const get = (name: string): object | undefined =>
      name === 'team-optics' ? { can: () => verdict } : undefined;
    const volumes = { get } as unknown as IVolumes;
    const app = { commands: new CommandRegistry() } as JupyterFrontEnd;
    const trans = nullTranslator.load('llmos');
    const button = new CopyButton(
      app,
      volumes,
      trans,
      (path, reason) => void offered.push(`${path}: ${reason}`)
    );
    const model = { dirty: false };
    const rename = jest.fn(() => Promise.reject(new Error('The drive refuses.')));
    const context = {
      // Still to be read, after which JupyterLab adds marks of its own.
      ...{ path, model, rename, ready: new Promise<void>(() => undefined) },
      localPath: path.slice(path.indexOf(':') + 1),
      contentsModel: null as { writable: boolean } | null
    };
    const signals = {
      fileChanged: new Signal<unknown, void>(context),
      pathChanged: new Signal<unknown, void>(context),
      stateChanged: new Signal<unknown, object>(model)
    };
    Object.assign(model, { stateChanged: signals.stateChanged });
    Object.assign(context, signals);
    const widget = new DocumentWidget({
      ...{ content: new Widget(), context: context as unknown as Context }
    });
    jest.spyOn(widget.toolbar, 'addItem').mockReturnValue(true);
    const header = widget.contentHeader;
    button.createNew(widget, context as unknown as Context);
    /** The file as the drive gives it. */
    const read = (writable: boolean): boolean => {
      context.contentsModel = { writable };
      signals.fileChanged.emit();
      return widget.hasClass(READ_ONLY);
    };
    return { read, widget, context, signals, header, offered, rename };
  }

  it('is one that the drive does not write: one’s own in a team is saved as ever', () => {
    const { read, widget } = open();
    expect(widget.hasClass(READ_ONLY)).toBe(false);
    expect(read(true)).toBe(false);
    expect(read(false)).toBe(true);
    expect(read(true)).toBe(false);
  });

  it('is one too where somebody shared it, in each of its views', () => {
    // So that saving by the keyboard offers the copy.
    for (const { read } of [open('shared:1/a.ipynb'), open('shared:1/a.ipynb')]) {
      expect(read(false)).toBe(true);
    }
    expect(open('a.ipynb').read(false)).toBe(false);
  });

  it('says so at its top where it is shared or of the history, and closes without a question', () => {
    for (const path of ['shared:1/a.ipynb', 'history:user/0a1/s-1.ipynb']) {
      const { read, widget, context, signals, header } = open(path);
      read(false);
      expect(header.node.textContent).toContain('Read-only');
      expect(header.node.textContent).toContain('Keep a copy');
      context.model.dirty = true;
      signals.stateChanged.emit({});
      expect(context.model.dirty).toBe(false);
      expect(widget.hasClass(READ_ONLY)).toBe(true);
    }
    expect(open('a.ipynb').header.node.textContent).toBe('');
  });

  it('leaves nothing of a view that is closed with a model that others show', () => {
    const { read, widget, context, signals } = open('shared:1/a.ipynb');
    read(false);
    widget.dispose();
    context.model.dirty = true;
    signals.stateChanged.emit({});
    expect(context.model.dirty).toBe(true);
  });

  it('says in its tab whence it is, since its copy has the same name', () => {
    const title = (path: string): string => open(path).widget.title.label;
    expect(title('shared:1/a.ipynb')).toBe('a.ipynb (shared)');
    expect(title('history:user/0a1b2c3d4e5f/s-1.ipynb')).toBe('s-1.ipynb @ 0a1b2c3');
    expect(title('team-optics:a.ipynb')).toBe('a.ipynb');
    expect(title('a.ipynb')).toBe('a.ipynb');
  });

  it('is renamed by nobody where it is of the history, and says why', async () => {
    const path = 'history:user/0a1/s-1.ipynb';
    const { context, offered, rename, widget } = open(path);
    widget.title.label = 'other.ipynb';
    expect(rename).not.toHaveBeenCalled();
    await (context as unknown as Context).rename('other.ipynb');
    expect(offered).toEqual([`${path}: It is as it was in a commit, and read-only.`]);
    expect(rename).not.toHaveBeenCalled();
  });

  it('is called by its tab in what is said about it, and by its file once that is closed', () => {
    const path = 'history:user/0a1/s-1.ipynb';
    const { widget } = open(path);
    widget.title.label = 'Bell states @ 0a1';
    const shell = (...tabs: readonly Widget[]) => ({ widgets: () => tabs.values() });
    expect(documentName(shell(new Widget(), widget), path)).toBe('Bell states @ 0a1');
    expect(documentName(shell(new Widget()), path)).toBe('s-1.ipynb');
  });

  it('keeps its name where a JupyterLab renames files by another member', async () => {
    const { prototype } = DocumentWidget as unknown as {
      readonly prototype: { _onTitleChanged?: unknown };
    };
    const member = prototype._onTitleChanged;
    try {
      delete prototype._onTitleChanged;
      const { context, offered, widget } = open('history:user/0a1/s-1.ipynb');
      expect(widget.title.label).toBe('s-1.ipynb');
      await (context as unknown as Context).rename('other.ipynb');
      expect(offered).toHaveLength(1);
    } finally {
      prototype._onTitleChanged = member;
    }
  });

  it('is no longer one where it was moved to', () => {
    const { read, widget, context, signals } = open();
    expect(read(false)).toBe(true);
    context.contentsModel = { writable: true };
    signals.pathChanged.emit();
    expect(widget.hasClass(READ_ONLY)).toBe(false);
  });
});
