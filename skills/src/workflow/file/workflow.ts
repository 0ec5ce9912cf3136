import type { JsonValue } from '../../skill/skill';
import type { NodePosition } from '../change/change';

/** Ending of workflow files that a double click opens as a notebook. */
export const WORKFLOW_SUFFIX = '.workflow.json';

/** What a workflow file gives to an input. */
export type WorkflowInput =
  | { readonly value: JsonValue }
  /** An output, or a variable, of another node. */
  | { readonly from: readonly [node: string, output: string] }
  /** Python that is neither. */
  | { readonly expression: string };

interface INodeBase {
  /** Unique within the file. */
  readonly id: string;
  /** For a code node: the variables that it takes from others, for readers of the file. */
  readonly inputs: Readonly<Record<string, WorkflowInput>>;
  readonly position: NodePosition;
  /** False when the automatic layout decides, so that `position` is a guess. */
  readonly placed: boolean;
  /** Set where the automatic layout of the others does without the node. */
  readonly loose?: boolean;
}

/** A call of a skill. */
export interface IWorkflowSkill extends INodeBase {
  readonly skill: string;
  /** Hash of the skill's file when the workflow was saved. */
  readonly version?: string;
  /** The variable that takes the result; null for none, the id when it is left out. */
  readonly target?: string | null;
  /** The cell's text where it says the same in other words, comments for example. */
  readonly source?: string;
}

/** Plain Python. */
export interface IWorkflowCode extends INodeBase {
  readonly code: string;
}

/** A cell of a workflow file; `skill` or `code` tells which. */
export type WorkflowNode = IWorkflowSkill | IWorkflowCode;

/** Text between the nodes. */
export interface IWorkflowNote {
  readonly text: string;
  /** The node above which it stands; null at the end. */
  readonly before: string | null;
}

/** A workflow as its file keeps it. */
export interface IWorkflow {
  readonly v: 1;
  readonly name: string;
  readonly nodes: readonly WorkflowNode[];
  readonly notes: readonly IWorkflowNote[];
}

/** What is wrong in a workflow file. */
export interface IWorkflowProblem {
  /** `error`: it cannot be opened. `warning`: it opens, with this in mind. */
  readonly severity: 'error' | 'warning';
  /** Where, such as `nodes[2].inputs.iterations`, or a line of broken JSON. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  /** The three in one sentence. */
  readonly message: string;
}

/** Whether a node calls a skill. */
export function isSkillNode(node: WorkflowNode): node is IWorkflowSkill {
  return 'skill' in node;
}

/**
 * The text of a workflow file: two spaces a level, one line an input, a newline at the
 * end. `parseWorkflow` reads it back.
 */
export function formatWorkflow({ v, name, nodes, notes }: IWorkflow): string {
  const record = {
    ...{ v, name, nodes: nodes.map(formatNode) },
    ...(notes.length > 0 ? { notes } : {})
  };
  const text = JSON.stringify(record, null, 2);
  // Positions and references read better on one line.
  return `${text.replace(/\[\n\s+([^[\]{}\n]+),\n\s+([^[\]{}\n]+)\n\s+\]/g, '[$1, $2]')}\n`;
}

function formatNode({ inputs, placed, ...node }: WorkflowNode): unknown {
  const { position, loose, ...rest } = node;
  const entries = Object.entries(inputs).map(([name, input]) => [
    name,
    'value' in input ? input.value : input
  ]);
  return {
    ...rest,
    inputs: Object.fromEntries(entries) as unknown,
    position,
    ...(placed ? {} : { placed: false }),
    ...(loose && { loose })
  };
}

/** Whether a literal would be read as a reference or an expression. */
export function isAmbiguous(value: JsonValue): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    ['from', 'expression'].includes(Object.keys(value).join())
  );
}
