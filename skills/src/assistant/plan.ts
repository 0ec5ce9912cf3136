import { isRecord } from '../json';
import { targetName } from '../skill/cell';
import { connects } from '../skill/connect';
import { isPythonName } from '../skill/ports';
import type { IExecutableSkill, JsonValue } from '../skill/skill';
import { closest, listOf } from '../skill/suggest';
import { checkInputs } from '../skill/values';
import { addSkillCell } from '../workflow/change/add';
import { namesIn } from '../workflow/analyse';
import {
  accept,
  refuse,
  type EditResult,
  type IEditContext,
  type INotebookCell
} from '../workflow/change/change';
import { connectCells } from '../workflow/change/connect';
import { graphOf } from '../workflow/change/state';
import { setArgument } from '../workflow/edit';

/** A reference to an output of another step, or of a cell that is there already. */
export interface IStepReference {
  readonly from: readonly [step: string, output: string];
}

/** A value, a reference, or a list of references. */
export type StepInput = JsonValue | IStepReference | readonly IStepReference[];

/** A step of a workflow that is to be built: a skill with its inputs, or plain Python. */
export interface IPlanStep {
  readonly id: string;
  readonly skill?: string;
  readonly code?: string;
  readonly inputs?: Readonly<Record<string, StepInput>>;
}

/** A workflow that was built, or all that is wrong with it; then nothing was built. */
export type WorkflowPlan =
  | {
      readonly ok: true;
      readonly cells: readonly INotebookCell[];
      /** Ids of the new cells by step. */
      readonly added: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

interface IBuilding {
  readonly context: IEditContext;
  readonly steps: ReadonlyMap<string, IPlanStep>;
  readonly added: Map<string, string>;
  readonly problems: string[];
  cells: readonly INotebookCell[];
}

/**
 * Adds the steps at the end of a notebook, connected, with the graph's own edits, so that
 * whatever those refuse is refused here. Steps may come in any order without a circle.
 *
 * @param newId ids for new cells, each call another one
 */
export function planWorkflow(
  context: IEditContext,
  steps: readonly IPlanStep[],
  newId: () => string,
  versionOf: (skill: string) => string | undefined = () => undefined
): WorkflowPlan {
  const building: IBuilding = {
    context,
    steps: new Map(steps.map(step => [step.id, step])),
    added: new Map(),
    problems: [...checkSteps(context, steps)],
    cells: context.cells
  };
  const order = orderSteps(steps);
  if (order === null) {
    building.problems.push('The steps refer to each other in a circle.');
  }
  if (building.problems.length > 0 || order === null) {
    return { ok: false, problems: building.problems };
  }
  for (const step of order) {
    addStep(building, step, newId, versionOf);
  }
  const { problems, cells, added } = building;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, cells, added };
}

/** The same as an edit of the notebook, for a preview and one step of undo. */
export function planAsEdit(plan: WorkflowPlan): EditResult {
  return plan.ok
    ? accept(plan.cells, [...plan.added.values()])
    : refuse('not-possible', plan.problems.join('\n'));
}

/** Everything that can be said before a cell is made. */
function checkSteps(
  context: IEditContext,
  steps: readonly IPlanStep[]
): readonly string[] {
  const ids = steps.map(({ id }) => id);
  const known = [...ids, ...context.cells.map(({ id }) => id)];
  return steps.flatMap((step, index) => {
    const { id, skill: skillId, code } = step;
    if (ids.indexOf(id) !== index) {
      return [`Two steps are named "${id}".`];
    }
    if ((skillId === undefined) === (code === undefined)) {
      return [`Step "${id}" must have either "skill" or "code".`];
    }
    const lost = references(step)
      .filter(({ from: [other] }) => !known.includes(other))
      .map(({ from: [other] }) => {
        const near = closest(other, known);
        const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
        return `Step "${id}" takes from "${other}", which is no step and no cell.${hint}`;
      });
    return [
      ...lost,
      ...(skillId === undefined ? [] : checkSkillStep(context, step, skillId))
    ];
  });
}

function checkSkillStep(
  { find }: IEditContext,
  { id, inputs = {} }: IPlanStep,
  skillId: string
): readonly string[] {
  const skill = find(skillId);
  if (skill?.kind !== 'executable') {
    const why = skill ? 'guides you and has no code' : 'is not in the library';
    return [`Step "${id}": "${skillId}" ${why}. Use search_skills.`];
  }
  const isGiven = (value: StepInput): boolean =>
    !isReference(value) && !isReferences(value);
  const literals = Object.entries(inputs).filter(([, value]) => isGiven(value));
  const unknown = Object.keys(inputs).filter(
    name => !skill.inputs.some(port => port.name === name)
  );
  const missing = skill.inputs.filter(
    ({ name, required, default: preset }) =>
      required && preset === undefined && !Object.hasOwn(inputs, name)
  );
  const ports = skill.inputs
    .filter(({ name }) => literals.some(([given]) => given === name))
    .map(port => ({ ...port, required: false }));
  const values = literals.filter(([name]) => !unknown.includes(name));
  return [
    ...unknown.map(name => {
      const names = skill.inputs.map(port => port.name);
      return `Step "${id}": "${skillId}" has no input "${name}"; it has ${listOf(names, 'and')}.`;
    }),
    ...missing.map(
      ({ name, type }) => `Step "${id}": the input "${name}" (${type}) is missing.`
    ),
    ...checkInputs(skillId, ports, Object.fromEntries(values)).map(
      ({ message }) => `Step "${id}": ${message}`
    )
  ];
}

