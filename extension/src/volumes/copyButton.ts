import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CommandToolbarButton, MainAreaWidget } from '@jupyterlab/apputils';
import type { DocumentRegistry, IDocumentWidget } from '@jupyterlab/docregistry';
import { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { CommandIDs } from '../commands';
import { cannotBeSaved, readOnlyReason } from '../notebook/readOnly';
import type { IVolumes } from '../tokens';
import { isPassing, splitDrive } from './copyToUser';
import { NotebookLock } from './notebookLock';
import { titlePassing } from './passing';
import { ReadOnlyLine } from './ReadOnlyLine';

/** Class of documents that the person may not change. */
export const READ_ONLY = 'llmos-mod-readOnlyDocument';

/** Tells that a file cannot be changed and why; takes its Contents path. */
export type OfferCopy = (path: string, reason: string) => void;

/**
 * Marks documents that the person may not change, each of their views. Those that are
 * shared or of the history, and notebooks, say so in a line at their top; others in
 * volumes get "Copy to my volume" in their toolbar. Notebooks are locked.
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
    const passing = isPassing(context.path);
    const verdict = this._volumes.get(drive)?.can({ verb: 'write', path: local });
    if (!passing && (!verdict || verdict.allowed)) {
      return undefined;
    }
    markReadOnly(widget, context);
    if (passing) {
      titlePassing(widget, context, this._trans, reason =>
        this._offer(context.path, reason)
      );
    }
    if (widget instanceof NotebookPanel) {
      const text = passing
        ? this._trans.__(
            'Read-only: cells run, but what they make is lost with the page. A copy takes it along.'
          )
        : this._trans.__(
            'Read-only: cells run, but can write no files here, and nothing is saved.'
          );
      const line = this._addLine(widget, context, text);
      const lock = this._lockOf(widget.context);
      lock.follow(widget.content);
      const reason = readOnlyReason(this._trans);
      lock.refused.connect(() => line.refuse(reason), line);
      return undefined;
    }
    if (!verdict || verdict.allowed) {
      if (widget instanceof MainAreaWidget) {
        const text = this._trans.__('Read-only: what you change here is not saved.');
        this._addLine(widget, context, text);
      }
      return undefined;
    }
    // Told at the first keystroke: JupyterLab would only tell it at saving.
    const onState = (model: DocumentRegistry.IModel): void => {
      if (model.dirty) {
        model.stateChanged.disconnect(onState, widget);
        if (cannotBeSaved(context)) {
          this._offer(context.path, verdict.reason);
        }
      }
    };
    context.model.stateChanged.connect(onState, widget);
    const button = new CommandToolbarButton({
      commands: this._app.commands,
      id: CommandIDs.copyToVolume,
      args: { path: context.path },
      label: this._trans.__('Copy to my volume')
    });
    widget.toolbar.addItem('llmos-copy-to-volume', button);
    return button;
  }

  /** Says at its top that a document cannot be saved, for as long as that is so. */
  private _addLine(
    widget: MainAreaWidget,
    context: DocumentRegistry.IContext<DocumentRegistry.IModel>,
    text: string
  ): ReadOnlyLine {
    const line = new ReadOnlyLine(this._app.commands, context.path, text, this._trans);
    const show = (): void => line.setHidden(!cannotBeSaved(context));
    context.fileChanged.connect(show, line);
    context.pathChanged.connect(show, line);
    show();
    widget.contentHeader.addWidget(line);
    closeUnasked(context, line);
    return line;
  }

  /** Of all views of a notebook, which have one model. */
  private _lockOf(context: NotebookPanel['context']): NotebookLock {
    const lock = this._locks.get(context) ?? new NotebookLock(context.model);
    this._locks.set(context, lock);
    return lock;
  }

  private readonly _locks = new WeakMap<NotebookPanel['context'], NotebookLock>();
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
    widget.toggleClass(READ_ONLY, cannotBeSaved(context));
    context.model.readOnly = cannotBeSaved(context);
  };
  mark();
  context.fileChanged.connect(mark, widget);
  context.pathChanged.connect(mark, widget);
}

/** Nobody is asked to save what can be saved nowhere; the line at its top says so. */
function closeUnasked(
  context: DocumentRegistry.IContext<DocumentRegistry.IModel>,
  line: ReadOnlyLine
): void {
  const { model } = context;
  const settle = (): void => {
    if (model.dirty && cannotBeSaved(context)) {
      model.dirty = false;
    }
  };
  model.stateChanged.connect(settle, line);
}
