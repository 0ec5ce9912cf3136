import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { addCommand } from '../addCommand';
import { showProgress } from '../archive/longWork';
import { CommandIDs } from '../commands';
import { sizeText } from '../size';
import type { InstallPrompt } from './installPrompt';
import type { OfflineSite } from './offlineSite';

/** What the commands work with. */
export interface IOfflineContext {
  readonly app: JupyterFrontEnd;
  readonly documents: Pick<IDocumentManager, 'contextForWidget'>;
  readonly site: OfflineSite;
  readonly install: InstallPrompt;
  readonly trans: TranslationBundle;
  /** Loads the page anew. */
  readonly reload: () => void;
}

/** Without a time of its own JupyterLab puts a notification into its list, unseen. */
export const TOLD_MS = 8_000;

/** Adds the commands that keep the site, bring it up to date and install it. */
export function addOfflineCommands(context: IOfflineContext): void {
  const { site, install, trans } = context;
  addCommand(
    context,
    CommandIDs.keepOffline,
    {
      label: trans.__('Keep for use without a network'),
      caption: trans.__(
        'Keep the whole site in this browser, so that it opens offline'
      ),
      isEnabled: () => site.kept !== null
    },
    () => keepOffline(context)
  );
  addCommand(
    context,
    CommandIDs.updateSite,
    {
      label: trans.__('Update LLMos Lab…'),
      caption: trans.__('Save open files and load the new version'),
      isEnabled: () => site.isUpdateReady,
      isVisible: () => site.isUpdateReady
    },
    () => updateSite(context)
  );
  addCommand(
    context,
    CommandIDs.installApp,
    {
      label: trans.__('Install LLMos Lab as an app…'),
      caption: trans.__('Give it a window and an icon of its own'),
      isEnabled: () => install.isReady,
      isVisible: () => install.isReady
    },
    () => install.ask()
  );
  const changed = (): void => {
    [CommandIDs.keepOffline, CommandIDs.updateSite, CommandIDs.installApp].forEach(id =>
      context.app.commands.notifyCommandChanged(id)
    );
  };
  site.stateChanged.connect(changed);
  install.changed.connect(changed);
}

/** Keeps what is missing, with its progress; says how it ended. */
async function keepOffline({ site, trans }: IOfflineContext): Promise<void> {
  const text = trans.__('Keeping the site in this browser…');
  await showProgress(text, trans, async ({ signal, progress }) => {
    const show = (): void => {
      const { bytes = 0, allBytes = 1 } = site.kept ?? {};
      progress(bytes / allBytes);
    };
    signal.addEventListener('abort', () => site.stop());
    site.stateChanged.connect(show);
    try {
      await site.fill();
      signal.throwIfAborted();
    } finally {
      site.stateChanged.disconnect(show);
    }
  });
  if (site.isWhole) {
    tellKept(site, trans);
  }
}

/** Says that the site opens without a network from now on. */
export function tellKept({ kept }: OfflineSite, trans: TranslationBundle): void {
  const size = sizeText(kept?.allBytes ?? 0);
  Notification.success(
    trans.__(
      'LLMos Lab is kept in this browser (%1): it opens without a network.',
      size
    ),
    { autoClose: TOLD_MS }
  );
}

/** Saves what is open, then lets the new build take the page over. */
async function updateSite(context: IOfflineContext): Promise<void> {
  const { site, reload, trans } = context;
  const unsaved = openContexts(context).filter(({ model }) => model.dirty);
  const names = unsaved.map(({ path }) => path).join(', ');
  const { button } = await showDialog({
    title: trans.__('Update LLMos Lab'),
    body: unsaved.length
      ? trans.__('The page loads anew and Python starts again. Saved first: %1', names)
      : trans.__('The page loads anew and Python starts again.'),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Update') })]
  });
  if (!button.accept) {
    return;
  }
  for (const each of unsaved) {
    await each.save();
  }
  site.replaced.connect(reload);
  site.takeOver();
}

/** The documents that are open, each once. */
function openContexts({ app, documents }: IOfflineContext): DocumentRegistry.Context[] {
  const contexts = [...app.shell.widgets('main')].map(widget =>
    documents.contextForWidget(widget)
  );
  return [...new Set(contexts)].filter(context => context !== undefined);
}
