/** The charts of a result: panes with one horizontal range and two cursors. */

import uPlot from 'uplot';

import { button, element } from '../dom';
import { formatQuantity, formatTick } from '../format';
import type { ILine, IPane, IChart } from './panes';
import { CursorLines } from './cursorLines';

/** Above this many points dashes are left out: they take far longer to draw. */
const DASH_LIMIT = 20_000;
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [8, 3, 2, 3]];

/** How panes are drawn; a change of scale or theme makes new charts. */
export interface IChartsOptions {
  readonly chart: IChart;
  readonly logX: boolean;
  /** Colour of a trace in the present theme. */
  readonly colour: (trace: number) => string;
  readonly hidden: ReadonlySet<number>;
  readonly range: IRange | null;
  /** Labels of the two cursors, for screen readers. */
  readonly cursorNames: readonly [string, string];
  /** What the charts are and which keys work there, for screen readers. */
  readonly label: string;
  readonly onRange: (range: IRange) => void;
  readonly onCursor: (index: 0 | 1, x: number) => void;
}

/** Visible part of the x axis, in the axis's unit. */
export interface IRange {
  readonly min: number;
  readonly max: number;
}

/** One uPlot a pane, zoomed and read together. */
export class Charts {
  readonly node = element('div', { className: 'llmos-Circuit-charts' });
  private readonly _options: IChartsOptions;
  private readonly _plots: uPlot[] = [];
  private readonly _lines: CursorLines[] = [];
  private readonly _full: IRange;
  private _spreading = false;

  constructor(options: IChartsOptions, host: HTMLElement) {
    this._options = options;
    const x = options.chart.x.values;
    const [first = 0, last = 1] = [x[0], x.at(-1)];
    this._full =
      first === last ? { min: first - 1, max: last + 1 } : { min: first, max: last };
    this.node.tabIndex = 0;
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', options.label);
    this.node.addEventListener('keydown', event => this._onKey(event));
    host.append(this.node);
    options.chart.panes.forEach((pane, index) => {
      const isLast = index === options.chart.panes.length - 1;
      this._plots.push(this._plot(pane, isLast));
    });
    this._plots.forEach((plot, index) => {
      const lines = new CursorLines(plot, {
        names: options.cursorNames,
        isFirst: index === 0,
        text: at => formatQuantity(at, options.chart.x.unit),
        move: options.onCursor
      });
      this._lines.push(lines);
    });
    if (options.range) {
      this.setRange(options.range);
    }
  }

  get range(): IRange {
    const { min, max } = this._plots[0]?.scales['x'] ?? {};
    return { min: min ?? this._full.min, max: max ?? this._full.max };
  }

  get canvases(): readonly HTMLCanvasElement[] {
    return this._plots.map(plot => plot.ctx.canvas);
  }

  /** Shows `range`, kept inside the data. */
  setRange(range: IRange): void {
    for (const plot of this._plots.slice(0, 1)) {
      plot.setScale('x', keptInside(range, this._full));
    }
  }

  fit(): void {
    this.setRange(this._full);
  }

  /** Zooms by `factor` (below 1: closer) around a place between 0 (left) and 1. */
  zoom(factor: number, at = 0.5): void {
    this.setRange(zoomed(this.range, factor, { at, log: this._options.logX }));
  }

  /** Moves by a part of the visible width; positive is to the right. */
  pan(part: number): void {
    this.setRange(
      panned(this.range, part, { full: this._full, log: this._options.logX })
    );
  }

  setCursors(cursors: readonly [number, number] | null): void {
    this._lines.forEach(lines => lines.set(cursors));
  }

  setHidden(hidden: ReadonlySet<number>): void {
    this._plots.forEach((plot, index) => {
      this._options.chart.panes[index]?.lines.forEach((line, at) => {
        plot.setSeries(at + 1, { show: !hidden.has(line.trace) });
      });
    });
  }

  resize(): void {
    const width = this.node.clientWidth;
    if (width > 0) {
      this._plots.forEach(plot => plot.setSize({ width, height: plot.height }));
    }
  }

  dispose(): void {
    this._lines.forEach(lines => lines.dispose());
    this._plots.forEach(plot => plot.destroy());
    this._lines.length = 0;
    this._plots.length = 0;
    this.node.remove();
  }

  private _plot(pane: IPane, isLast: boolean): uPlot {
    const { chart, logX, hidden } = this._options;
    const style = getComputedStyle(this.node);
    const ink = style.color;
    const grid = {
      stroke: style.getPropertyValue('--jp-border-color2').trim(),
      width: 1
    };
    const font = `11px ${style.fontFamily}`;
    const axis = { stroke: ink, grid, ticks: grid, font, labelFont: font };
    const rows = chart.panes.length > 1 ? 190 : 260;
    const plot: uPlot = new uPlot(
      {
        width: Math.max(this.node.clientWidth, 200),
        height: rows + (isLast ? 18 : 0),
        legend: { show: false },
        cursor: { drag: { x: true, y: false }, points: { show: false } },
        scales: {
          x: { time: false, distr: logX ? 3 : 1, range: (_, min, max) => [min, max] },
          y: { distr: pane.logY ? 3 : 1 }
        },
        series: [{}, ...pane.lines.map(line => this._series(line, hidden))],
        axes: [
          {
            ...axis,
            values: (_, splits) => splits.map(at => ticked(at, chart.x.unit)),
            space: 70,
            ...(isLast ? { label: chart.x.name, labelSize: 18 } : {})
          },
          {
            ...axis,
            size: 68,
            values: (_, splits) => splits.map(at => ticked(at, pane.unit)),
            ...(pane.title ? { label: pane.title, labelSize: 18 } : {})
          }
        ],
        hooks: {
          setScale: [(self, key) => key === 'x' && this._spread(self)],
          draw: [self => this._lines.find(lines => lines.plot === self)?.update()]
        }
      },
      [chart.x.values, ...pane.lines.map(line => gaps(line.values))],
      this.node
    );
    plot.over.addEventListener('wheel', event => this._onWheel(event, plot), {
      passive: false
    });
    plot.over.addEventListener('mousedown', event => this._onDown(event, plot), true);
    return plot;
  }

