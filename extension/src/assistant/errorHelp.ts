import { RenderedError } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { isRecord } from '@llmos-lab/skills';
import { PanelLayout, Widget } from '@lumino/widgets';

import { errorName, isStop } from '../graph/errorName';

/** The type under which a notebook's output area offers a whole error. */
export const ERROR_MIME = 'application/vnd.jupyter.error';

/** The same error as coloured text. */
const TEXT_MIME = 'application/vnd.jupyter.stderr';

/** A button below an error: its label, what hovering tells, and what it does. */
export interface IErrorAction {
  readonly label: string;
  readonly caption: string;
  /** Given the button, by which the cell is found. */
  readonly click: (button: HTMLElement) => void;
}

/**
 * An error as it always looks, and below it what the assistant can do about it. Where
 * somebody has stopped the cell there is no fault: it says so, and unfolds where that was.
 */
export class ErrorHelp extends Widget implements IRenderMime.IRenderer {
  constructor(
    options: IRenderMime.IRendererOptions,
    private readonly _actions: readonly IErrorAction[],
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-ErrorHelp');
    this._error = new RenderedError({ ...options, mimeType: TEXT_MIME });
    const layout = new PanelLayout();
    layout.addWidget(this._error);
    this.layout = layout;
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const error = model.data[ERROR_MIME];
    const name = isRecord(error) && typeof error.ename === 'string' ? error.ename : '';
    const isStopped = isStop(errorName(name));
    this._beside?.remove();
    this._beside = isStopped ? this._stopped() : buttonRow(this._actions);
    this.toggleClass('llmos-mod-stopped', isStopped);
    this.node.append(this._beside);
    return this._error.renderModel(model);
  }

  private _stopped(): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'llmos-ErrorHelp-stopped';
    button.textContent = this._trans.__('Stopped');
    button.title = this._trans.__('Show where it was stopped');
    const show = (isOpen: boolean): void => {
      this.toggleClass('llmos-mod-open', isOpen);
      button.setAttribute('aria-expanded', String(isOpen));
    };
    show(false);
    button.addEventListener('click', () => show(!this.hasClass('llmos-mod-open')));
    return button;
  }

  private readonly _error: RenderedError;
  /** What stands with the error: what the assistant can do, or that it was stopped. */
  private _beside: HTMLElement | null = null;
}

function buttonRow(actions: readonly IErrorAction[]): HTMLElement {
  const row = document.createElement('div');
  row.className = 'llmos-ErrorHelp-buttons';
  for (const { label, caption, click } of actions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-mod-styled';
    button.textContent = label;
    button.title = caption;
    button.addEventListener('click', () => click(button));
    row.append(button);
  }
  return row;
}
