import '../page';

import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import type { IDocumentManager, PathStatus } from '@jupyterlab/docmanager';
import type { IStatusBar } from '@jupyterlab/statusbar';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { pathStatusPlugin } from '../../src/volumes/pathStatus';

describe('the name in the status bar', () => {
  /** A tab with a document; its path is in the widget's id. */
  function tab(path: string, label: string): Widget {
    const widget = new Widget();
    Object.assign(widget, { id: path });
    widget.title.label = label;
    return widget;
  }
  /** Starts the plugin where JupyterLab's own is off, or on. */
  async function start(isOn = false) {
    jest
      .spyOn(PageConfig.Extension, 'isDisabled')
      .mockImplementation(
        id => !isOn && id === '@jupyterlab/docmanager-extension:path-status'
      );
    const contexts = new Map<Widget, object>();
    const documents = {
      contextForWidget: (widget: Widget) => {
        const pathChanged = new Signal<object, string>({});
        const known = contexts.get(widget) ?? { path: widget.id, pathChanged };
        contexts.set(widget, known);
        return known;
      }
    } as unknown as IDocumentManager;
    const shell = { currentWidget: null as Widget | null };
    const currentChanged = new Signal<object, void>(shell);
    Object.assign(shell, { currentChanged });
    const items: PathStatus[] = [];
    const statusBar = {
      registerStatusItem: (_: string, { item }: IStatusBar.IItem) =>
        void items.push(item as PathStatus)
    } as unknown as IStatusBar;
    const app = {} as JupyterFrontEnd;
    const given = [documents, shell as unknown as ILabShell, statusBar] as const;
    await pathStatusPlugin.activate(app, ...given);
    const show = (widget: Widget): string | undefined => {
      shell.currentWidget = widget;
      currentChanged.emit();
      return items[0]?.model.name;
    };
    return { items, show };
  }
  afterEach(() => jest.restoreAllMocks());

  it('is that of the tab, and changes with it, for what is as it was in a commit', async () => {
    const { items, show } = await start();
    const then = tab('history:user/0a1/sessions/s-1/s-1.ipynb', 's-1.ipynb @ 0a1');
    expect(show(then)).toBe('s-1.ipynb @ 0a1');
    // Its session's name is read a little later.
    then.title.label = 'Bell states @ 0a1';
    expect(items[0]?.model.name).toBe('Bell states @ 0a1');
  });

  it("is that of the file for the person's own, with its path", async () => {
    const { items, show } = await start();
    expect(show(tab('work/bell.ipynb', 'bell'))).toBe('bell.ipynb');
    expect(items[0]?.model.path).toBe('work/bell.ipynb');
    expect(show(tab('shared:a/b.ipynb', 'b.ipynb (shared)'))).toBe('b.ipynb (shared)');
  });

  it('is left to JupyterLab where its own is on: there is none a second time', async () => {
    expect((await start(true)).items).toEqual([]);
  });
});
