import type { IExecutableSkill, IPort, PortType } from '../../skill/skill';
import { closest, listOf } from '../../skill/suggest';
import { targetName } from '../../skill/cell';
import { namesIn } from '../analyse';
import type { ISkillCall } from '../calls';
import type { IGraphCell } from '../graph';
import { parsePython } from '../python/parse';
import { refuse, type IEditContext, type IRefusal } from './change';
import { findSkill, labelOf, type IState } from './state';

/** An output as an expression of Python. */
export interface IOutput {
  /** The variable that carries it. */
  readonly variable: string;
  readonly expression: string;
  readonly type: PortType;
  /** The source of its cell when that needs a variable first. */
  readonly source?: string;
}

/** An input of one call of a cell. */
export interface IInput {
  readonly call: ISkillCall;
  readonly skill: IExecutableSkill;
  readonly port: IPort;
  /** Names of all inputs, in their order. */
  readonly inputs: readonly string[];
}

/** Every variable of the notebook. */
export function namesOf({ graph }: Pick<IState, 'graph'>): ReadonlySet<string> {
  return namesIn(graph.cells.map(({ analysis }) => analysis));
}

/** Finds an output of a cell: of a skill that it calls, else a variable that it defines. */
export function findOutput(
  state: IState,
  cell: IGraphCell,
  output: string
): IOutput | IRefusal {
  const found = cell.calls.flatMap(call => {
    const skill = findSkill(state.context, call.skill);
    const port = skill?.outputs.find(({ name }) =>
      [name, `${call.target}.${name}`].includes(output)
    );
    return port ? [{ call, port }] : [];
  });
  const [first, more] = found;
  if (first && more) {
    return refuse(
      'unknown-output',
      `${labelOf(state, cell.id)} calls several skills with an output "${output}". Write which one, such as "${first.call.target ?? 'name'}.${output}".`
    );
  }
  if (first) {
    return ofCall(state, cell, first.call, first.port);
  }
  if (cell.analysis.defines.includes(output)) {
    const ofSkill = cell.calls.some(({ target }) => target === output);
    return {
      variable: output,
      expression: output,
      type: ofSkill ? 'object' : 'any'
    };
  }
  return unknownOutput(state, cell, output);
}

function ofCall(
  state: IState,
  cell: IGraphCell,
  call: ISkillCall,
  port: IPort
): IOutput | IRefusal {
  if (call.target !== null) {
    const { target } = call;
    return {
      variable: target,
      expression: `${target}.${port.name}`,
      type: port.type
    };
  }
  const statement = parsePython(cell.source).statements.find(
    ({ kind, start, end }) =>
      kind === 'Expression' && start <= call.start && call.end <= end
  );
  if (!call.topLevel || !statement) {
    return refuse(
      'not-possible',
      `${labelOf(state, cell.id)} calls "${call.skill}" within other code, so its result has no variable. Give it one in the cell first.`
    );
  }
  const name = targetName(call.skill, namesOf(state));
  const { start } = statement;
  return {
    variable: name,
    expression: `${name}.${port.name}`,
    type: port.type,
    source: `${cell.source.slice(0, start)}${name} = ${cell.source.slice(start)}`
  };
}

function unknownOutput(state: IState, cell: IGraphCell, output: string): IRefusal {
  const missing = missingSkill(state.context, cell);
  if (missing !== null) {
    return missing;
  }
  const known = [
    ...cell.calls.flatMap(
      call =>
        findSkill(state.context, call.skill)?.outputs.map(({ name }) => name) ?? []
    ),
    ...cell.analysis.defines
  ];
  return refuse(
    'unknown-output',
    `${labelOf(state, cell.id)} has no output "${output}". ${suggestion(output, known, 'It gives nothing.')}`
  );
}

/** A refusal when the cell calls a skill that the person does not have. */
function missingSkill(context: IEditContext, cell: IGraphCell): IRefusal | null {
  const call = cell.calls.find(each => !findSkill(context, each.skill));
  if (!call) {
    return null;
  }
  const known = context.find(call.skill);
  return refuse(
    'unknown-skill',
    known
      ? `The skill "${call.skill}" guides the assistant and has no inputs or outputs.`
      : `The skill "${call.skill}" is not in the library, so its inputs and outputs are not known. Add it to your volume, or call another skill.`
  );
}

/** Finds an input of the skill that a cell calls. */
export function findInput(
  state: IState,
  cell: IGraphCell,
  input: string
): IInput | IRefusal {
  const label = labelOf(state, cell.id);
  if (cell.calls.length === 0) {
    return refuse(
      'unknown-input',
      `${label} calls no skill. Write the variable into its code instead.`
    );
  }
  const found = cell.calls.flatMap(call => inputOf(state.context, call, input) ?? []);
  const [first, more] = found;
  if (first && more) {
    return refuse(
      'unknown-input',
      `${label} calls several skills with an input "${input}". Write the value into the call that you mean.`
    );
  }
  if (first?.call.arguments.some(({ star }) => star !== '')) {
    return refuse(
      'not-possible',
      `${label} gives inputs with a star (*), so which ones is known only when it runs. Write them out first.`
    );
  }
  const missing = first ? null : missingSkill(state.context, cell);
  const known = cell.calls.flatMap(
    call => findSkill(state.context, call.skill)?.inputs.map(({ name }) => name) ?? []
  );
  return (
    first ??
    missing ??
    refuse(
      'unknown-input',
      `${label} has no input "${input}". ${suggestion(input, known, 'Its skill takes none.')}`
    )
  );
}

function inputOf(
  context: IEditContext,
  call: ISkillCall,
  input: string
): IInput | null {
  const skill = findSkill(context, call.skill);
  const port = skill?.inputs.find(({ name }) => name === input);
  return skill && port
    ? { call, skill, port, inputs: skill.inputs.map(({ name }) => name) }
    : null;
}

function suggestion(name: string, known: readonly string[], none: string): string {
  const near = closest(name, known);
  return known.length === 0
    ? none
    : near === undefined
      ? `Choose one of ${listOf(known)}.`
      : `Did you mean "${near}"?`;
}
