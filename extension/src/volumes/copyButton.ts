import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CommandToolbarButton } from '@jupyterlab/apputils';
import type { DocumentRegistry, IDocumentWidget } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { CommandIDs } from '../commands';
import type { IVolumes } from '../tokens';
import { SHARED_DRIVE, splitDrive } from './copyToUser';

/** Class of documents that the person may not change. */
export const READ_ONLY = 'llmos-mod-readOnlyDocument';

/** Tells that a file cannot be changed and why; takes its Contents path. */
export type OfferCopy = (path: string, reason: string) => void;

/**
 * Marks documents that the person may not change, each of their views, and puts "Copy to
 * my volume" in the toolbar of those in volumes.
 */
export class CopyButton implements DocumentRegistry.IWidgetExtension<
  IDocumentWidget,
  DocumentRegistry.IModel
> {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _volumes: IVolumes,
    private readonly _trans: TranslationBundle,
    private readonly _offer: OfferCopy
  ) {}

  createNew(
    widget: IDocumentWidget,
    context: DocumentRegistry.IContext<DocumentRegistry.IModel>
  ): CommandToolbarButton | undefined {
    const { drive, local } = splitDrive(context.path);
    if (drive === SHARED_DRIVE) {
      markReadOnly(widget, context);
      return undefined;
    }
    const volume = this._volumes.get(drive);
    const verdict = volume?.can({ verb: 'write', path: local });
    if (!verdict || verdict.allowed) {
      return undefined;
    }
    markReadOnly(widget, context);
    // Told at the first keystroke: JupyterLab would only tell it at saving.
    const onState = (model: DocumentRegistry.IModel): void => {
      if (model.dirty) {
        model.stateChanged.disconnect(onState);
        if (context.contentsModel?.writable === false) {
          this._offer(context.path, verdict.reason);
        }
      }
    };
    context.model.stateChanged.connect(onState);
    const button = new CommandToolbarButton({
      commands: this._app.commands,
      id: CommandIDs.copyToVolume,
      args: { path: context.path },
      label: this._trans.__('Copy to my volume')
    });
    widget.toolbar.addItem('llmos-copy-to-volume', button);
    return button;
  }
}

/**
 * Says of a document that it cannot be saved, for as long as that is so. Only the drive
 * knows: a member's own session in a team's volume is theirs to write.
 */
function markReadOnly(
  widget: IDocumentWidget,
  context: DocumentRegistry.IContext<DocumentRegistry.IModel>
): void {
  const mark = (): void => {
    const isReadOnly = context.contentsModel?.writable === false;
    widget.toggleClass(READ_ONLY, isReadOnly);
  };
  mark();
  context.fileChanged.connect(mark, widget);
  context.pathChanged.connect(mark, widget);
}
