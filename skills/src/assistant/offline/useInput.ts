/** How an input of a call is set: by its name, or by a value that it may have. */
import type { IExecutableSkill, IPort } from '../../skill/skill';
import { formatPython } from '../../skill/python';
import type { ISkillCall } from '../../workflow/calls';
import type { IGraphCell } from '../../workflow/graph';
import { cellName } from './cells';
import { inputNow, portLine, choiceLine } from './ports';
import type { IQuestion, ITold } from './question';
import { sayingOf } from './results';
import { wordsOf } from './wanted';

const ASKS =
  /^\W*(?:(?:how|where) (?:do|can|could|should) (?:i|we)|how to|can (?:i|we)|is it possible to|is there a way to) (?:use|set|choose|select|pick|try|(?:change|switch)(?: to)?|vary|increase|raise|decrease|reduce|lower|adjust|get|have|do|take|run) (.+?)\W*$/i;
/** The same as an order. */
const ORDERS =
  /^\W*(?:(?:please|can you|could you) )*(?:set|(?:change|switch)(?: to)?|increase|raise|decrease|reduce|lower|adjust) (.+?)\W*$/i;
/** Asks for several values of an input; what comes before them is that. */
const SWEEPS =
  /^\W*(?:(?:how (?:do|can|should) (?:i|we)|how to|can (?:i|we|you)|could you|please) )*(?:sweep|scan|vary) (?:over )?(.+?)(?: (?:from|between|over|in|for|with) .*)?\W*$/i;
/** What stands before and behind the name of what is set. */
const BEFORE =
  /^(?:(?:\d[\d.]*|the|a|an|my|its|this|some|any|more|fewer|less|many|other|another|different|larger|smaller|higher|lower|bigger|longer|shorter|new|number of|value of|input|parameter|choice) )+/i;
const BEHIND =
  /(?: (?:input|parameter|method|instead|here|now))?(?: to ["'`]?([\w.-]+)["'`]?(?: instead| here| now)?)?$/i;
/** Of what it is, which has to be the call or the notebook. */
const OF = /^(.*) (?:for|in|of|with|on) (?:(?:the|my|this) )?([\w -]+?)$/i;
const ANY_CALL: ReadonlySet<string> = new Set(
  'it call cell notebook skill this'.split(' ')
);

interface IInput {
  readonly skill: IExecutableSkill;
  readonly port: IPort;
  /** The value that is asked for, where it is a choice. */
  readonly choice: string | undefined;
}

interface ISetting extends IInput {
  readonly cell: IGraphCell;
  readonly call: ISkillCall;
}

/**
 * How an input of a call in the notebook is set that a question names by its name or by a
 * choice that it has: "How do I use COBYLA?" Null for others.
 */
export function explainSetting(question: IQuestion): ITold | null {
  const { graph, cells } = question;
  const asked = (ASKS.exec(question.text) ?? ORDERS.exec(question.text))?.[1] ?? '';
  const to = BEHIND.exec(asked)?.[1] ?? /^\d[\d.]*/.exec(asked)?.[0];
  const calls = settingsCalled(asked, to, question);
  if (calls.length === 0) {
    return null;
  }
  const about = [...new Set(calls.map(each => aboutText(each, to)))];
  const now = calls.flatMap(({ cell, call, port }) => {
    const value = inputNow(port, call, cell.source);
    return value === null
      ? []
      : `In the cell ${cellName(graph, cell.id)} it is ${value}.`;
  });
  const ids = new Set(calls.map(({ cell }) => cell.id));
  return {
    markdown: [...about, ...now].join('\n\n'),
    cells: cells.filter(({ id }) => ids.has(id))
  };
}

/** Where a call runs for several values of an input that a question names; null for others. */
export function explainSweep(question: IQuestion): ITold | null {
  const { graph, cells, text } = question;
  const calls = settingsCalled(SWEEPS.exec(text)?.[1] ?? '', undefined, question);
  const lines = calls.map(({ cell, port }) => {
    const node = cellName(graph, cell.id);
    return `*Sweep an input…*, in the menu of the node ${node} in the graph, runs its call for a range or a list of values of \`${port.name}\`, and puts a table and a chart below. Calls that use its result run for each value as well.`;
  });
  const ids = new Set(calls.map(({ cell }) => cell.id));
  return lines.length === 0
    ? null
    : { markdown: lines.join('\n\n'), cells: cells.filter(({ id }) => ids.has(id)) };
}

/** The inputs of the notebook's calls that are called so. */
function settingsCalled(
  asked: string,
  to: string | undefined,
  { graph, find }: IQuestion
): readonly ISetting[] {
  return graph.cells.flatMap(cell =>
    cell.calls.flatMap((call): readonly ISetting[] => {
      const skill = find(call.skill);
      return skill?.kind === 'executable'
        ? inputsCalled(skill, namesIn(asked, skill, call), to).map(each => {
            return { ...each, cell, call };
          })
        : [];
    })
  );
}

/** What may be the name that is asked for: with and without the words around it. */
function namesIn(
  asked: string,
  { id, name, keywords, inputs }: IExecutableSkill,
  { target }: ISkillCall
): readonly string[] {
  const ports = inputs.map(port => port.name);
  const own = wordsOf([id, name, target ?? '', ...keywords, ...ports].join(' '));
  const said = asked.replace(BEHIND, '');
  const [, first, of = ''] = OF.exec(said) ?? [];
  const isOwn = wordsOf(of).every(word => own.includes(word) || ANY_CALL.has(word));
  const texts = [asked, said, ...(first !== undefined && isOwn ? [first] : [])];
  const bare = texts.map(text => text.replace(BEFORE, '').replace(BEHIND, ''));
  return [...texts, ...bare].map(sayingOf).filter(each => each !== '');
}

function inputsCalled(
  skill: IExecutableSkill,
  asked: readonly string[],
  to: string | undefined
): readonly IInput[] {
  return skill.inputs.flatMap(port => {
    const name = sayingOf(port.name);
    const isNamed = asked.includes(name);
    const choice = choicesOf(port).find(value => {
      const said = sayingOf(value);
      return (
        [said, `${said} ${name}`].some(each => asked.includes(each)) ||
        (isNamed && to !== undefined && sayingOf(to) === said)
      );
    });
    // What other cells give is connected, not set.
    const isSetting = port.default !== undefined || port.enum !== undefined;
    return choice !== undefined || (isSetting && isNamed)
      ? [{ skill, port, choice }]
      : [];
  });
}

/** @param to the value that is asked for, as the question says it */
function aboutText({ skill, port, choice }: IInput, to?: string): string {
  const choices = choicesOf(port);
  const lines = choices.flatMap(each => choiceLine(skill, each));
  const isOther = to !== undefined && choice === undefined && choices.length > 0;
  const number = to === undefined || isOther || Number.isNaN(Number(to)) ? '…' : to;
  const value = choice === undefined ? number : formatPython(choice);
  return [
    ...(isOther ? [`\`${to}\` is none of the choices for \`${port.name}\`.`] : []),
    `Write \`${port.name}=${value}\` in the call of **${skill.name}** (\`${skill.id}\`), or set it in the form above the cell; *Run stale* (◐ in the toolbar) then runs what depends on it.`,
    [portLine(port), ...lines].join('\n')
  ].join('\n\n');
}

function choicesOf({ enum: choices = [] }: IPort): readonly string[] {
  return choices.filter(value => typeof value === 'string');
}
