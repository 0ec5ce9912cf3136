import { connects, connectsInList } from '@llmos-lab/skills';

import type { IGraphNode, IGraphPort, IGraphView } from '../graphModel/view';
import type { IConnectionStart, IPortEnd } from './actions';

/** An output and an input that could be connected. */
export interface IConnectionChoice {
  readonly from: IPortEnd;
  readonly to: IPortEnd;
}

/** A port with its cell, as an entry of a list. */
export interface IEnd extends IPortEnd {
  readonly node: IGraphNode;
  readonly info: IGraphPort;
}

/** What can be chosen for both ends of a connection. */
export interface IEnds {
  readonly outputs: readonly IEnd[];
  readonly inputs: readonly IEnd[];
  /** The list that is looked through; the other one holds where it began. */
  readonly open: 'outputs' | 'inputs';
}

/** The ends to choose from, in the order of the notebook. */
export function endsOf(view: IGraphView, start: IConnectionStart): IEnds {
  const list = (side: 'inputs' | 'outputs'): IEnd[] =>
    view.nodes
      .filter(({ kind }) => side === 'outputs' || kind === 'skill')
      .flatMap(node =>
        node[side].map(info => ({ cell: node.id, port: info.name, node, info }))
      );
  const isStart = ({ cell, port }: IEnd): boolean =>
    cell === start.cell && (start.port === undefined || port === start.port);
  const isOther = ({ cell }: IEnd): boolean =>
    start.other === undefined ? cell !== start.cell : cell === start.other;
  const [outputs, inputs] = [list('outputs'), list('inputs')];
  const ownInputs = start.side === 'output' ? [] : inputs.filter(isStart);
  const ownOutputs = start.side === 'input' ? [] : outputs.filter(isStart);
  const into: IEnds = {
    outputs: ownInputs.length > 0 ? outputs.filter(isOther) : [],
    inputs: ownInputs,
    open: 'outputs'
  };
  const outOf: IEnds = {
    outputs: ownOutputs,
    inputs: ownOutputs.length > 0 ? inputs.filter(isOther) : [],
    open: 'inputs'
  };
  const isInput = start.port !== undefined && ownInputs.length > 0;
  const isLast = !canConnect(view, start, outOf) && canConnect(view, start, into);
  return isInput || ownOutputs.length === 0 || isLast ? into : outOf;
}

/** Whether any of these ends fit, without a cycle. */
function canConnect(
  view: IGraphView,
  { cell }: IConnectionStart,
  { outputs, inputs, open }: IEnds
): boolean {
  const cyclic = closers(view, cell, open);
  return outputs.some(from =>
    inputs.some(
      to => !cyclic.has(open === 'inputs' ? to.cell : from.cell) && fits(from, to)
    )
  );
}

/** The one connection that can be meant; undefined when a person has to choose. */
export function onlyChoice(
  view: IGraphView,
  start: IConnectionStart
): IConnectionChoice | undefined {
  const { outputs, inputs } = endsOf(view, start);
  const pairs = outputs.flatMap(from =>
    inputs.filter(to => fits(from, to)).map(to => ({ from, to }))
  );
  const [only, more] = pairs;
  return start.port !== undefined && start.other !== undefined && !more
    ? only
    : undefined;
}

/** Cells with which a connection of a cell, by the other side's list, closes a cycle. */
export function closers(
  { edges }: IGraphView,
  cell: string,
  open: IEnds['open']
): ReadonlySet<string> {
  const found = new Set([cell]);
  // A set goes on to what is added while it is gone through.
  for (const id of found) {
    for (const { from, to } of edges) {
      const [near, far] = open === 'inputs' ? [to, from] : [from, to];
      if (near === id) {
        found.add(far);
      }
    }
  }
  return found;
}

/**
 * Likeness of ends that are not meant for each other: the input takes one of a list of
 * choices, its type is another one, or there would be a cycle.
 */
export const [CHOICES, OTHER_TYPE, CYCLIC] = [-1, -2, -3];

/** Whether an output can be meant for an input. */
export function fits(output: IEnd, input: IEnd): boolean {
  return faultOf(output, input) === null;
}

/** Whether what a skill gives goes into a list, beside what the input has. */
export function joinsList(output: IGraphPort, { name, type }: IGraphPort): boolean {
  return !!output.type && !!type && connectsInList(output.type, { name, type });
}

/** Why what a skill gives is not meant for an input; a variable may be anything. */
function faultOf({ info: output }: IEnd, { info: input }: IEnd): number | null {
  if (!output.type || !input.type) {
    return null;
  }
  const agree = connects(output.type, input.type) || joinsList(output, input);
  return agree ? (input.hasChoices ? CHOICES : null) : OTHER_TYPE;
}

/**
 * How likely an output is meant for an input: one that takes more than its choices before
 * others, then one without a connection, then one that must still get a value, then of the
 * same type, then of the same name, then one without a default; less than 0 where it does
 * not fit.
 */
export function likeness(output: IEnd, input: IEnd): number {
  const { type } = output.info;
  const { hasChoices, linked, required, text } = input.info;
  const isEmpty = text === null;
  const found = [
    !hasChoices,
    !linked,
    required && isEmpty,
    type !== null && type !== 'any' && type === input.info.type,
    output.port === input.port,
    isEmpty
  ];
  // Each one counts for more than all that come after it.
  return faultOf(output, input) ?? found.reduce((sum, is) => 2 * sum + Number(is), 0);
}
