/** Legend and cursor read-out in one table: a row a line, its switch, values at A and B. */

import type { TranslationBundle } from '@jupyterlab/translation';

import { element } from '../dom';
import { formatQuantity } from '../format';
import { valueAt, type IChart, type ILine, type IPane } from './panes';

/** What the table lists, and what its switches do. */
export interface IReadoutOptions {
  readonly chart: IChart;
  readonly trans: TranslationBundle;
  readonly hidden: ReadonlySet<number>;
  readonly onToggle: (trace: number, shown: boolean) => void;
}

interface IRow {
  readonly line: ILine;
  readonly pane: IPane;
  readonly cells: readonly HTMLElement[];
}

/** The table under the charts, filled anew as cursors move. */
export class Readout {
  readonly node: HTMLElement;
  private readonly _chart: IChart;
  private readonly _rows: IRow[] = [];
  private readonly _head: readonly HTMLElement[];

  constructor(private readonly _options: IReadoutOptions) {
    const { chart, trans } = _options;
    this._chart = chart;
    const titles = ['A', 'B', 'B − A'];
    this._head = titles.map(text =>
      element('th', { text, attributes: { scope: 'col' } })
    );
    const body = element('tbody');
    for (const pane of chart.panes) {
      pane.lines.forEach(line => body.append(this._row(pane, line)));
    }
    const first = element('th', { text: chart.x.name, attributes: { scope: 'col' } });
    this.node = element(
      'div',
      { className: 'llmos-Circuit-readout' },
      element(
        'table',
        {
          attributes: {
            'aria-label': trans.__('Traces and their values at the cursors')
          }
        },
        element('thead', {}, element('tr', {}, first, ...this._head)),
        body
      )
    );
  }

  /** Shows the values at the cursors; nothing when they are off. */
  update(cursors: readonly [number, number] | null): void {
    const { x } = this._chart;
    const [a = NaN, b = NaN] = cursors ?? [];
    const delta = b - a;
    const rate =
      x.unit === 's' && delta ? ` (${formatQuantity(1 / Math.abs(delta), 'Hz')})` : '';
    this._fill(this._head, cursors, [
      `A ${formatQuantity(a, x.unit)}`,
      `B ${formatQuantity(b, x.unit)}`,
      `${x.unit === 's' ? 'Δt' : 'Δ'} ${formatQuantity(delta, x.unit)}${rate}`
    ]);
    for (const { line, pane, cells } of this._rows) {
      const [from, to] = [
        valueAt(x.values, line.values, a),
        valueAt(x.values, line.values, b)
      ];
      this._fill(cells, cursors, [
        formatQuantity(from, pane.unit),
        formatQuantity(to, pane.unit),
        formatQuantity(to - from, pane.unit)
      ]);
    }
  }

  private _fill(
    cells: readonly HTMLElement[],
    cursors: unknown,
    texts: readonly string[]
  ): void {
    cells.forEach((cell, index) => {
      cell.textContent = cursors ? (texts[index] ?? '') : '';
    });
  }

  private _row(pane: IPane, line: ILine): HTMLElement {
    const { hidden, onToggle, trans } = this._options;
    const cells = [0, 1, 2].map(() => element('td'));
    const isFirst = !this._rows.some(row => row.line.trace === line.trace);
    const swatch = element('i', {
      className: `llmos-Circuit-swatch llmos-trace-${line.trace % 8}`,
      attributes: { 'aria-hidden': 'true' }
    });
    const many = this._chart.panes.length > 1 && !isFirst;
    const name =
      many && pane.title ? `${line.label} ${pane.title.toLowerCase()}` : line.label;
    const label = element('label', {}, swatch, document.createTextNode(name));
    if (isFirst) {
      const box = element('input', { attributes: { type: 'checkbox' } });
      box.checked = !hidden.has(line.trace);
      box.title = trans.__('Show or hide %1', line.label);
      box.addEventListener('change', () => onToggle(line.trace, box.checked));
      label.prepend(box);
    } else {
      label.classList.add('llmos-mod-follows');
    }
    this._rows.push({ line, pane, cells });
    return element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, label),
      ...cells
    );
  }
}