  private _series(line: ILine, hidden: ReadonlySet<number>): uPlot.Series {
    const { colour, chart } = this._options;
    const dash = DASHES[line.trace % DASHES.length] ?? [];
    return {
      label: line.label,
      stroke: colour(line.trace),
      width: 1.6,
      show: !hidden.has(line.trace),
      points: { show: chart.x.values.length <= 40 },
      ...(chart.x.values.length <= DASH_LIMIT ? { dash: [...dash] } : {})
    };
  }

  /** One pane's new range becomes that of all. */
  private _spread(from: uPlot): void {
    const { min, max } = from.scales['x'] ?? {};
    if (this._spreading || min == null || max == null) {
      return;
    }
    this._spreading = true;
    for (const plot of this._plots.filter(one => one !== from)) {
      plot.setScale('x', { min, max });
    }
    this._spreading = false;
    this._options.onRange({ min, max });
  }

  /** Plain wheels scroll the notebook; with Control or Command they zoom. */
  private _onWheel(event: WheelEvent, plot: uPlot): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const { left, width } = plot.over.getBoundingClientRect();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, (event.clientX - left) / width);
    }
  }

  private _onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.pan(-0.1),
      ArrowRight: () => this.pan(0.1),
      '+': () => this.zoom(0.5),
      '=': () => this.zoom(0.5),
      '-': () => this.zoom(2),
      f: () => this.fit()
    };
    const move = moves[event.key];
    // Control and Command with plus or minus zoom the page.
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      move();
    }
  }

  /** Dragging with Shift pans; without, uPlot marks the part to zoom into. */
  private _onDown(event: MouseEvent, plot: uPlot): void {
    if (!event.shiftKey || event.button !== 0) {
      return;
    }
    event.stopPropagation();
    event.preventDefault();
    let last = event.clientX;
    const stop = new AbortController();
    const { signal } = stop;
    const move = (next: MouseEvent): void => {
      this.pan((last - next.clientX) / plot.over.clientWidth);
      last = next.clientX;
    };
    document.addEventListener('mousemove', move, { signal });
    document.addEventListener('mouseup', () => stop.abort(), { signal });
  }
}

/** Buttons that do what wheel and drag do. */
export function rangeButtons(
  charts: () => Charts | null,
  say: (text: string) => string
): readonly HTMLButtonElement[] {
  return [
    button('+', say('Zoom in'), () => charts()?.zoom(0.5)),
    button('−', say('Zoom out'), () => charts()?.zoom(2)),
    button('◂', say('Move left'), () => charts()?.pan(-0.25)),
    button('▸', say('Move right'), () => charts()?.pan(0.25)),
    button(say('Fit'), say('Show everything'), () => charts()?.fit())
  ];
}

/** `range` by `factor` around `at` (0 to 1), on the scale that is shown. */
function zoomed(
  { min, max }: IRange,
  factor: number,
  { at, log }: { readonly at: number; readonly log: boolean }
): IRange {
  const [a, b] = log ? [Math.log(min), Math.log(max)] : [min, max];
  const centre = a + (b - a) * at;
  const [from, to] = [centre + (a - centre) * factor, centre + (b - centre) * factor];
  return log ? { min: Math.exp(from), max: Math.exp(to) } : { min: from, max: to };
}

/** `range` moved by a part of its width, as far as the data goes; its width stays. */
function panned(
  { min, max }: IRange,
  part: number,
  { full, log }: { readonly full: IRange; readonly log: boolean }
): IRange {
  const to = (value: number): number => (log ? Math.log(value) : value);
  const back = (value: number): number => (log ? Math.exp(value) : value);
  const step = (to(max) - to(min)) * part;
  const kept = Math.min(Math.max(step, to(full.min) - to(min)), to(full.max) - to(max));
  return { min: back(to(min) + kept), max: back(to(max) + kept) };
}

function keptInside({ min, max }: IRange, full: IRange): { min: number; max: number } {
  const from = Math.max(min, full.min);
  const to = Math.min(max, full.max);
  // Closer than this, neighbouring numbers of a double can no longer be told apart.
  return to - from > 1e-12 * Math.abs(full.max - full.min)
    ? { min: from, max: to }
    : { min: full.min, max: full.max };
}

function ticked(value: number | null, unit: string): string {
  return value == null ? '' : formatTick(value, unit);
}

/** uPlot takes null, not NaN, for a gap. */
function gaps(values: Float64Array): Float64Array | (number | null)[] {
  return values.some(Number.isNaN)
    ? Array.from(values, value => (Number.isNaN(value) ? null : value))
    : values;
}
