/** The waveforms of a circuit result: charts, cursors, read-out, and their buttons. */

import type { TranslationBundle } from '@jupyterlab/translation';

import { element, toggle } from '../dom';
import { Charts, rangeButtons, type IRange } from './charts';
import type { ICircuitModel } from './model';
import { chartOf, defaultScaling, type IChart, type IScaling } from './panes';
import type { IPicture } from './picture';
import { Readout } from './readout';

/** Charts, read-out and their buttons; drawn again when size or theme change. */
export class Waveforms {
  readonly node = element('div', { className: 'llmos-Circuit-body' });
  /** Zoom, scales and cursors, for the tool bar. */
  readonly buttons: readonly HTMLElement[];
  private readonly _size: ResizeObserver;
  private readonly _hidden = new Set<number>();
  private _scaling: IScaling;
  private _charts: Charts | null = null;
  private _readout: Readout | null = null;
  private _range: IRange | null = null;
  private _cursors: readonly [number, number] | null = null;

  constructor(
    private readonly _model: ICircuitModel,
    private readonly _trans: TranslationBundle
  ) {
    this._scaling = defaultScaling(_model);
    const chart = chartOf(_model, this._scaling);
    this._cursors = chart && firstCursors(chart, this._scaling);
    this.buttons = [...this._moves(), ...this._scales()];
    this._size = new ResizeObserver(() => this._charts?.resize());
    this._size.observe(this.node);
  }

  /** Draws anew in the colours of the theme; the node must be in the page. */
  build(): void {
    const chart = chartOf(this._model, this._scaling);
    this._charts?.dispose();
    this._charts = null;
    this.node.replaceChildren();
    if (!chart) {
      this._refuse();
      return;
    }
    this._readout = new Readout({
      chart,
      trans: this._trans,
      hidden: this._hidden,
      onToggle: (trace, shown) => this._show(trace, shown)
    });
    // In the page already, so that its swatches have their colours.
    this.node.append(this._readout.node);
    const colours = this._colours(chart, this._readout);
    this._charts = new Charts(
      {
        chart,
        logX: this._scaling.logX,
        colour: trace => colours.get(trace) ?? 'gray',
        hidden: this._hidden,
        range: this._range,
        cursorNames: [this._trans.__('Cursor A'), this._trans.__('Cursor B')],
        label: this._trans.__(
          'Waveforms. Arrow keys move, plus and minus zoom, F shows everything.'
        ),
        onRange: range => {
          this._range = range;
        },
        onCursor: (index, x) => this._moveCursor(index, x)
      },
      this.node
    );
    this.node.append(this._readout.node);
    this._showCursors();
  }

  /** Canvases and legend of what is drawn now. */
  picture(): Pick<IPicture, 'canvases' | 'legend'> {
    const chart = chartOf(this._model, this._scaling);
    if (!this._charts || !this._readout || !chart) {
      return { canvases: [], legend: [] };
    }
    const colours = this._colours(chart, this._readout);
    const lines = chart.panes.flatMap(pane => pane.lines);
    const shown = lines.filter(({ trace }) => !this._hidden.has(trace));
    const legend = new Map(
      shown.map(({ label, trace }) => [label, colours.get(trace) ?? 'gray'])
    );
    return {
      canvases: this._charts.canvases,
      legend: [...legend].map(([label, colour]) => ({ label, colour }))
    };
  }

  dispose(): void {
    this._size.disconnect();
    this._charts?.dispose();
    this._charts = null;
  }

  private _refuse(): void {
    const text =
      'The axis of this result goes back and forth, so it cannot be drawn. Its values ' +
      'are in the CSV file.';
    const className = 'llmos-Mime-problem';
    this.node.append(element('p', { className, text: this._trans.__(text) }));
  }

  private _colours(chart: IChart, { node }: Readout): ReadonlyMap<number, string> {
    const swatches = node.querySelectorAll('.llmos-Circuit-swatch');
    return new Map(
      chart.panes
        .flatMap(pane => pane.lines)
        .map(({ trace }, at) => {
          const swatch = swatches.item(at);
          return [trace, swatch ? getComputedStyle(swatch).color : 'gray'];
        })
    );
  }

  private _moves(): readonly HTMLElement[] {
    return rangeButtons(
      () => this._charts,
      text => this._trans.__(text)
    );
  }

  private _scales(): readonly HTMLElement[] {
    const { _trans: trans, _model: model } = this;
    const scale = (part: Partial<IScaling>): void => {
      this._scaling = { ...this._scaling, ...part };
      this._range = null;
      this.build();
    };
    const logX = toggle(trans.__('log x'), trans.__('Logarithmic horizontal axis'), {
      pressed: this._scaling.logX,
      onChange: on => scale({ logX: on })
    });
    const axis = model.axis?.values;
    logX.disabled = (axis?.[0] ?? 0) <= 0 && (axis?.at(-1) ?? 0) <= 0;
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
    return [logX, logY, cursors];
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
