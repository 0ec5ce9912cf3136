import type { JupyterFrontEnd } from '@jupyterlab/application';
import { DocumentWidget, type DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { readAtCommit } from './atCommit';
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
  const at = readAtCommit(path);
  return at
    ? trans.__('%1 @ %2', name, at.commit.slice(0, 7))
    : trans.__('%1 (shared)', name);
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
  if (leaveTitle(widget)) {
    widget.title.label = passingTitle(context.path, trans);
  }
  context.rename = () => {
    refuse(passingReason(context.path, trans));
    return Promise.resolve();
  };
}

/**
 * Has a document's title be one that is no file's name; false where it cannot be. In
 * JupyterLab 4.6 (`docregistry/src/default.ts`) `DocumentWidget` renames its file as its title
 * is set, and puts the file's name back where it cannot. It hears so by a private member,
 * and nothing public takes that away alone: `Signal.disconnectBetween` takes along what keeps
 * the titles of widget and content the same. Without that member the title stays as it is.
 */
function leaveTitle(widget: Widget): boolean {
  if (!(widget instanceof DocumentWidget)) {
    return true;
  }
  const rename: unknown = widget['_onTitleChanged'];
  return (
    typeof rename === 'function' &&
    widget.title.changed.disconnect(rename as () => void, widget)
  );
}
