/** What is to be done with one value of the notebook that a question names. */
import { targetName } from '../../skill/cell';
import { formatPython } from '../../skill/python';
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import { variablesOf } from './aboutNotebook';
import { worthOf } from './chain';
import { presets } from './examples';
import type { IOffered } from './offerSkills';
import type { IQuestion } from './question';
import { knownIn } from './runnable';
import { givenResults, lastOf } from './results';
import { explainSkill } from './texts';

const NAME = '`?([\\p{L}_][\\p{L}\\p{N}_]*)`?';
/** What it is called beside its name. */
const KIND =
  '(?:(?:the|my|our|this|variable|values?|numbers?|list|array|table|series|data ?frame|data|of|in|from) )*';
const PLEASE =
  '(?:(?:please|can you|could you|(?:how|where) (?:do|can) (?:i|we)|how to|i (?:want|would like) to) )*';
/** "Export df as csv", "How do I plot my list xs?", "plot ys against xs". */
const NAMES = new RegExp(
  `^\\W*${PLEASE}(?:(export|save|write|download)|plot|draw|chart|graph|visuali[sz]e) ${KIND}${NAME}(?: (?:over|against|versus|vs\\.?) ${KIND}${NAME})?(?: (?:to|as|in|into|with|by) .*)?\\W*$`,
  'iu'
);

/** Writes any data, and draws any numbers. */
const SKILLS = { save: 'export-results', draw: 'plot-xy' } as const;

/** The call that saves or draws the value that a question names; null where it names none. */
export function handOver(
  skills: readonly ISkill[],
  question: IQuestion
): IOffered | null {
  const [, saves, name = '', over = ''] = NAMES.exec(question.text) ?? [];
  const defined = question.graph.cells.flatMap(variablesOf);
  const id = saves === undefined ? SKILLS.draw : SKILLS.save;
  const skill = skills.find(each => each.id === id);
  if (!defined.includes(name) || skill?.kind !== 'executable') {
    return null;
  }
  const handed =
    saves === undefined
      ? drawn([name, defined.includes(over) ? over : null], question)
      : saved(skill, name, question);
  if (!handed) {
    return null;
  }
  const taken = question.graph.cells.flatMap(({ analysis }) => analysis.defines);
  const target = targetName(skill.id, taken);
  const set = Object.entries(presets(skill, question.text))
    .filter(([input]) => !Object.hasOwn(handed, input))
    .flatMap(([input, value]) =>
      typeof value === 'object' ? [] : [`${input}=${formatPython(value)}`]
    );
  const inputs = [...Object.entries(handed).map(pair => pair.join('=')), ...set];
  const call = `${target} = await skill(${formatPython(skill.id)})(${inputs.join(', ')})`;
  return {
    markdown: explainSkill(skill, call, knownIn(question)),
    skills: [skill.id],
    workflow: null
  };
}

/** Arguments as Python, by input; null where the value cannot be handed over. */
type Handed = Readonly<Record<string, string>> | null;

/** Of what a skill gave the picture, where one is asked for, else its richest data. */
function saved(skill: IExecutableSkill, name: string, question: IQuestion): Handed {
  const filename = formatPython(name);
  const isPicture = presets(skill, question.text)['format'] === 'png';
  const given = lastOf(givenResults(question)).filter(
    ({ call }) => call.target === name
  );
  if (given.length === 0) {
    return isPicture ? null : { data: name, filename };
  }
  const outputs = given.map(({ output }) => output);
  const picture = outputs.find(({ type }) => type === 'image');
  if (isPicture) {
    return picture ? { plot_image: `${name}.${picture.name}`, filename } : null;
  }
  const richest = outputs.reduce<IPort | undefined>(
    (best, each) => (worthOf(each) > (best ? worthOf(best) : 0) ? each : best),
    undefined
  );
  return richest ? { data: `${name}.${richest.name}`, filename } : null;
}

/** Of a table its columns of numbers; what skills give has skills of its own that draw it. */
function drawn(
  [name, over]: readonly [string, string | null],
  question: IQuestion
): Handed {
  const isGiven = givenResults(question).some(({ call }) => call.target === name);
  const type = question.variable(name) ?? '';
  if (isGiven || type.startsWith('str') || type.startsWith('Outputs')) {
    return null;
  }
  const y = type.startsWith('DataFrame')
    ? `${name}.select_dtypes("number").to_dict("list")`
    : name;
  return over === null ? { y } : { x: over, y };
}
