import { targetName } from '../skill/cell';
import { connects } from '../skill/connect';
import { isPythonName } from '../skill/ports';
import type { IExecutableSkill, JsonValue } from '../skill/skill';
import { addSkillCell } from '../workflow/change/add';
import { namesIn } from '../workflow/analyse';
import type { IEditContext, INotebookCell } from '../workflow/change/change';
import { connectCells } from '../workflow/change/connect';
import { graphOf } from '../workflow/change/state';
import { setArgument } from '../workflow/edit';
import {
  isReference,
  isReferences,
  type IPlanStep,
  type IStepReference
} from './planSteps';

/** A workflow as far as it is built. */
export interface IBuilding {
  readonly context: IEditContext;
  readonly steps: ReadonlyMap<string, IPlanStep>;
  readonly added: Map<string, string>;
  readonly problems: string[];
  cells: readonly INotebookCell[];
}

/** Adds one step as a cell, connected to those before it; what does not fit is a problem. */
export function addStep(
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
