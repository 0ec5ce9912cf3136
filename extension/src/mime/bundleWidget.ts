/** The widget of every output of ours: checks, draws, follows the theme, adds the PNG. */

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { reasonOf } from '../reasonOf';
import { element } from './dom';
import { keepPng } from './poster';

/** Something drawn from one payload. */
export interface IDrawing {
  readonly node: HTMLElement;
  /** Colours of the theme have changed. */
  retheme(): void;
  /** What it shows as PNG in base64, null when there is nothing to keep. */
  png(): Promise<string | null>;
  /** Frees everything; safe twice. */
  dispose(): void;
}

/** A payload that cannot be drawn: what is wrong, and what to do. */
export interface IRefusal {
  readonly problem: string;
}

/** What a renderer gets besides the payload. */
export interface IDrawContext {
  readonly trans: TranslationBundle;
  /** PNG in base64 that stands in the same output, if any. */
  readonly poster: string | null;
  /** Where it will be put; in the page, so that styles and sizes can be read. */
  readonly host: HTMLElement;
}

/** Draws `payload`, which came from a file or a kernel and is checked first. */
export type Draw = (
  payload: unknown,
  context: IDrawContext
) => Promise<IDrawing | IRefusal>;

/** What makes one of our MIME types a widget. */
export interface IBundleWidgetOptions {
  readonly mimeType: string;
  readonly draw: Draw;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
}

/** Draws a bundle of data; what cannot be drawn says why, in the output itself. */
export class BundleWidget extends Widget implements IRenderMime.IRenderer {
  private readonly _options: IBundleWidgetOptions;
  private _drawing: IDrawing | null = null;
  private _version = 0;
  private _keeping = false;

  constructor(options: IBundleWidgetOptions) {
    super();
    this._options = options;
    this.addClass('llmos-Mime');
    // Keys inside belong to the drawing, not to the notebook.
    this.node.dataset['lmSuppressShortcuts'] = 'true';
    options.themeChanged?.connect(this._onTheme, this);
  }

  /** Draws the bundle; a later call wins over one still under way. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    if (this._keeping) {
      return; // Our own PNG came in; the payload is the same.
    }
    const version = ++this._version;
    const { trans, mimeType, draw } = this._options;
    const png = model.data['image/png'];
    const poster = typeof png === 'string' ? png : null;
    try {
      const context = { trans, poster, host: this.node };
      const made = await draw(model.data[mimeType], context);
      if (version !== this._version || this.isDisposed) {
        if (!('problem' in made)) {
          made.dispose();
        }
        return;
      }
      if ('problem' in made) {
        this._say(made.problem, model);
        return;
      }
      this._clear();
      this._drawing = made;
      this.node.append(made.node);
      // Not awaited: what is off screen is drawn, and kept, when it comes in sight.
      // Without it the output has its text for plain viewers.
      this._keepPng(model, made).catch((reason: unknown) => {
        const said = reasonOf(reason);
        made.node.title = trans.__('No picture could be kept: %1', said);
      });
    } catch (error) {
      if (version === this._version && !this.isDisposed) {
        const reason = reasonOf(error);
        this._say(trans.__('This output could not be drawn: %1', reason), model);
      }
    }
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._version += 1;
    this._clear();
    Signal.clearData(this);
    super.dispose();
  }

  private async _keepPng(model: IRenderMime.IMimeModel, made: IDrawing): Promise<void> {
    if (model.data['image/png'] !== undefined) {
      return;
    }
    const png = await made.png();
    if (png === null || made !== this._drawing || this.isDisposed) {
      return;
    }
    this._keeping = true;
    try {
      keepPng(this, model, png);
    } finally {
      this._keeping = false;
    }
  }

  /** The message, with the picture or text that the output carries. */
  private _say(problem: string, model: IRenderMime.IMimeModel): void {
    this._clear();
    this.node.append(
      element('p', {
        className: 'llmos-Mime-problem',
        text: problem,
        attributes: { role: 'alert' }
      })
    );
    const { 'image/png': png, 'text/plain': text } = model.data;
    if (typeof png === 'string' && /^[A-Za-z0-9+/=\s]+$/.test(png)) {
      const alt = typeof text === 'string' ? text : '';
      const src = `data:image/png;base64,${png}`;
      this.node.append(element('img', { attributes: { src, alt } }));
    } else if (typeof text === 'string') {
      this.node.append(element('pre', { text }));
    }
  }

  private _clear(): void {
    this._drawing?.dispose();
    this._drawing = null;
    this.node.replaceChildren();
  }

  private _onTheme(): void {
    this._drawing?.retheme();
  }
}
