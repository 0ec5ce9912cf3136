/** What a question names and the offered steps do not use, so that nobody takes it for done. */
import type { IExecutableSkill, ISkill } from '../../skill/skill';
import { colourIn } from '../colours';
import { isTelling } from './chain';
import { choicesSaid, isColoured, presets } from './examples';
import { unusedIn, type IUnused } from './quantities';
import { wordsOf } from './wanted';

/** Numbers, choices and a colour that set no input of the steps, as one paragraph. */
export function unusedText(
  steps: readonly IExecutableSkill[],
  question: string,
  library: readonly ISkill[]
): readonly string[] {
  const lines = [
    ...unusedIn(steps, question).map(numberText),
    ...steps.flatMap(step => choicesText(step, steps, question)),
    ...colourText(steps, question, library)
  ];
  return lines.length === 0 ? [] : [lines.join(' ')];
}

function numberText({ text, preset, ports }: IUnused): string {
  const names = (ports: readonly string[]): string =>
    ports.map(name => `\`${name}\``).join(', ');
  if (preset.length > 0) {
    return `${text} is the default of ${names(preset)}.`;
  }
  return ports.length > 0
    ? `${text} was not used: it may be meant for ${names(ports)}.`
    : `${text} was not used: no input is left for it.`;
}

/** Other choices of an input: a call makes one of them. */
function choicesText(
  step: IExecutableSkill,
  steps: readonly IExecutableSkill[],
  question: string
): readonly string[] {
  const made = presets(step, question);
  const others = steps
    .filter(each => each !== step)
    .flatMap(({ id, name }) => wordsOf(`${id} ${name}`));
  return step.inputs.flatMap(port => {
    const chosen = made[port.name] ?? port.default;
    return choicesSaid(port, question)
      .filter(choice => choice !== chosen && !others.includes(choice.toLowerCase()))
      .map(
        choice =>
          `The call makes one choice of \`${port.name}\`: *${choice}* needs a call of its own.`
      );
  });
}

/** A colour where no step takes one, with the skill that paints what they make. */
function colourText(
  steps: readonly IExecutableSkill[],
  question: string,
  library: readonly ISkill[]
): readonly string[] {
  const colour = colourIn(question);
  if (
    colour === undefined ||
    steps.length === 0 ||
    steps.some(each => each.inputs.some(isColoured))
  ) {
    return [];
  }
  const made = steps.flatMap(({ outputs }) => outputs.map(({ type }) => type));
  const painter = library.find(
    skill =>
      skill.kind === 'executable' &&
      skill.inputs.some(isColoured) &&
      skill.inputs.some(({ type }) => isTelling(type) && made.includes(type))
  );
  return painter
    ? [
        `*${colour}* was not used: **${painter.name}** (\`${painter.id}\`) takes a colour.`
      ]
    : [];
}
