import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon, folderIcon } from '@jupyterlab/ui-components';

import { addCommand, textArg } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { pickFile } from '../../pickFile';
import { SHARED_DRIVE } from '../../volumes/copyToUser';
import { addReadOnlyDrive } from '../../volumes/readOnlyDrive';
import type { ISessionContext } from '../context';
import { keepCopy } from './keepCopy';
import { fromFragment, unpackShare, type IShare } from './shareBundle';
import { SharedFiles } from './sharedFiles';

/**
 * Opens what others share: a link when the page is opened with it, a zip by command. It
 * is untrusted: read-only, without trust, and nothing of it runs until a person runs it.
 */
export function addSharedSessions(context: ISessionContext): void {
  const { app, trans } = context;
  const shared = new SharedFiles(trans);
  addReadOnlyDrive(context, SHARED_DRIVE, shared, path =>
    trans.__(
      '"%1" was shared with you and is read-only. Keep a copy to change it.',
      path
    )
  );
  const open = (share: IShare): string => show(context, shared, share);
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
      const link = textArg(args, 'link');
      const share = link === undefined ? await chooseZip(trans) : ofLink(link, trans);
      return share ? open(share) : null;
    }
  );
  addCommand(
    context,
    CommandIDs.keepShare,
    {
      label: trans.__('Keep a copy of the shared notebook'),
      caption: trans.__('Copy it to your files, where it can be changed and run'),
      icon: copyIcon,
      args: { path: { type: 'string', description: 'Path of the shared notebook' } },
      required: ['path']
    },
    ({ path }) => keepCopy(context, typeof path === 'string' ? path : '')
  );
  const openHash = (): void => {
    if (window.location.hash.startsWith('#share=')) {
      const link = window.location.href;
      void app.restored.then(() =>
        app.commands.execute(CommandIDs.openShare, { link })
      );
    }
  };
  openHash();
  window.addEventListener('hashchange', openHash);
}

function ofLink(link: string, trans: TranslationBundle): IShare {
  const at = link.indexOf('#');
  const share = fromFragment(at < 0 ? '' : link.slice(at), trans);
  if (!share) {
    throw new Error(trans.__('This link carries no shared session of this version.'));
  }
  return share;
}

function show(context: ISessionContext, shared: SharedFiles, share: IShare): string {
  const { app, documents, trans } = context;
  const path = shared.add(share);
  documents.openOrReveal(path);
  const keepIt = (): void => {
    void app.commands.execute(CommandIDs.keepShare, { path });
  };
  Notification.info(
    trans.__(
      '"%1" was shared with you. It is read-only; look at its cells before you run them.',
      share.name
    ),
    {
      autoClose: false,
      actions: [{ label: trans.__('Keep a copy'), callback: keepIt }]
    }
  );
  return path;
}

/** Lets the person choose a zip; null when they cancel. */
async function chooseZip(trans: TranslationBundle): Promise<IShare | null> {
  const file = await pickFile('.zip');
  return file ? unpackShare(new Uint8Array(await file.arrayBuffer()), trans) : null;
}
