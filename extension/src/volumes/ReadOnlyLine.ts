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
    this._say(text);
    this._text.setAttribute('role', 'status');
    this.node.append(this._text);
    this.node.addEventListener('animationend', () => this.removeClass(REFUSED));
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
   * Says why something was refused, and stands out for a moment: once for a whole word
   * that is typed.
   */
  refuse(reason: string): void {
    if (this.hasClass(REFUSED)) {
      return;
    }
    this.addClass(REFUSED);
    // Written anew, so that it is read out again.
    this._say('');
    this._say(reason);
  }

  /** In a narrow notebook not all of it may be in sight. */
  private _say(text: string): void {
    this._text.textContent = text;
    this._text.title = text;
  }

  private readonly _text = document.createElement('span');
}
