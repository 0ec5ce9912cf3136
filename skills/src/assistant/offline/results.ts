/** Why an output of a skill is as it is, from the skill's own text and the notebook. */
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import type { IGraphCell } from '../../workflow/graph';
import type { IQuestion } from './question';
import { sectionOf } from './texts';
import { wordsOf } from './wanted';

const ASKS =
  /\b(?:why|how|what)\b.*\b(?:large|high|big|small|low|bad|wrong|far|off|improve|reduce|lower|decrease|increase|smaller|larger|better)\b/i;
/** Sections of a skill that say what its outputs depend on. */
const SECTIONS = ['Limits', 'Accuracy', 'Notes', 'Choices'];

/** An output that a question is about. */
export interface IAboutResult {
  readonly skill: IExecutableSkill;
  readonly output: IPort;
}

/**
 * The output of a skill that a question names with it, when it asks why it is so or how to
 * change it: "Why is the error of my vqe so large?"
 */
export function resultAsked(
  skills: readonly ISkill[],
  question: string
): IAboutResult | null {
  const words = wordsOf(question);
  const found = skills.flatMap(skill => {
    const { id, name } = skill;
    const isNamed = [...wordsOf(id), ...wordsOf(name)].some(word =>
      words.includes(word)
    );
    const outputs = skill.kind === 'executable' && isNamed ? skill.outputs : [];
    const output = outputs.find(each =>
      wordsOf(each.name).every(word => words.includes(word))
    );
    return output && skill.kind === 'executable' ? [{ skill, output }] : [];
  });
  return ASKS.test(question) ? (found[0] ?? null) : null;
}

/** What it is, what it was, and what to turn: Markdown. */
export function explainResult(
  about: IAboutResult,
  { graph, variables }: Pick<IQuestion, 'graph' | 'variables'>
): string {
  const { skill, output } = about;
  const { description = '', unit } = output;
  const what = [description, unit === undefined ? '' : `in ${unit}`];
  const sections = SECTIONS.flatMap(title => sectionOf(skill.body, title) || []);
  const inputs = skill.inputs
    .filter(({ default: preset }) => preset !== undefined)
    .map(
      ({ name, default: preset, description: text = '' }) =>
        `- \`${name}\` (${JSON.stringify(preset)} by default): ${text}`
    );
  return [
    `\`${output.name}\` of **${skill.name}** (\`${skill.id}\`): ${what.filter(Boolean).join(', ')}.`,
    ...valuesNow(about, graph.cells, variables),
    ...sections,
    ...(inputs.length > 0 ? [`**What you can turn**\n\n${inputs.join('\n')}`] : [])
  ].join('\n\n');
}

/** The value of each call in these cells, and what it was called with. */
export function valuesNow(
  { skill, output }: IAboutResult,
  cells: readonly IGraphCell[],
  variables: readonly string[]
): readonly string[] {
  return cells.flatMap(({ calls, source }) =>
    calls.flatMap(call => {
      const { skill: id, target, arguments: given } = call;
      const line = variables.find(each => each.startsWith(`${target}: `));
      const value = new RegExp(`[ {]${output.name}: [^;{}]*= ([^;{}]*)`).exec(
        line ?? ''
      );
      if (target === null || (id !== skill.id && !skill.aliases.includes(id))) {
        return [];
      }
      const inputs = given.flatMap(({ name, valueStart, valueEnd }) =>
        name === null ? [] : `\`${name}\` = \`${source.slice(valueStart, valueEnd)}\``
      );
      const now = value?.[1]?.trim() ?? 'not known: run its cell';
      const how = inputs.length > 0 ? `, with ${inputs.join(', ')}` : '';
      return [`In this notebook \`${target}.${output.name}\` is ${now}${how}.`];
    })
  );
}
