import type { ISkill } from '../skill/skill';
import type { MessagePart } from './conversation';

/**
 * The skills that an answer is about: its text names them, or its calls use them. What was
 * only searched for, found or thought of does not count.
 */
export function skillsAbout(
  skills: readonly ISkill[],
  parts: readonly MessagePart[]
): readonly string[] {
  const text = parts
    .map(part =>
      part.kind === 'text'
        ? part.text
        : part.kind === 'tool' &&
            part.status === 'done' &&
            part.tool !== 'search_skills'
          ? JSON.stringify(part.input)
          : ''
    )
    .join('\n');
  return skills
    .filter(skill => namesOf(skill).some(name => isNamed(text, name)))
    .map(({ id }) => id);
}

/** What a skill is called. A name of one word, such as "Scene", is a word like others. */
function namesOf({ id, aliases, name }: ISkill): readonly string[] {
  return [id, ...aliases, ...(name.includes(' ') ? [name] : [])];
}

function isNamed(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + name.length] ?? ' '}`;
    if (!/[\p{L}\p{N}_-]/u.test(around)) {
      return true;
    }
  }
  return false;
}
