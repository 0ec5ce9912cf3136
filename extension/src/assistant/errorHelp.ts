import { RenderedError } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { PanelLayout, Widget } from '@lumino/widgets';

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

/** An error as it always looks, and below it what the assistant can do about it. */
export class ErrorHelp extends Widget implements IRenderMime.IRenderer {
  constructor(options: IRenderMime.IRendererOptions, actions: readonly IErrorAction[]) {
    super();
    this.addClass('llmos-ErrorHelp');
    this._error = new RenderedError({ ...options, mimeType: TEXT_MIME });
    const layout = new PanelLayout();
    layout.addWidget(this._error);
    this.layout = layout;
    this.node.append(buttonRow(actions));
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    return this._error.renderModel(model);
  }

  private readonly _error: RenderedError;
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
