/** The inputs and outputs of a skill, as its file declares them. */
import { limitsText } from '../../skill/limits';
import type { IExecutableSkill, IPort, ISkill, JsonValue } from '../../skill/skill';
import { askedOf } from '../relevance';
import { splitLibrary } from './compounds';
import { says, wantedSkills } from './wanted';

const ASKS =
  /\b(inputs?|outputs?|arguments?|parameters?)\s+(?:of|for|does|do|has|have|can)\b|\b(?:what|which|list|all)\b.*\b(inputs?|outputs|arguments|parameters)\b/i;

/** What a question wants to know of a skill. */
export interface IAboutPorts {
  readonly skill: IExecutableSkill;
  readonly side: 'inputs' | 'outputs';
}

/**
 * The skill whose inputs or outputs a question asks for: the one that it names by id,
 * alias or name, else the only one that its words name.
 */
export function portsAsked(
  skills: readonly ISkill[],
  question: string
): IAboutPorts | null {
  const match = ASKS.exec(question);
  if (!match) {
    return null;
  }
  const named = skills.flatMap(skill => {
    const names = [skill.id, skill.name, ...skill.aliases].filter(name =>
      says(question, name)
    );
    const length = Math.max(0, ...names.map(name => name.length));
    return skill.kind === 'executable' && length > 0 ? [{ skill, length }] : [];
  });
  // The longest: an id may begin with another.
  const [best] = named.sort((a, b) => b.length - a.length);
  const skill = best?.skill ?? onlyWanted(skills, question);
  const side = /^output/i.test(match[1] ?? match[2] ?? '') ? 'outputs' : 'inputs';
  return skill ? { skill, side } : null;
}

/** The skill that the words of a question name, where they name one alone. */
function onlyWanted(
  skills: readonly ISkill[],
  question: string
): IExecutableSkill | undefined {
  const { single } = splitLibrary(skills, question);
  const wanted = wantedSkills(single, askedOf(single, question)).skills;
  return wanted.length === 1 ? wanted[0] : undefined;
}

/** Each with its type, unit, default and limits: Markdown. */
export function portsText({ skill, side }: IAboutPorts): string {
  const ports = skill[side];
  const { name, id } = skill;
  if (ports.length === 0) {
    return `**${name}** (\`${id}\`) has no ${side}.`;
  }
  const lines = ports.map(portLine);
  return `The ${side} of **${name}** (\`${id}\`):\n\n${lines.join('\n')}`;
}

function portLine({ description, ...port }: IPort): string {
  const { default: preset } = port;
  const code = (value: JsonValue): string => `\`${JSON.stringify(value)}\``;
  const facts = [
    port.type,
    port.unit === undefined ? '' : `in ${port.unit}`,
    port.required === true && preset === undefined ? 'has to be given' : '',
    preset === undefined ? '' : `${code(preset)} by default`,
    limitsText(port, code)
  ].filter(fact => fact !== '');
  const what = description === undefined ? '' : `. ${description}`;
  return `- \`${port.name}\`: ${facts.join(', ')}${what}`;
}
