import type { PortType } from '@llmos-lab/skills';

/** A cell of the notebook, of any kind. */
export interface INotebookCell {
  readonly id: string;
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** Where a person has put its node; null where the layout decides. */
  readonly position: Point | null;
  /** Whether the layout of the others does without it: it came with its place. */
  readonly isLoose?: boolean;
}

/** Pixels of the canvas at zoom 1. */
export type Point = readonly [x: number, y: number];

/** A value that goes into a node or comes out of it. */
export interface IGraphPort {
  readonly name: string;
  /** Null for variables of plain code, whose type only running shows. */
  readonly type: PortType | null;
  readonly unit: string | null;
  readonly description: string | null;
  readonly required: boolean;
  /** Whether an input takes one of a list of choices only. */
  readonly hasChoices: boolean;
  /** Source of what the cell gives to an input, or the default; null where nothing is. */
  readonly text: string | null;
  /** Whether an edge ends or begins here. */
  readonly linked: boolean;
  /** A variable that is read for an input, and that no cell gives. */
  readonly missing: string | null;
}

/** `missing`: the cell calls a skill that no volume has. */
export type GraphNodeKind = 'skill' | 'missing' | 'code';

/** A code cell as a node. */
export interface IGraphNode {
  readonly id: string;
  /** Index among all cells of the notebook. */
  readonly index: number;
  readonly kind: GraphNodeKind;
  readonly title: string;
  /** Id of the one skill that it calls. */
  readonly skill: string | null;
  readonly category: string | null;
  /** The variable that takes the skill's result. */
  readonly target: string | null;
  readonly inputs: readonly IGraphPort[];
  readonly outputs: readonly IGraphPort[];
  /** Id of the section that it stands in. */
  readonly section: string | null;
  readonly position: Point | null;
  /** Whether the layout of the others does without it: it came with its place. */
  readonly isLoose: boolean;
  /** True while some of its code cannot be read, half-typed say. */
  readonly incomplete: boolean;
}

/** Why an edge will not work as it stands. */
export type EdgeProblem =
  /** Only cells below define the variable. */
  | { readonly code: 'late'; readonly name: string }
  | { readonly code: 'type'; readonly output: PortType; readonly input: PortType }
  | { readonly code: 'output'; readonly name: string; readonly skill: string };

/** A value's way from a port to a port. */
export interface IPortEdge {
  readonly id: string;
  readonly from: string;
  readonly output: string;
  readonly to: string;
  readonly input: string;
  /** The variable that carries it. */
  readonly name: string;
  /** Whether the input takes it as it is, so that cutting the edge is one argument less. */
  readonly isDirect: boolean;
  readonly problem: EdgeProblem | null;
}

/** The cells under a heading, up to the next heading of any level. */
export interface ISection {
  /** Id of the Markdown cell, with the heading's number within it when there are more. */
  readonly id: string;
  /** Id of the Markdown cell. */
  readonly cell: string;
  readonly title: string;
  /** 1 to 6. */
  readonly level: number;
  /** Ids of the code cells directly under it. */
  readonly cells: readonly string[];
  /** Where a person has put its box while it is folded; null where the layout decides. */
  readonly position: Point | null;
}

/** A notebook as the graph shows it. */
export interface IGraphView {
  readonly nodes: readonly IGraphNode[];
  readonly sections: readonly ISection[];
  readonly edges: readonly IPortEdge[];
}

/** What is shown while no notebook is open; one object, so that nothing redraws. */
export const EMPTY_VIEW: IGraphView = { nodes: [], sections: [], edges: [] };

/** The port of a plain variable. */
export function variablePort(name: string): IGraphPort {
  return {
    name,
    type: null,
    unit: null,
    description: null,
    required: false,
    hasChoices: false,
    text: null,
    linked: false,
    missing: null
  };
}

/** Whether the cell cannot run with what an input gets. */
export function isWanting({ required, text, missing }: IGraphPort): boolean {
  return (required && text === null) || missing !== null;
}
