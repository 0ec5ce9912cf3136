import type { IExecutableSkill, ISkill } from '../../skill/skill';
import { listOf } from '../../skill/suggest';
import { IMPORT_LINE } from '../../workflow/change/importLine';
import { planWorkflow } from '../plan';
import type { IPlanStep } from '../planSteps';
import type { IAsked } from '../relevance';
import type { ICompoundSkill } from './compounds';
import { exampleSources } from './examples';
import { isForeign } from './language';
import { exampleText, type IsKnown } from './runnable';

/** Skills named at most where none fits. */
const NEAREST = 3;

/** What is set for the question when the skill is inserted, and why so. */
export function choiceText(step: IPlanStep, why: readonly string[]): readonly string[] {
  const set = setText(step);
  return set === '' ? [] : [[`*For your question:* ${set}.`, ...why].join(' ')];
}

/** Values that a step is given, apart from those of other steps. */
function setText({ inputs = {} }: IPlanStep): string {
  return Object.entries(inputs)
    .filter(([, value]) => typeof value !== 'object')
    .map(([name, value]) => `\`${name} = ${JSON.stringify(value)}\``)
    .join(', ');
}

/** The steps of a workflow, each with what it does and what is set for the question. */
export function workflowText(
  steps: readonly IPlanStep[],
  byId: ReadonlyMap<string, ISkill>
): string {
  const lines = steps.map((step, index) => {
    const { skill = '' } = step;
    const { name = skill, description = '' } = byId.get(skill) ?? {};
    const set = setText(step);
    const given = set === '' ? '' : ` Here with ${set}.`;
    return `${index + 1}. **${name}** (\`${skill}\`): ${description}${given}`;
  });
  return `These skills fit together by their inputs and outputs:\n\n${lines.join('\n')}`;
}

/** A part of a question, and the skill for it, which a workflow does without. */
export interface ILeftOut {
  readonly text: string;
  readonly skill: IExecutableSkill;
}

/** What the workflow leaves out, so that nobody takes it for done. */
export function leftOutText(parts: readonly ILeftOut[]): readonly string[] {
  return parts.map(({ text, skill: { id, name, inputs } }) => {
    const port = inputs.find(
      ({ required, default: preset }) => required === true && preset === undefined
    );
    const why = port
      ? `which of the values it takes as \`${port.name}\` does not follow from their types`
      : 'it does not connect with the other steps';
    return `*"${plain(text)}" is left out:* **${name}** (\`${id}\`) would do it, but ${why}. Insert it by itself and connect it.`;
  });
}

/** Skills that do several steps of a workflow in one call. */
export function atOnceText(
  steps: readonly IPlanStep[],
  compounds: readonly ICompoundSkill[]
): readonly string[] {
  return compounds.map(({ skill: { id, name }, members }) => {
    const numbers = steps.flatMap(({ skill = '' }, index) =>
      members.includes(skill) ? String(index + 1) : []
    );
    return `**${name}** (\`${id}\`) does steps ${listOf(numbers, 'and')} in one call.`;
  });
}

/**
 * The calls of steps with what is set for the question, as they are inserted; undefined where
 * nothing is set, or none of them calls the skill.
 */
export function callsText(
  steps: readonly IPlanStep[],
  byId: ReadonlyMap<string, ISkill>,
  id: string
): string | undefined {
  const isOfSkill = steps.some(({ skill }) => skill === id);
  if (!isOfSkill || steps.every(step => setText(step) === '')) {
    return undefined;
  }
  let made = 0;
  const context = { cells: [], find: (each: string) => byId.get(each) };
  const plan = planWorkflow(context, steps, () => String(made++));
  return plan.ok
    ? plan.cells
        .map(({ source }) => source)
        .filter(source => source !== IMPORT_LINE)
        .join('\n')
    : undefined;
}

/**
 * A skill from its own text: what it is, when to use it, an example call or those given.
 *
 * @param isKnown what the notebook has, which an example may use
 */
export function explainSkill(
  skill: ISkill,
  example = exampleSources(skill)[0],
  isKnown: IsKnown = () => false
): string {
  const when = sectionOf(skill.body, 'When to use');
  const approach = skill.kind === 'context' ? sectionOf(skill.body, 'Approach') : '';
  return [
    `**${skill.name}** (\`${skill.id}\`): ${skill.description}`,
    when === '' ? '' : `*When to use.* ${when}`,
    approach,
    example === undefined ? '' : exampleText(skill, example, isKnown)
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

/** The text under a heading, without the blocks in it. */
export function sectionOf(body: string, title: string): string {
  const lines = body.split('\n');
  const start = lines.findIndex(
    line => /^#{1,3}\s/.test(line) && line.replace(/^#+\s*/, '').trim() === title
  );
  const rest = start < 0 ? [] : lines.slice(start + 1);
  const end = rest.findIndex(line => /^#{1,3}\s|^\s*(?:~~~|```)/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).join('\n').trim();
}

/** That nothing tells how to do what is asked, and where to look. */
export const UNKNOWN_HOW =
  'No skill of the library fits, and I do not know how that is done. *Guide*, in the menu *Help*, has examples; the command palette (Ctrl+Shift+C) finds commands by their names, and the Skills panel skills. With a key for a model I can answer freely.';

/** That a question is in no language that is read without a model. */
const ENGLISH_ONLY =
  'Without a model I read English only: ask again in English. With a key for a model you can ask in any language.';

/** That nothing fits, with the skills that share some of the words, as no more than that. */
export function nothingText(
  { text, covers }: IAsked,
  byId: ReadonlyMap<string, ISkill>
): string {
  if (isForeign(text)) {
    return ENGLISH_ONLY;
  }
  const near = nearestOf(covers).flatMap(([id, words]) => {
    const skill = byId.get(id);
    return skill
      ? `- **${skill.name}** (\`${id}\`) has to do with *${words.join(', ')}*: ${skill.description}`
      : [];
  });
  return [
    near.length > 0
      ? 'No skill of the library fits this well. These are only near by a word of it:'
      : 'No skill of the library fits these words.',
    ...(near.length > 0 ? [near.join('\n')] : []),
    'Try other words, such as *plot*, *filter* or *ground state*, or browse the Skills panel. With a key for a model I can answer freely.'
  ].join('\n\n');
}

/** What no skill answers in a question of which others answer the rest. */
export function unfitText(
  parts: readonly IAsked[],
  byId: ReadonlyMap<string, ISkill>
): readonly string[] {
  return parts.map(({ text, covers }) => {
    const near = nearestOf(covers).flatMap(([id]) => (byId.has(id) ? `\`${id}\`` : []));
    const only = near.length > 0 ? ` Only near by a word: ${near.join(', ')}.` : '';
    return `*No skill fits "${plain(text)}" well.*${only}`;
  });
}

/** Words of a person without what Markdown would read in them. */
export function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, '\\$&');
}

/** Skills that have a word of what is asked themselves, nearest first, with their words. */
function nearestOf(
  covers: IAsked['covers']
): readonly (readonly [string, readonly string[]])[] {
  return [...covers]
    .filter(([, { words }]) => words.length > 0)
    .sort(([a, x], [b, y]) => y.share - x.share || (a < b ? -1 : 1))
    .slice(0, NEAREST)
    .map(([id, { words }]) => [id, words] as const);
}
