/** The schematic of a circuit in an output: drawn once, lit under the pointer, kept. */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ELK } from 'elkjs/lib/elk-api';

import { reasonOf } from '../../reasonOf';
import { element } from '../dom';
import { svgPicture, svgText } from '../svgFile';
import { schematicSvg } from './drawing';
import { layOut, type IRest } from './layout';
import type { INetlist } from './parts';

/** More parts than these nobody could read, and their layout would hold up the page. */
export const MAX_PARTS = 120;
/** Smaller than this part of its size the text can no longer be read; it scrolls then. */
const SMALLEST = 0.8;

let loading: Promise<ELK> | null = null;

/** The layout engine, 1.6 MB, loaded when the first schematic is drawn. */
function loadElk(): Promise<ELK> {
  loading ??= import('elkjs/lib/elk.bundled.js').then(
    module => new module.default(),
    (error: unknown) => {
      loading = null;
      throw error;
    }
  );
  return loading;
}

/** The drawing of a netlist; its layout engine loads with the first one. */
export class SchematicView {
  readonly node = element('div', { className: 'llmos-Schematic' });
  /** Resolves when it is drawn, or says in its place why it is not. */
  readonly ready: Promise<void>;
  private _svg: SVGSVGElement | null = null;

  constructor(
    private readonly _netlist: INetlist,
    private readonly _rest: IRest,
    private readonly _trans: TranslationBundle
  ) {
    this.ready = this._draw();
  }

  /** As a file of its own, colours and all; null when there is no drawing. */
  text(): string | null {
    return this._svg && svgText(this._svg);
  }

  /** As a picture in the page's resolution; null when there is no drawing. */
  async picture(): Promise<HTMLCanvasElement | null> {
    await this.ready;
    return this._svg && svgPicture(this._svg);
  }

  private async _draw(): Promise<void> {
    const { parts, unread } = this._netlist;
    const trans = this._trans;
    if (parts.length > MAX_PARTS) {
      const text = 'This circuit has %1 parts; schematics are drawn up to %2.';
      this._say(trans.__(text, parts.length, MAX_PARTS));
      return;
    }
    try {
      const laid = await layOut(await loadElk(), this._netlist, this._rest);
      const names = parts.map(part => `${part.name} ${part.value}`.trim()).join(', ');
      this._show(schematicSvg(laid, trans.__('Schematic: %1', names)), laid.width);
    } catch (error) {
      const reason = reasonOf(error);
      this._say(trans.__('The schematic could not be drawn: %1', reason));
      return;
    }
    if (unread.length > 0) {
      this._say(
        trans.__('Not drawn, since these parts have no symbol: %1', unread.join('; '))
      );
    }
  }

  private _show(drawing: SVGSVGElement, width: number): void {
    drawing.style.width = `min(100%, ${Math.ceil(width)}px)`;
    drawing.style.minWidth = `${Math.ceil(width * SMALLEST)}px`;
    this._svg = drawing;
    const label = this._trans.__('Schematic');
    const frame = element(
      'div',
      {
        className: 'llmos-Schematic-scroll',
        attributes: { tabindex: '0', role: 'group', 'aria-label': label }
      },
      drawing
    );
    drawing.addEventListener('pointerover', event => this._light(event.target));
    drawing.addEventListener('pointerleave', () => this._light(null));
    this.node.append(frame);
  }

  /** All of the node under the pointer, wherever it runs. */
  private _light(target: EventTarget | null): void {
    const group = target instanceof Element ? target.closest('[data-node]') : null;
    const node = group?.getAttribute('data-node') ?? null;
    for (const one of this._svg?.querySelectorAll('[data-node]') ?? []) {
      const isLit = node !== null && one.getAttribute('data-node') === node;
      one.classList.toggle('llmos-mod-lit', isLit);
    }
  }

  private _say(text: string): void {
    this.node.append(element('p', { className: 'llmos-Mime-problem', text }));
  }
}
