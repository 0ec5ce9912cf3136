/** The words of a learned skill: name, when to use it, what it was learned from. */
import type { IPort } from '../skill/skill';
import type { IMemberNode } from './compound';
import type { IPattern } from './describePattern';

/**
 * Text from a skill file or a trace as part of a sentence: no line ends, and no marks by
 * which Markdown would begin a code block or HTML.
 */
export function plainText(text: string): string {
  return text.replace(/[`~<>[\]\s\p{C}]+/gu, ' ').trim() || 'step';
}

/**
 * The steps in their order.
 *
 * @example compoundName(['VQE Optimizer', 'Plot']); // 'VQE Optimizer, then Plot'
 */
export function compoundName(steps: readonly string[]): string {
  const names = steps.map(plainText);
  const last = names.at(-1) ?? '';
  return names.length <= 3
    ? `${names.slice(0, -1).join(', ')}, then ${last}`
    : `${names[0]} to ${last} in ${names.length} steps`;
}

/**
 * What it does, in a sentence. It holds for later runs too: whoever edits it keeps it.
 *
 * @example compoundDescription(['A', 'B']); // 'Runs A, then B in one step, with learned defaults.'
 */
export function compoundDescription(steps: readonly string[]): string {
  const what =
    steps.length <= 3
      ? `${compoundName(steps)} in one step`
      : `the ${steps.length} steps from ${plainText(steps[0] ?? '')} to ` +
        `${plainText(steps.at(-1) ?? '')} in one`;
  return `Runs ${what}, with learned defaults.`;
}

/** The Markdown above the code. */
export function compoundBody(
  { count, users, sessions, success }: IPattern,
  members: readonly IMemberNode[],
  ports: readonly IPort[]
): string {
  const steps = members.map(
    ({ skill }, index) =>
      `${index + 1}. ${plainText(skill.name)}: ${plainText(skill.id)}`
  );
  const learned = ports.filter(port => port.default !== undefined);
  const inputs =
    learned.length === 0
      ? 'Every input has to be given.'
      : `${learned.map(({ name }) => `\`${name}\``).join(', ')} may be left out: the defaults are what worked before.`;
  return [
    'One call for a workflow that was run again and again:',
    '',
    ...steps,
    '',
    '## When to use',
    `Instead of these steps one by one. ${inputs}`,
    '',
    '## Learned from',
    `${plural(count, 'run')} in ${plural(sessions, 'session')} by ` +
      `${plural(users, 'person', 'people')}, ` +
      `${Math.round(100 * success)} % of them successful.`,
    '',
    ''
  ].join('\n');
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
