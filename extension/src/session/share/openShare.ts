import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon, folderIcon } from '@jupyterlab/ui-components';

import { addCommand, textArg } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { eachNotebook } from '../../notebook/eachNotebook';
import { pickFile } from '../../pickFile';
import { STAYS } from '../../stays';
import { SHARED_DRIVE, splitDrive } from '../../volumes/copyToUser';
import { addReadOnlyDrive } from '../../volumes/readOnlyDrive';
import type { ISessionContext } from '../context';
import { keepCopy } from './keepCopy';
import { KeptShares } from './keptShares';
import { fromFragment, unpackShare, type IShare } from './shareBundle';
import { SharedFiles } from './sharedFiles';

/**
 * Opens what others share: a link when the page is opened with it, a zip by command. It
 * is untrusted: read-only, without trust, and nothing of it runs until a person runs it.
 */
export function addSharedSessions(context: ISessionContext): void {
  const { app, trans } = context;
  const shared = new SharedFiles(trans);
  const site = app.serviceManager.serverSettings.baseUrl;
  const kept = new KeptShares(sessionStorage, site, trans);
  const pathOfLink = bringBack(context, shared, kept);
  addReadOnlyDrive(context, SHARED_DRIVE, shared, path =>
    trans.__(
      '"%1" was shared with you and is read-only. Keep a copy to change it.',
      path
    )
  );
  const open = (share: IShare, link: string | null): string => {
    const number = shared.next;
    const path = shared.add(share);
    kept.keep(number, share, link);
    context.marks?.learn(path, share.made);
    show(context, path, share);
    return path;
  };
  addCommand(
    context,
    CommandIDs.openShare,
    {
      label: trans.__('Open shared session…'),
      caption: trans.__('Open a zip that somebody shared, read-only'),
      icon: folderIcon,
      args: { link: { type: 'string', description: 'A link instead of a zip' } }
    },
    async args => {
      const link = textArg(args, 'link') ?? null;
      const share = link === null ? await chooseZip(trans) : ofLink(link, trans);
      return share ? open(share, link) : null;
    }
  );
  addCommand(
    context,
    CommandIDs.keepShare,
    {
      label: trans.__('Keep a copy of a read-only notebook'),
      caption: trans.__('Copy it to your files, where it can be changed and committed'),
      icon: copyIcon,
      args: { path: { type: 'string', description: 'Path of the notebook' } },
      required: ['path']
    },
    ({ path }) => keepCopy(context, typeof path === 'string' ? path : '')
  );
  openAddress(context, pathOfLink);
}

/** Opens the share in the page's address, now and whenever another one stands there. */
function openAddress(
  { app, documents }: ISessionContext,
  pathOfLink: ReadonlyMap<string, string>
): void {
  const open = (): void => {
    const link = window.location.hash;
    if (link.startsWith('#share=')) {
      void app.restored.then(() =>
        app.commands.execute(CommandIDs.openShare, { link })
      );
    }
  };
  const path = pathOfLink.get(window.location.hash);
  if (path === undefined) {
    open();
  } else {
    // The page was reloaded: it is there already, with its tab or without.
    void app.restored.then(() => documents.openOrReveal(path));
  }
  window.addEventListener('hashchange', open);
}

function ofLink(link: string, trans: TranslationBundle): IShare {
  const at = link.indexOf('#');
  const share = fromFragment(at < 0 ? '' : link.slice(at), trans);
  if (!share) {
    throw new Error(trans.__('This link carries no shared session of this version.'));
  }
  return share;
}

/**
 * Shares that were open before a reload: JupyterLab's layout then finds their files. One
 * whose notebook is closed is not wanted any more.
 *
 * @returns paths of the notebooks that links had opened, by link
 */
function bringBack(
  { app, documents, marks, notebooks, trans }: ISessionContext,
  shared: SharedFiles,
  kept: KeptShares
): ReadonlyMap<string, string> {
  const pathOfLink = new Map<string, string>();
  for (const { number, name, link, share } of kept.all()) {
    if (share) {
      const path = shared.add(share, number);
      marks?.learn(path, share.made);
      if (link !== null) {
        pathOfLink.set(link, path);
      }
    } else {
      kept.forget(number);
      const text = trans.__(
        'The browser had no room to keep "%1", which was shared with you, over a reload of the page. Open it again, and keep a copy.',
        name
      );
      void app.restored.then(() =>
        Notification.warning(text, { autoClose: STAYS.warning })
      );
    }
  }
  eachNotebook(notebooks, panel => {
    const { path } = panel.context;
    const { drive, local } = splitDrive(path);
    if (drive === SHARED_DRIVE) {
      panel.disposed.connect(() => {
        if (!documents.findWidget(path, 'Notebook')) {
          kept.forget(Number.parseInt(local, 10));
        }
      });
    }
  });
  return pathOfLink;
}

function show(context: ISessionContext, path: string, share: IShare): void {
  const { documents, trans } = context;
  documents.openOrReveal(path);
  Notification.info(
    trans.__(
      '"%1" was shared with you. It is read-only; look at its cells before you run them.',
      share.name
    ),
    // The line at the top of the notebook stays, and offers to keep a copy.
    { autoClose: STAYS.warning }
  );
}

/** Lets the person choose a zip; null when they cancel. */
async function chooseZip(trans: TranslationBundle): Promise<IShare | null> {
  const file = await pickFile('.zip');
  return file ? unpackShare(new Uint8Array(await file.arrayBuffer()), trans) : null;
}