function addStep(
  building: IBuilding,
  step: IPlanStep,
  newId: () => string,
  versionOf: (skill: string) => string | undefined
): void {
  if (step.code !== undefined) {
    const id = newId();
    building.added.set(step.id, id);
    const cell = { id, type: 'code', source: step.code, metadata: {} } as const;
    building.cells = [...building.cells, cell];
    return;
  }
  const { skill = '', inputs = {} } = step;
  const literals = Object.entries(inputs).filter(
    ([, value]) => !isReference(value) && !isReferences(value)
  ) as [string, JsonValue][];
  const version = versionOf(skill);
  const result = addSkillCell(contextOf(building), {
    ...{ skill, newId, inputs: Object.fromEntries(literals) },
    ...(version === undefined ? {} : { version })
  });
  const id = result.ok ? result.about[0] : undefined;
  if (!result.ok || id === undefined) {
    building.problems.push(
      `Step "${step.id}": ${result.ok ? 'no cell' : result.reason}`
    );
    return;
  }
  building.cells = withName(result.cells, id, step.id);
  building.added.set(step.id, id);
  for (const [input, value] of Object.entries(inputs)) {
    if (isReference(value)) {
      connectStep(building, step.id, id, input, value);
    } else if (isReferences(value)) {
      connectList(building, step, id, input, value);
    }
  }
}

/** The cell's result under the step's own name, where that is free: plain steps use it. */
function withName(
  cells: readonly INotebookCell[],
  id: string,
  name: string
): readonly INotebookCell[] {
  const { cells: read } = graphOf(cells);
  const target = read.find(cell => cell.id === id)?.calls[0]?.target ?? null;
  const taken = namesIn(read.map(({ analysis }) => analysis));
  const isFree = isPythonName(name) && targetName(name, taken) === name;
  return target === null || !isFree
    ? cells
    : cells.map(cell =>
        cell.id === id
          ? { ...cell, source: `${name}${cell.source.slice(target.length)}` }
          : cell
      );
}

function connectStep(
  building: IBuilding,
  step: string,
  to: string,
  input: string,
  { from: [source, output] }: IStepReference
): void {
  const from = building.added.get(source) ?? source;
  const result = connectCells(contextOf(building), { from, output, to, input });
  if (result.ok) {
    building.cells = result.cells;
  } else {
    building.problems.push(`Step "${step}", input "${input}": ${result.reason}`);
  }
}

/** A list of outputs, such as the meshes of a scene: `[a.mesh, b.mesh]`. */
function connectList(
  building: IBuilding,
  { id: step, skill: skillId = '' }: IPlanStep,
  to: string,
  input: string,
  list: readonly IStepReference[]
): void {
  const graph = graphOf(building.cells);
  const skill = building.context.find(skillId) as IExecutableSkill;
  const port = skill.inputs.find(({ name }) => name === input);
  const parts = list.map(({ from: [source, output] }) => {
    const from = building.added.get(source) ?? source;
    const call = graph.cells.find(({ id }) => id === from)?.calls[0];
    const known = call && building.context.find(call.skill);
    const has =
      known?.kind === 'executable' && known.outputs.some(({ name }) => name === output);
    if (!has || !call?.target) {
      building.problems.push(
        `Step "${step}", input "${input}": "${source}" has no output "${output}".`
      );
    }
    return `${call?.target ?? source}.${output}`;
  });
  if (port && !connects('array', port.type)) {
    building.problems.push(
      `Step "${step}": "${input}" takes ${port.type}, not a list.`
    );
  }
  const cell = graph.cells.find(({ id }) => id === to);
  const call = cell?.calls[0];
  const source = call
    ? setArgument(cell.source, call, input, `[${parts.join(', ')}]`)
    : null;
  if (source !== null) {
    building.cells = building.cells.map(each =>
      each.id === to ? { ...each, source } : each
    );
  }
}

function contextOf({ context: { find, isReadOnly }, cells }: IBuilding): IEditContext {
  return { find, cells, ...(isReadOnly === undefined ? {} : { isReadOnly }) };
}

/** Narrows an input to a reference. */
export function isReference(value: unknown): value is IStepReference {
  if (!isRecord(value) || Object.keys(value).join() !== 'from') {
    return false;
  }
  const { from } = value;
  return (
    Array.isArray(from) &&
    from.length === 2 &&
    from.every(item => typeof item === 'string')
  );
}

function isReferences(value: unknown): value is readonly IStepReference[] {
  return Array.isArray(value) && value.length > 0 && value.every(isReference);
}

function references({ inputs = {} }: IPlanStep): readonly IStepReference[] {
  return Object.values(inputs).flatMap(value =>
    isReference(value) ? [value] : isReferences(value) ? value : []
  );
}

/** Each step after those that it takes from, else as given; null for a circle. */
function orderSteps(steps: readonly IPlanStep[]): readonly IPlanStep[] | null {
  const ids = new Set(steps.map(({ id }) => id));
  const placed = new Set<string>();
  const order: IPlanStep[] = [];
  let rest = [...steps];
  while (rest.length > 0) {
    const next = rest.find(step =>
      references(step).every(
        ({ from: [other] }) => !ids.has(other) || placed.has(other)
      )
    );
    if (!next) {
      return null;
    }
    placed.add(next.id);
    order.push(next);
    rest = rest.filter(step => step !== next);
  }
  return order;
}
