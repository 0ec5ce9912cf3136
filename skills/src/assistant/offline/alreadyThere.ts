/** What the notebook has already of the steps that do what a question asks. */
import { readPython } from '../../skill/python';
import { listOf } from '../../skill/suggest';
import type { ISkillCall } from '../../workflow/calls';
import type { IGraphCell } from '../../workflow/graph';
import { isReference, type IPlanStep } from '../planSteps';
import { cellName } from './cells';
import type { IQuestion, ITold } from './question';
import { givenResults, sayingOf } from './results';
import { resultsFor, tellResults } from './values';

/** Asks for what one thing is: "What is the ground state energy of the hydrogen molecule?" */
const WHAT_OF = /^\W*what(?:'s| is| was) (?:the|my) ([\w -]+?) of (?!an? )[\w -]+\W*$/i;

interface ICallOf {
  readonly cell: IGraphCell;
  readonly call: ISkillCall;
}

/**
 * The values that a question asks for, where cells of the notebook are the steps that would
 * be offered for it: the same skills, connected so, with the same choices; else null.
 */
export function alreadyThere(
  steps: readonly IPlanStep[],
  question: IQuestion
): ITold | null {
  const asked = sayingOf(WHAT_OF.exec(question.text)?.[1] ?? '');
  const calls = asked === '' ? null : callsOf(steps, question);
  const given = givenResults(question).filter(({ call }) =>
    calls?.some(each => each.call === call)
  );
  const named = resultsFor(asked, given);
  if (!calls || named.length === 0) {
    return null;
  }
  const { graph, cells } = question;
  const ids = calls.map(({ cell }) => cell.id);
  const names = ids.map(id => cellName(graph, id));
  const where = `${names.length === 1 ? 'the cell' : 'the cells'} ${listOf(names, 'and')}`;
  const { markdown } = tellResults(named, question);
  return {
    markdown: `What the library has for this is in this notebook already: ${where}.\n\n${markdown}`,
    cells: cells.filter(({ id }) => ids.includes(id))
  };
}

/** For each step a cell that is nothing but its call; null where one has none. */
function callsOf(
  steps: readonly IPlanStep[],
  { graph, find }: IQuestion
): readonly ICallOf[] | null {
  const all = graph.cells
    .filter(({ analysis }) => analysis.isOneCall)
    .flatMap(cell => cell.calls.map(call => ({ cell, call })));
  const found = new Map<string, ICallOf>();
  for (const step of steps) {
    const same = all.find(each => isStep(each, step));
    if (!same) {
      return null;
    }
    found.set(step.id, same);
  }
  return [...found.values()];

  function isStep(
    { cell, call }: ICallOf,
    { skill: id, inputs = {} }: IPlanStep
  ): boolean {
    const skill = find(call.skill);
    return (
      skill?.kind === 'executable' &&
      skill.id === id &&
      // What `**` hands over could be any choice.
      call.arguments.every(({ name }) => name !== null) &&
      skill.inputs.every(({ name, enum: choices, default: preset }) => {
        const wanted = inputs[name];
        const set = call.arguments.find(each => each.name === name);
        if (isReference(wanted)) {
          const target = found.get(wanted.from[0])?.call.target ?? null;
          return target !== null && set?.source?.name === target;
        }
        const value = set
          ? readPython(cell.source.slice(set.valueStart, set.valueEnd))
          : preset;
        return (
          (wanted === undefined && choices === undefined) ||
          JSON.stringify(value) === JSON.stringify(wanted ?? preset)
        );
      })
    );
  }
}
