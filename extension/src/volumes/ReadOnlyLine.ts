import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';

import { CommandIDs } from '../commands';

const REFUSED = 'llmos-mod-refused';

/** The line at the top of a file that cannot be saved; for a notebook with the way on. */
export class ReadOnlyLine extends Widget {
  /** `path` is the file's Contents path, `text` what the line says. */
  constructor(
    commands: CommandRegistry,
    path: string,
    text: string,
    trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-ReadOnlyLine');
    // In a narrow notebook not all of it may be in sight.
    this._text.textContent = this._text.title = text;
    this._text.className = 'llmos-ReadOnlyText';
    this._reason.setAttribute('role', 'status');
    this.node.append(this._text, this._reason);
    const settle = (): void => this._settle();
    this.node.addEventListener('animationend', settle);
    // Its tab went out of sight in the meantime.
    this.node.addEventListener('animationcancel', settle);
    if (path.endsWith('.ipynb')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'jp-mod-styled';
      button.textContent = trans.__('Keep a copy');
      button.onclick = () => void commands.execute(CommandIDs.keepShare, { path });
      this.node.append(button);
    }
  }

  /**
   * Says why something was refused in place of its own text, and stands out, for a
   * moment: once for a whole word that is typed.
   */
  refuse(reason: string): void {
    if (this.hasClass(REFUSED)) {
      return;
    }
    this.addClass(REFUSED);
    this._reason.textContent = this._reason.title = reason;
  }

  /** Its own text is seen again. */
  private _settle(): void {
    this.removeClass(REFUSED);
    this._reason.textContent = this._reason.title = '';
  }

  private readonly _text = document.createElement('span');
  // Apart, so that the reason alone is read out, and not the text that comes back.
  private readonly _reason = document.createElement('span');
}
