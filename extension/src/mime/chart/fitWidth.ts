import { isRecord } from '@llmos-lab/skills';

/** Keys of charts that are made of several: their widths are those of their parts. */
const COMPOSED = ['concat', 'hconcat', 'vconcat', 'facet', 'repeat', 'spec'] as const;

/** Below this many pixels a chart says nothing; it scrolls then. */
const LEAST_WIDTH = 160;

/** Pixels that an entry of a legend may take, with its sign. */
const ENTRY_WIDTH = 200;

/** What of that is the sign, and the room between entries. */
const SIGN_WIDTH = 40;

/**
 * A chart of a fixed width that is told to take no more than so many pixels in all. Its
 * legends stand below it, where they take no width from what is drawn, and its title has
 * all of the width.
 */
export function fitted(spec: unknown, width: number | null): unknown {
  if (width === null || !isRecord(spec) || !canFit(spec)) {
    return spec;
  }
  const room = Math.max(LEAST_WIDTH, Math.floor(width));
  const config = isRecord(spec.config) ? spec.config : {};
  const own = (key: string): object => (isRecord(config[key]) ? config[key] : {});
  return {
    ...spec,
    width: room,
    autosize: { type: 'fit-x', contains: 'padding' },
    config: {
      ...config,
      legend: { ...legendBelow(room), ...own('legend') },
      title: { frame: 'bounds', limit: room, ...own('title') }
    }
  };
}

function legendBelow(room: number): Readonly<Record<string, unknown>> {
  const columns = Math.max(1, Math.floor(room / ENTRY_WIDTH));
  const labelLimit = Math.floor(room / columns) - SIGN_WIDTH;
  return { orient: 'bottom', columns, labelLimit };
}

function canFit(spec: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof spec.width === 'number' &&
    spec.autosize === undefined &&
    !COMPOSED.some(key => key in spec)
  );
}

/** What is measured of a chart: the node it may fill, and what it drew there. */
export interface IChartPlace {
  readonly node: HTMLElement;
  /** Draws the chart anew, at most so wide; null for as wide as it wants to be. */
  readonly redraw: (width: number | null) => Promise<void>;
}

/**
 * Keeps a chart within its cell. It is drawn as it wants to be; where that is too wide,
 * and when the cell's width changes, it is drawn to fit, as Vega does it: legends and
 * axes take part, and the pointer finds its points.
 */
export class FitWidth {
  constructor(private readonly _place: IChartPlace) {
    this._observer?.observe(_place.node);
  }

  dispose(): void {
    this._observer?.disconnect();
  }

  /**
   * Draws the chart as it wants to be, and then to fit where that is too wide. Only what
   * was drawn so is measured: a chart that fits already would seem to want no more.
   */
  async draw(asWanted: () => Promise<void>): Promise<void> {
    this._turn += 1;
    const turn = this._turn;
    if (this._fitting) {
      await this._fitting;
    }
    await asWanted();
    // One that has begun since will be measured instead.
    if (turn === this._turn) {
      this._measure();
      this._measured = turn;
      await this._fit();
      if (this._wanted === 0) {
        // No observer tells of a place that is hidden and shown again within a frame, as
        // the whole page is while JupyterLab changes the theme.
        requestAnimationFrame(() => void this._fit());
      }
    }
  }

  private _measure(): void {
    this._width = null;
    const chart = this._place.node.querySelector('.vega-embed');
    const picture = chart?.querySelector('canvas, svg');
    const [outer = 0, inner = 0] = [chart, picture].map(
      element => element?.getBoundingClientRect().width
    );
    this._wanted = outer;
    this._beside = outer - inner;
  }

  /** One drawing at a time; what is asked for meanwhile becomes one more. */
  private _fit(): Promise<void> {
    this._isAsked = true;
    this._fitting ??= this._fitAll().finally(() => {
      this._fitting = null;
    });
    return this._fitting;
  }

  private async _fitAll(): Promise<void> {
    while (this._isAsked) {
      this._isAsked = false;
      // One that was drawn out of sight has no width before it is seen.
      if (this._measured === this._turn && this._wanted === 0) {
        this._measure();
      }
      const room = this._place.node.clientWidth;
      const width = room > 0 && room < this._wanted ? room - this._beside : null;
      const isMeasured = this._measured === this._turn && this._wanted > 0;
      if (room > 0 && isMeasured && width !== this._width) {
        this._width = width;
        await this._place.redraw(width);
      }
    }
  }

  /** The width that the chart is held to; null while it has the width that it wants. */
  private _width: number | null = null;
  /** The width that it wants, with its menu. */
  private _wanted = 0;
  /** What stands beside the picture. */
  private _beside = 0;
  /** Counts drawings as wanted; the one that was measured. */
  private _turn = 0;
  private _measured = 0;
  private _fitting: Promise<void> | null = null;
  private _isAsked = false;
  private readonly _observer =
    typeof ResizeObserver === 'undefined'
      ? null
      : new ResizeObserver(() => void this._fit());
}
