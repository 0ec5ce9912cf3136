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
    this._text.textContent = text;
    this._text.setAttribute('role', 'status');
    this.node.append(this._text);
    if (path.endsWith('.ipynb')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'jp-mod-styled';
      button.textContent = trans.__('Keep a copy');
      button.onclick = () => void commands.execute(CommandIDs.keepShare, { path });
      this.node.append(button);
    }
  }

  /** Points at the line, as the reason why something was refused. */
  point(): void {
    this.removeClass(REFUSED);
    // Measured in between, so that it begins anew.
    void this.node.offsetWidth;
    this.addClass(REFUSED);
    // Written anew, so that it is read out.
    const text = this._text.textContent;
    this._text.textContent = '';
    this._text.textContent = text;
  }

  private readonly _text = document.createElement('span');
}
