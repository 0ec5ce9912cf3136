/** A circuit result: waveforms with cursors, operating point, netlist and log. */

import type { TranslationBundle } from '@jupyterlab/translation';

import type { IDrawContext, IDrawing, IRefusal } from '../bundleWidget';
import {
  button,
  download,
  downloadPng,
  element,
  fileName,
  fold,
  pngOf,
  toggle
} from '../dom';
import { formatQuantity } from '../format';
import { Charts, rangeButtons, type IRange } from './charts';
import { toCsv } from './csv';
import { readCircuit, type ICircuitModel } from './model';
import { chartOf, defaultScaling, type IChart, type IScaling } from './panes';
import { composePng } from './picture';
import { Readout } from './readout';

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
  private readonly _body = element('div', { className: 'llmos-Circuit-body' });
  private readonly _size: ResizeObserver;
  private readonly _hidden = new Set<number>();
  private _scaling: IScaling;
  private _charts: Charts | null = null;
  private _readout: Readout | null = null;
  private _range: IRange | null = null;
  private _cursors: readonly [number, number] | null = null;

  constructor(
    private readonly _model: ICircuitModel,
    private readonly _trans: TranslationBundle,
    host: HTMLElement
  ) {
    this._scaling = defaultScaling(_model);
    const title = _model.title || _trans.__('Circuit');
    this.node.setAttribute('aria-label', title);
    const bar = element('div', {
      className: 'llmos-Mime-bar',
      attributes: { role: 'toolbar', 'aria-label': _trans.__('Waveforms') }
    });
    const name = element('span', { className: 'llmos-Mime-title', text: title });
    const kind = element('span', {
      className: 'llmos-Mime-kind',
      text: `.${_model.analysis}`
    });
    bar.append(name, kind, ...this._buttons());
    this.node.append(bar, this._body, ...this._folds());
    // Charts read styles and widths, so they are built in the page.
    host.append(this.node);
    const chart = chartOf(_model, this._scaling);
    this._cursors = chart && firstCursors(chart, this._scaling);
    this._build();
    this._size = new ResizeObserver(() => this._charts?.resize());
    this._size.observe(this.node);
  }

  retheme(): void {
    this._build();
  }

  png(): Promise<string | null> {
    const picture = this._picture();
    return Promise.resolve(picture && pngOf(picture));
  }

  dispose(): void {
    this._size.disconnect();
    this._charts?.dispose();
    this._charts = null;
    this.node.remove();
  }

  private _build(): void {
    const chart = chartOf(this._model, this._scaling);
    this._charts?.dispose();
    this._charts = null;
    this._body.replaceChildren();
    if (!chart) {
      this._body.append(this._withoutChart());
      return;
    }
    this._readout = new Readout({
      chart,
      trans: this._trans,
      hidden: this._hidden,
      onToggle: (trace, shown) => this._show(trace, shown)
    });
    this._body.append(this._readout.node);
    const swatches = this._readout.node.querySelectorAll('.llmos-Circuit-swatch');
    const colours = new Map<number, string>();
    chart.panes
      .flatMap(pane => pane.lines)
      .forEach((line, at) => {
        const swatch = swatches.item(at);
        colours.set(line.trace, swatch ? getComputedStyle(swatch).color : 'gray');
      });
    this._charts = new Charts(
      {
        chart,
        logX: this._scaling.logX,
        colour: trace => colours.get(trace) ?? 'gray',
        hidden: this._hidden,
        range: this._range,
        cursorNames: [this._trans.__('Cursor A'), this._trans.__('Cursor B')],
        onRange: range => {
          this._range = range;
        },
        onCursor: (index, x) => this._moveCursor(index, x)
      },
      this._body
    );
    this._body.append(this._readout.node);
    this._showCursors();
  }

  private _buttons(): readonly HTMLElement[] {
    const { _trans: trans, _model: model } = this;
    const csv = button('CSV', trans.__('Download the values as CSV'), () => {
      const blob = new Blob([toCsv(model)], { type: 'text/csv' });
      download(blob, fileName(model.title, 'circuit', 'csv'));
    });
    if (!model.axis) {
      return [csv];
    }
    const png = button('PNG', trans.__('Download the picture as PNG'), () => {
      const picture = this._picture();
      if (picture) {
        downloadPng(picture, fileName(model.title, 'circuit', 'png'));
      }
    });
    const scale = (part: Partial<IScaling>): void => {
      this._scaling = { ...this._scaling, ...part };
      this._range = null;
      this._build();
    };
    const logX = toggle(trans.__('log x'), trans.__('Logarithmic horizontal axis'), {
      pressed: this._scaling.logX,
      onChange: on => scale({ logX: on })
    });
    logX.disabled =
      (model.axis.values[0] ?? 0) <= 0 && (model.axis.values.at(-1) ?? 0) <= 0;
    const isAc = model.analysis === 'ac';
    const values = isAc
      ? trans.__('Magnitude in decibels')
      : trans.__('Logarithmic values');
    const logY = toggle(isAc ? 'dB' : trans.__('log y'), values, {
      pressed: this._scaling.logY,
      onChange: on => scale({ logY: on })
    });
    const cursors = toggle(trans.__('Cursors'), trans.__('Show the two cursors'), {
      pressed: true,
      onChange: on => {
        const chart = chartOf(model, this._scaling);
        this._cursors =
          on && chart ? firstCursors(chart, this._scaling, this._range) : null;
        this._showCursors();
      }
    });
    const moves = rangeButtons(
      () => this._charts,
      text => trans.__(text)
    );
    return [...moves, logX, logY, cursors, csv, png];
  }

  private _folds(): readonly HTMLElement[] {
    const { _trans: trans, _model: model } = this;
    const folds: HTMLElement[] = [];
    if (model.axis && model.op.length > 0) {
      folds.push(fold(trans.__('Operating point'), this._point()));
    }
    if (model.netlist) {
      const text = element('pre', {
        text: model.netlist,
        attributes: { tabindex: '0' }
      });
      folds.push(fold(trans.__('Netlist'), text));
    }
    if (model.log) {
      const text = element('pre', { text: model.log, attributes: { tabindex: '0' } });
      folds.push(fold(trans.__('Log of ngspice'), text));
    }
    return folds;
  }

  private _withoutChart(): HTMLElement {
    if (this._model.axis) {
      return element('p', {
        className: 'llmos-Mime-problem',
        text: this._trans.__(
          'The axis of this result goes back and forth, so it cannot be drawn. Its values ' +
            'are in the CSV file.'
        )
      });
    }
    return this._model.op.length > 0
      ? this._point()
      : element('p', { text: this._trans.__('The operating point has no values.') });
  }

  private _point(): HTMLElement {
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

  private _show(trace: number, shown: boolean): void {
    if (shown) {
      this._hidden.delete(trace);
    } else {
      this._hidden.add(trace);
    }
    this._charts?.setHidden(this._hidden);
  }

  private _moveCursor(index: 0 | 1, x: number): void {
    if (this._cursors) {
      const [a, b] = this._cursors;
      this._cursors = index === 0 ? [x, b] : [a, x];
      this._showCursors();
    }
  }

  private _showCursors(): void {
    this._charts?.setCursors(this._cursors);
    this._readout?.update(this._cursors);
  }

  private _picture(): HTMLCanvasElement | null {
    const chart = chartOf(this._model, this._scaling);
    if (!this._charts || !chart) {
      return null;
    }
    const labels = [...this.node.querySelectorAll('.llmos-Circuit-swatch')].map(
      (swatch, at) => {
        const line = chart.panes.flatMap(pane => pane.lines)[at];
        return { line, colour: getComputedStyle(swatch).color };
      }
    );
    const seen = new Set<string>();
    const legend = labels.flatMap(({ line, colour }) => {
      if (!line || this._hidden.has(line.trace) || seen.has(line.label)) {
        return [];
      }
      seen.add(line.label);
      return [{ label: line.label, colour }];
    });
    return composePng({
      title: this._model.title,
      legend,
      canvases: this._charts.canvases,
      host: this.node
    });
  }
}

/** A third and two thirds along what is shown. */
function firstCursors(
  { x }: IChart,
  { logX }: IScaling,
  range: IRange | null = null
): readonly [number, number] {
  const min = range?.min ?? x.values[0] ?? 0;
  const max = range?.max ?? x.values.at(-1) ?? 1;
  const at = (part: number): number =>
    logX && min > 0 ? min * (max / min) ** part : min + (max - min) * part;
  return [at(1 / 3), at(2 / 3)];
}
