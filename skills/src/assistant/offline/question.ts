import type { ISkill } from '../../skill/skill';
import { buildGraph, type IGraph } from '../../workflow/graph';
import type { IContextCell, INotebookFacts } from '../context';

/** The skill of an id or alias. */
export type FindSkill = (id: string) => ISkill | undefined;

/** A question, with what it is answered from: made once, whoever looks at it. */
export interface IQuestion {
  readonly text: string;
  readonly hasNotebook: boolean;
  /** All of the notebook; none where none is open. */
  readonly cells: readonly IContextCell[];
  readonly selected: IContextCell | undefined;
  /** What the kernel says of a variable, such as `ndarray float64 (3, 4)`. */
  readonly variable: (name: string) => string | undefined;
  /** The variables that were looked up. */
  readonly looked: ReadonlySet<string>;
  /** Those that the kernel was not asked for. */
  readonly unasked: readonly string[];
  /** Of the code cells. */
  readonly graph: IGraph;
  readonly find: FindSkill;
}

/** What is said, and the cells that it is about. */
export interface ITold {
  readonly markdown: string;
  readonly cells: readonly IContextCell[];
}

/** What can be done about a failed cell, by its id. */
export interface IOffer {
  /** Its error names a correction, which `fixCell` makes. */
  readonly fix?: string;
  /** It only lacks a run of cells above it. */
  readonly run?: string;
}

/** Sets a question beside the notebook that it may be about. */
export function readQuestion(
  text: string,
  skills: readonly ISkill[],
  notebook: INotebookFacts | undefined
): IQuestion {
  const { cells = [], variables = [], unasked = [], selected } = notebook ?? {};
  const looked = new Set<string>();
  return {
    ...{ text, hasNotebook: notebook !== undefined, cells, looked, unasked },
    variable: name => {
      looked.add(name);
      const begin = `${name}: `;
      return variables.find(each => each.startsWith(begin))?.slice(begin.length);
    },
    selected: cells.find(({ id }) => id === selected),
    graph: buildGraph(cells.filter(({ type }) => type === 'code')),
    find: id => skills.find(skill => skill.id === id || skill.aliases.includes(id))
  };
}

/** Why nothing is known of a variable. */
export function whyUnknown(name: string, { unasked }: IQuestion): string {
  return unasked.includes(name)
    ? 'there are more variables than the kernel is asked for at once'
    : 'its cell has not run in this kernel, or the kernel is busy or did not answer';
}
