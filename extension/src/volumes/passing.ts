import type { JupyterFrontEnd } from '@jupyterlab/application';
import { DocumentWidget, type DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { isPassing, SHARED_DRIVE, splitDrive } from './copyToUser';
import { nameOf } from './fileStore';

/** Why a document of the history or of a share cannot be changed. */
export function passingReason(path: string, trans: TranslationBundle): string {
  return splitDrive(path).drive === SHARED_DRIVE
    ? trans.__('It was shared with you and is read-only.')
    : trans.__('It is as it was in a commit, and read-only.');
}

/** What such a document is called beside the person's own, which has the same name. */
export function passingTitle(
  path: string,
  trans: TranslationBundle,
  name = nameOf(splitDrive(path).local)
): string {
  const { drive, local } = splitDrive(path);
  const [, commit = ''] = local.split('/');
  return drive === SHARED_DRIVE
    ? trans.__('%1 (shared)', name)
    : trans.__('%1 @ %2', name, commit.slice(0, 7));
}

/** What a document is called: by its tab where that may say more than its file's name. */
export function documentName(
  shell: Pick<JupyterFrontEnd.IShell, 'widgets'>,
  path: string
): string {
  const tabs = isPassing(path) ? [...shell.widgets('main')] : [];
  const tab = tabs.find(
    each => each instanceof DocumentWidget && each.context.path === path
  );
  return tab?.title.label ?? nameOf(splitDrive(path).local);
}

/** Says in the tab of such a document whence it is, and refuses to rename its file. */
export function titlePassing(
  widget: Widget,
  context: Pick<DocumentRegistry.Context, 'path' | 'rename'>,
  trans: TranslationBundle,
  refuse: (reason: string) => void
): void {
  if (widget instanceof DocumentWidget) {
    // It renames the file when a title is set.
    const rename = widget['_onTitleChanged'] as () => void;
    widget.title.changed.disconnect(rename, widget);
  }
  widget.title.label = passingTitle(context.path, trans);
  context.rename = () => {
    refuse(passingReason(context.path, trans));
    return Promise.resolve();
  };
}
