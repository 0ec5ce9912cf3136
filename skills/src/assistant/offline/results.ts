/** What an output of a skill is, and why, from the skill's own text and the notebook. */
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import type { IGraphCell } from '../../workflow/graph';
import type { IQuestion, ITold } from './question';
import { sectionOf } from './texts';
import { wordsOf } from './wanted';

const ASKS =
  /\b(?:why|how|what)\b.*\b(?:large|high|big|small|low|bad|wrong|far|off|improve|reduce|lower|decrease|increase|smaller|larger|better|zero|negative)\b/i;
const ASKS_WHY = /\b(?:why|improve|reduce|lower|decrease|increase|better)\b/i;
const ASKS_VALUE =
  /\bvalues?\b|\bwhat(?:'s| is| are| was)\b|\bhow (?:large|big|much|high|low|small|far)\b/i;
/** An output as code names it, `vqe.eigenvalue`; no call of a method. */
const DOTTED = /(?<![\w.])([A-Za-z_]\w*)\.([A-Za-z_]\w*)(?![\w(])/g;
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

/** An output of a call in the notebook, by the variable that has it. */
interface INamedResult extends IAboutResult {
  readonly target: string;
}

/**
 * The outputs that a question names as code does, or as "the eigenvalue of vqe" with a
 * variable of the notebook.
 */
function resultsNamed({ text, graph, find }: IQuestion): readonly INamedResult[] {
  const dotted = [...text.matchAll(DOTTED)].map(([name]) => name);
  const words = ` ${wordsOf(text).join(' ')} `;
  return graph.cells
    .flatMap(({ calls }) => calls)
    .flatMap(({ skill: id, target }) => {
      const skill = find(id);
      if (skill?.kind !== 'executable' || target === null) {
        return [];
      }
      const isNamed = ({ name }: IPort): boolean => {
        const said = ` ${wordsOf(name).join(' ')} of `;
        return (
          dotted.includes(`${target}.${name}`) ||
          [said, `${said}the `].some(of =>
            words.includes(`${of}${wordsOf(target).join(' ')} `)
          )
        );
      };
      return skill.outputs.filter(isNamed).map(output => ({ skill, output, target }));
    });
}

/** The values of the outputs that a question names; null where it asks for none. */
export function explainValue(question: IQuestion): ITold | null {
  const { text, graph, variables } = question;
  const named =
    ASKS_VALUE.test(text) && !ASKS_WHY.test(text) ? resultsNamed(question) : [];
  const lines = named.map(({ skill, output, target }) => {
    const cells = graph.cells.map(cell => ({
      ...cell,
      calls: cell.calls.filter(call => call.target === target)
    }));
    const about = whatIs(output);
    const [value = ''] = valuesNow({ skill, output }, cells, variables).slice(-1);
    return about === '' ? value : `${value} It is: ${about}.`;
  });
  const targets = new Set(named.map(({ target }) => target));
  const ids = new Set(
    graph.cells
      .filter(({ calls }) => calls.some(({ target }) => targets.has(target ?? '')))
      .map(({ id }) => id)
  );
  return lines.length === 0
    ? null
    : {
        markdown: [...new Set(lines)].join('\n\n'),
        cells: question.cells.filter(({ id }) => ids.has(id))
      };
}

/** What an output holds, and in which unit. */
function whatIs({ description = '', unit }: IPort): string {
  return [description, unit === undefined ? '' : `in ${unit}`]
    .filter(Boolean)
    .join(', ');
}

/** What it is, what it was, and what to turn: Markdown. */
export function explainResult(
  about: IAboutResult,
  { graph, variables }: Pick<IQuestion, 'graph' | 'variables'>
): string {
  const { skill, output } = about;
  const sections = SECTIONS.flatMap(title => sectionOf(skill.body, title) || []);
  const inputs = skill.inputs
    .filter(({ default: preset }) => preset !== undefined)
    .map(
      ({ name, default: preset, description: text = '' }) =>
        `- \`${name}\` (${JSON.stringify(preset)} by default): ${text}`
    );
  return [
    `\`${output.name}\` of **${skill.name}** (\`${skill.id}\`): ${whatIs(output)}.`,
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
      const now =
        value?.[1]?.trim() ??
        'not known: its cell has not run in this kernel, or the kernel is busy';
      const how = inputs.length > 0 ? `, with ${inputs.join(', ')}` : '';
      return [`In this notebook \`${target}.${output.name}\` is ${now}${how}.`];
    })
  );
}
