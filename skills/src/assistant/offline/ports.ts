/** The inputs and outputs of a skill, as its file declares them. */
import { limitsText } from '../../skill/limits';
import type { IExecutableSkill, IPort, ISkill, JsonValue } from '../../skill/skill';
import { closest } from '../../skill/suggest';
import type { ISkillCall } from '../../workflow/calls';
import { askedOf } from '../relevance';
import { cellName } from './cells';
import { splitLibrary } from './compounds';
import type { IQuestion, ITold } from './question';
import { FAULT, sayingOf } from './results';
import { sectionOf } from './texts';
import { says, wantedSkills } from './wanted';

const ASKS =
  /\b(inputs?|outputs?|arguments?|parameters?)\s+(?:of|for|does|do|has|have|can)\b|\b(?:what|which|list|all)\b.*\b(inputs?|outputs|arguments|parameters)\b/i;

/** What is written as an id of a skill. */
const ID = /\b[a-z][a-z0-9]*(?:-[a-z0-9]+)+\b/;
/** Asks what a word means. */
const MEANS =
  /^\W*what (?:does (?:(?:the|an?) )?([\w -]+?) mean(?: here)?|(?:is|are) (?:an? )([\w -]+?))\W*$/i;

/** What a question wants to know of a skill. */
export interface IAboutPorts {
  readonly skill: IExecutableSkill;
  readonly side: 'inputs' | 'outputs';
  /** What the question calls it where there is no such skill. */
  readonly said?: string;
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
  return skill ? { skill, side } : nearPorts(skills, question, side);
}

/** The skill whose id is near one that a question says. */
function nearPorts(
  skills: readonly ISkill[],
  question: string,
  side: IAboutPorts['side']
): IAboutPorts | null {
  const [said] = ID.exec(question) ?? [];
  const able = skills.flatMap(each => (each.kind === 'executable' ? [each] : []));
  const near =
    said &&
    closest(
      said,
      able.map(({ id }) => id)
    );
  const skill = able.find(({ id }) => id === near);
  return said && skill ? { skill, side, said } : null;
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

/**
 * An input of calls in the notebook, of the selected cell where it has it, that a question
 * asks the meaning of, by its name, by a value that it may have, or by both, as in "a tapered
 * mapping"; null for other questions.
 */
export function explainInput(question: IQuestion): ITold | null {
  const { text, cells, graph, find, selected } = question;
  const [, meant, is] = MEANS.exec(text) ?? [];
  const asked = sayingOf(meant ?? is ?? '');
  if (asked === '' || FAULT.test(asked)) {
    return null;
  }
  const found = graph.cells.flatMap(({ id, source, calls }) =>
    calls.flatMap(call => {
      const skill = find(call.skill);
      const ports = skill?.kind === 'executable' ? skill.inputs : [];
      return ports.flatMap(port => {
        const name = sayingOf(port.name);
        const choices = (port.enum ?? []).filter(value => typeof value === 'string');
        const value = choices.find(each =>
          [sayingOf(each), `${sayingOf(each)} ${name}`].includes(asked)
        );
        // What "a Hamiltonian" is as such says no input that only takes one.
        const isSetting = port.default !== undefined || port.enum !== undefined;
        const isNamed = name === asked && (is === undefined || isSetting);
        if (!skill || (!isNamed && value === undefined)) {
          return [];
        }
        const about = choices.flatMap(each => choiceLine(skill, each));
        const lines = [portLine(port), ...about].join('\n');
        const told = `An input of **${skill.name}** (\`${skill.id}\`):\n\n${lines}`;
        return [{ id, told, now: inputNow(port, call, source) }];
      });
    })
  );
  if (found.length === 0) {
    return null;
  }
  const chosen = found.filter(({ id }) => id === selected?.id);
  const shown = chosen.length > 0 ? chosen : found;
  const parts = [...new Set(shown.map(({ told }) => told))].map(about => {
    const lines = shown
      .filter(({ told }) => told === about)
      .flatMap(({ id, now }) =>
        now === null ? [] : `In the cell ${cellName(graph, id)} it is ${now}.`
      );
    return [about, ...lines].join('\n\n');
  });
  return {
    markdown: parts.join('\n\n'),
    cells: cells.filter(({ id }) => shown.some(each => each.id === id))
  };
}

/** What a call has for an input: Markdown; null where `**` may hand it over. */
export function inputNow(
  { name, default: preset }: IPort,
  { arguments: given }: ISkillCall,
  source: string
): string | null {
  const set = given.find(each => each.name === name);
  if (set) {
    return `\`${source.slice(set.valueStart, set.valueEnd)}\``;
  }
  if (given.some(each => each.name === null)) {
    return null;
  }
  return preset === undefined
    ? 'not given'
    : `\`${JSON.stringify(preset)}\`, its default`;
}

/** What the skill's own text says of a value that an input may have. */
export function choiceLine({ body }: ISkill, value: string): readonly string[] {
  return sectionOf(body, 'Choices')
    .split('\n')
    .filter(line => line.startsWith(`- \`${value}\`: `));
}

/** Each with its type, unit, default and limits: Markdown. */
export function portsText({ skill, side, said }: IAboutPorts): string {
  const ports = skill[side];
  const { name, id } = skill;
  const near = said ? `There is no skill \`${said}\`. Did you mean \`${id}\`?\n\n` : '';
  if (ports.length === 0) {
    return `${near}**${name}** (\`${id}\`) has no ${side}.`;
  }
  const lines = ports.map(portLine);
  return `${near}The ${side} of **${name}** (\`${id}\`):\n\n${lines.join('\n')}`;
}

/** A port with its type, unit, default and limits: Markdown. */
export function portLine({ description, ...port }: IPort): string {
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
