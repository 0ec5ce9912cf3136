import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellStatus } from '@llmos-lab/skills';

import type { EdgeProblem, IGraphNode, IGraphPort, Point } from '../graphModel/view';
import type { DrawnItem, IDrawing, IDrawnEdge } from '../layout/drawing';
import type { IPlacedPort } from '../layout/shape';
import { statusWord } from '../status/statuses';

/** What a port is, in the lines of a tooltip. */
export function placedPortTitle(
  { ports }: IPlacedPort,
  isInput: boolean,
  trans: TranslationBundle
): string {
  return ports.map(port => portTitle(port, isInput, trans)).join('\n');
}

/** A port in one line, such as `iterations: integer = 100`. */
export function portTitle(
  port: IGraphPort,
  isInput: boolean,
  trans: TranslationBundle
): string {
  const type = port.type ?? trans.__('variable');
  const unit = port.unit === null ? '' : ` (${port.unit})`;
  const value = isInput && port.text !== null ? ` = ${port.text}` : '';
  const need =
    isInput && port.required && port.text === null ? ` · ${trans.__('required')}` : '';
  const missing =
    port.missing === null ? '' : ` · ${trans.__('No cell gives "%1".', port.missing)}`;
  const more = port.description === null ? '' : ` · ${port.description}`;
  return `${port.name}: ${type}${unit}${value}${need}${missing}${more}`;
}

/** Why an edge will not work, as a sentence. */
export function problemText(problem: EdgeProblem, trans: TranslationBundle): string {
  switch (problem.code) {
    case 'late':
      return trans.__(
        '"%1" is defined only below: run from top to bottom, this cell would fail. Move it down.',
        problem.name
      );
    case 'type':
      return trans.__(
        'The output is of type %1, the input takes %2.',
        problem.output,
        problem.input
      );
    case 'output':
      return trans.__(
        'The skill "%1" has no output "%2".',
        problem.skill,
        problem.name
      );
  }
}

/** The name of a node for screen readers: its title, its kind, and how its cell stands. */
export function nodeLabel(
  node: Pick<IGraphNode, 'kind' | 'title'>,
  trans: TranslationBundle,
  status: CellStatus = 'idle',
  isError = false
): string {
  const kind =
    node.kind === 'skill'
      ? trans.__('skill')
      : node.kind === 'missing'
        ? trans.__('missing skill')
        : trans.__('code');
  return [
    ...[node.title, kind],
    ...(status === 'idle' ? [] : [statusWord(status, trans)]),
    ...(isError && status !== 'failed' ? [trans.__('error')] : [])
  ].join(', ');
}

/** The name of anything on the canvas for screen readers. */
export function itemLabel(item: DrawnItem, trans: TranslationBundle): string {
  return item.kind === 'cell'
    ? nodeLabel(item.node, trans)
    : trans.__('%1, folded section', item.section.title);
}

/** What screen readers say of a node that an arrow key moves; `from` is where it stood. */
export function movedText(
  direction: string,
  from: Point,
  trans: TranslationBundle
): string {
  switch (direction) {
    case 'up':
      return trans.__('Moved up from %1, %2', ...from);
    case 'down':
      return trans.__('Moved down from %1, %2', ...from);
    case 'left':
      return trans.__('Moved left from %1, %2', ...from);
    default:
      return trans.__('Moved right from %1, %2', ...from);
  }
}

/** Names lines for screen readers, by the titles and ports at their ends. */
export function edgeLabels(
  { items }: IDrawing,
  trans: TranslationBundle
): (drawn: IDrawnEdge) => string {
  const titles = new Map(
    items.map(item => [
      item.id,
      item.kind === 'cell' ? item.node.title : item.section.title
    ])
  );
  return ({ from, to, edges }) =>
    trans.__(
      '%1 · %2 to %3 · %4',
      titles.get(from) ?? '',
      listed(edges.map(({ output }) => output)),
      titles.get(to) ?? '',
      listed(edges.map(({ input }) => input))
    );
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}
