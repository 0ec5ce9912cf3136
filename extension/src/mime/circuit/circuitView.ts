/** A circuit result: schematic, waveforms or operating point, netlist and log. */

import type { TranslationBundle } from '@jupyterlab/translation';

import { download } from '../../download';
import type { IDrawContext, IDrawing, IRefusal } from '../bundleWidget';
import { button, downloadPng, element, fileName, fold, pngOf, toggle } from '../dom';
import { formatQuantity } from '../format';
import { tellFailure } from '../report';
import { readNetlist } from '../schematic/netlist';
import { SchematicView } from '../schematic/schematicView';
import { toCsv } from './csv';
import { readCircuit, restOf, type ICircuitModel } from './model';
import { composePng } from './picture';
import { Waveforms } from './waveforms';

/** Draws a circuit bundle. */
export function drawCircuit(
  payload: unknown,
  { trans, host }: IDrawContext
): IDrawing | IRefusal {
  const reading = readCircuit(payload);
  return 'problem' in reading ? reading : new CircuitView(reading.model, trans, host);
}

class CircuitView implements IDrawing {
  readonly node = element('section', { className: 'llmos-Circuit' });
  private readonly _schematic: SchematicView | null;
  private readonly _waveforms: Waveforms | null;

  constructor(
    private readonly _model: ICircuitModel,
    private readonly _trans: TranslationBundle,
    host: HTMLElement
  ) {
    const title = _model.title || _trans.__('Circuit');
    this.node.setAttribute('aria-label', title);
    const netlist = readNetlist(_model.netlist);
    this._schematic =
      netlist.parts.length > 0
        ? new SchematicView(netlist, restOf(_model.op), _trans)
        : null;
    this._waveforms = _model.axis ? new Waveforms(_model, _trans) : null;
    const body = this._waveforms?.node ?? this._point();
    const drawing = this._schematic ? [this._schematic.node] : [];
    this.node.append(this._bar(title, body), ...drawing, body, ...this._folds());
    // Charts read styles and widths, so they are built in the page.
    host.append(this.node);
    this._waveforms?.build();
  }

  retheme(): void {
    this._waveforms?.build();
  }

  async png(): Promise<string | null> {
    const picture = await this._picture();
    return picture && pngOf(picture);
  }

  dispose(): void {
    this._waveforms?.dispose();
    this.node.remove();
  }

  private _bar(title: string, body: HTMLElement): HTMLElement {
    const { _trans: trans, _model: model } = this;
    const bar = element('div', {
      className: 'llmos-Mime-bar',
      attributes: { role: 'toolbar', 'aria-label': trans.__('Circuit') }
    });
    const name = element('span', { className: 'llmos-Mime-title', text: title });
    const text = `.${model.analysis}`;
    const kind = element('span', { className: 'llmos-Mime-kind', text });
    bar.append(name, kind, ...this._switches(body));
    bar.append(...(this._waveforms?.buttons ?? []), ...this._downloads());
    return bar;
  }

  /** Schematic and results can each be put away; there is nothing to choose for one. */
  private _switches(body: HTMLElement): readonly HTMLElement[] {
    const { _trans: trans, _schematic: schematic, _waveforms: waves } = this;
    if (!schematic) {
      return [];
    }
    const shown = toggle(trans.__('Schematic'), trans.__('Show the schematic'), {
      pressed: true,
      onChange: on => {
        schematic.node.hidden = !on;
      }
    });
    const label = waves ? trans.__('Waveforms') : trans.__('Values');
    const caption = waves
      ? trans.__('Show the waveforms')
      : trans.__('Show the values of the operating point');
    const results = toggle(label, caption, {
      pressed: true,
      onChange: on => {
        body.hidden = !on;
        waves?.buttons.forEach(each => (each.hidden = !on));
      }
    });
    return [shown, results];
  }

  private _downloads(): readonly HTMLElement[] {
    const { _trans: trans, _model: model } = this;
    const named = (extension: string): string =>
      fileName(model.title, 'circuit', extension);
    const csv = button('CSV', trans.__('Download the values as CSV'), () => {
      download(new Blob([toCsv(model)], { type: 'text/csv' }), named('csv'));
    });
    const png = button('PNG', trans.__('Download the picture as PNG'), () => {
      const saved = this._picture().then(
        picture => picture && downloadPng(picture, named('png'))
      );
      tellFailure(saved, reason =>
        trans.__('The picture could not be made: %1', reason)
      );
    });
    const vector = button('SVG', trans.__('Download the schematic as SVG'), () => {
      const text = this._schematic?.text();
      if (text) {
        download(new Blob([text], { type: 'image/svg+xml' }), named('svg'));
      }
    });
    return [csv, png, ...(this._schematic ? [vector] : [])];
  }

  private _folds(): readonly HTMLElement[] {
    const { _trans: trans, _model: model } = this;
    const listing = (text: string): HTMLElement =>
      element('pre', { text, attributes: { tabindex: '0' } });
    return [
      ...(model.axis && model.op.length > 0
        ? [fold(trans.__('Operating point'), this._point())]
        : []),
      ...(model.netlist ? [fold(trans.__('Netlist'), listing(model.netlist))] : []),
      ...(model.log ? [fold(trans.__('Log of ngspice'), listing(model.log))] : [])
    ];
  }

  private _point(): HTMLElement {
    if (this._model.op.length === 0) {
      const text = this._trans.__('The operating point has no values.');
      return element('p', { text });
    }
    const rows = this._model.op.map(({ name, value, unit }) =>
      element(
        'tr',
        {},
        element('th', { text: name, attributes: { scope: 'row' } }),
        element('td', { text: formatQuantity(value, unit, 5) })
      )
    );
    const label = this._trans.__('Operating point');
    const table = element(
      'table',
      { attributes: { 'aria-label': label } },
      element('tbody', {}, ...rows)
    );
    return element('div', { className: 'llmos-Circuit-readout' }, table);
  }

  /** Schematic and waveforms, whichever there are; null when there is neither. */
  private async _picture(): Promise<HTMLCanvasElement | null> {
    const schematic = (await this._schematic?.picture()) ?? null;
    const charts = this._waveforms?.picture() ?? { canvases: [], legend: [] };
    return composePng({
      ...charts,
      title: this._model.title,
      schematic,
      host: this.node
    });
  }
}
