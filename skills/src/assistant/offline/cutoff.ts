/** The cut-off of a filter that the notebook computes, from its parts. */
import { readPython } from '../../skill/python';
import type { ISkillCall } from '../../workflow/calls';
import type { IExecutableSkill, IPort } from '../../skill/skill';
import { listOf } from '../../skill/suggest';
import { cellName } from './cells';
import { filterParts, plainValue } from './quantities';
import type { IQuestion, ITold } from './question';
import { variableNow, variableText } from './values';
import { sayingOf } from './results';

const ASKS =
  /^\W*(?:what(?:'s| is| was)|how (?:high|large|low) is|where is) (?:the |my )?(?:-?3 ?db )?(?:cut[- ]?off|corner)(?: frequency| point)?(?: of (?:the|my|this) [\w -]+?)?(?: (?:here|now|in (?:this|the|my) notebook))?\W*$/i;
/** What a variable of it is called. */
const NAMES = /^(?:f c|fc|(?:f )?(?:cut ?off|corner)(?: frequency| f)?)$/;

/** The cut-off of the filters that the notebook calls; null for other questions. */
export function explainCutoff(question: IQuestion): ITold | null {
  if (!ASKS.test(question.text)) {
    return null;
  }
  const { graph, find, cells } = question;
  const named = graph.cells
    .flatMap(({ analysis }) => analysis.defines)
    .find(name => NAMES.test(sayingOf(name)));
  const found = graph.cells.flatMap(({ id, source, calls }) =>
    calls.flatMap(call => {
      const skill = find(call.skill);
      const text =
        skill?.kind === 'executable' ? cutoffText(skill, call, source) : null;
      return text === null ? [] : [{ id, text }];
    })
  );
  if (found.length === 0) {
    return named === undefined ? null : variableText(named, question);
  }
  const variable = named === undefined ? null : variableNow(named, question);
  const texts = [...new Set(found.map(({ text }) => text))].map(text => {
    const same = found.filter(each => each.text === text);
    const names = same.map(({ id }) => cellName(graph, id));
    return `${text}, in the ${names.length === 1 ? 'cell' : 'cells'} ${listOf(names, 'and')}.`;
  });
  const ids = new Set([...found, ...(variable?.cells ?? [])].map(({ id }) => id));
  return {
    markdown: [...texts, ...(variable ? [variable.markdown] : [])].join('\n\n'),
    cells: cells.filter(({ id }) => ids.has(id))
  };
}

/** By the parts that a call has; null where it is no filter. */
function cutoffText(
  { name, inputs }: IExecutableSkill,
  call: ISkillCall,
  source: string
): string | null {
  const parts = filterParts(inputs);
  if (!parts) {
    return null;
  }
  const { resistance, capacitance } = parts;
  const [ohms, farads] = [resistance, capacitance].map(port =>
    valueOf(port, call, source)
  );
  const formula = `1 / (2π · ${resistance.name} · ${capacitance.name})`;
  if (!ohms || !farads) {
    return `The cut-off of **${name}** is ${formula}, of which the call has no plain numbers`;
  }
  const hertz = Number((1 / (2 * Math.PI * ohms.value * farads.value)).toPrecision(4));
  return `The cut-off of **${name}** is **${hertz} Hz**: ${formula} with \`${resistance.name}\` = ${ohms.text} and \`${capacitance.name}\` = ${farads.text}`;
}

function valueOf(
  { name, default: preset }: IPort,
  { arguments: given }: ISkillCall,
  source: string
): { readonly value: number; readonly text: string } | null {
  const set = given.find(each => each.name === name);
  const text = set && source.slice(set.valueStart, set.valueEnd);
  const value = plainValue(text === undefined ? preset : readPython(text));
  return value === null || value <= 0
    ? null
    : { value, text: `\`${text ?? JSON.stringify(preset)}\`` };
}
