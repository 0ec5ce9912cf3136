import { closest, listOf } from '../skill/suggest';
import { checkInputs } from '../skill/values';
import type { IEditContext } from '../workflow/change/change';
import {
  isReference,
  isReferences,
  references,
  type IPlanStep,
  type StepInput
} from './planSteps';

/** Everything that can be said before a cell is made. */
export function checkSteps(
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
