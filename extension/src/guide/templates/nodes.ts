import type {
  IWorkflow,
  IWorkflowCode,
  IWorkflowSkill,
  JsonValue,
  WorkflowInput,
  WorkflowNode
} from '@llmos-lab/skills';

/** The automatic layout decides where cells of a template stand. */
const PLACE = { position: [0, 0], placed: false } as const;

/** A cell that calls a skill; the result is in the variable `id`. */
export function call(
  id: string,
  skill: string,
  inputs: Readonly<Record<string, WorkflowInput>>
): IWorkflowSkill {
  return { ...PLACE, id, skill, inputs };
}

/** A cell of plain Python, without the indentation that it has in our source. */
export function code(id: string, ...lines: readonly string[]): IWorkflowCode {
  return { ...PLACE, id, code: lines.join('\n'), inputs: {} };
}

/** A value of an input. */
export function value(given: JsonValue): WorkflowInput {
  return { value: given };
}

/** An output of another cell. */
export function from(node: string, output: string): WorkflowInput {
  return { from: [node, output] };
}

/** Python that gives an input's value. */
export function python(expression: string): WorkflowInput {
  return { expression };
}

/** A workflow whose texts stand above the nodes that they name. */
export function workflow(
  name: string,
  nodes: readonly WorkflowNode[],
  texts: Readonly<Record<string, string>>
): IWorkflow {
  const notes = Object.entries(texts).map(([before, text]) => ({ text, before }));
  return { v: 1, name, nodes, notes };
}
