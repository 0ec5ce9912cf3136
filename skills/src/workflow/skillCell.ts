import type { CellArgument } from '../skill/cell';
import { readPython } from '../skill/python';
import { analyseCell, skillCalls, type ICellAnalysis } from './analyse';
import type { ISkillCall } from './calls';

/** A cell with exactly one skill call, as forms and the graph show it. */
export interface ISkillCell {
  readonly call: ISkillCall;
  readonly skill: string;
  readonly target: string | null;
  /** By input name; literals of JSON's kind as values, all else as source. */
  readonly values: Readonly<Record<string, CellArgument>>;
}

/**
 * Reads a cell that calls one skill as a statement of its own: the way back from `toCell`.
 * Other statements may stand beside it. Null for cells with no or several skill calls.
 * `inputs` are the skill's input names, by which positional arguments get theirs.
 */
export function parseCell(
  source: string,
  inputs: readonly string[] = [],
  analysis: ICellAnalysis = analyseCell(source)
): ISkillCell | null {
  const [call, more] = skillCalls(analysis);
  if (!call || more || !call.topLevel || call.arguments.some(item => item.star)) {
    return null;
  }
  let position = 0;
  const entries = call.arguments.flatMap(item => {
    const name = item.name ?? inputs[position++];
    const text = source.slice(item.valueStart, item.valueEnd);
    const value = readPython(text);
    const argument: CellArgument = value === undefined ? { source: text } : { value };
    return name === undefined ? [] : [[name, argument] as const];
  });
  const values = Object.fromEntries(entries);
  return { call, skill: call.skill, target: call.target, values };
}
