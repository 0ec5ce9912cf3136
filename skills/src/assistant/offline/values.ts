/** What the values are that a question asks for. */
import { describeCell } from './cells';
import { whyUnknown, type IQuestion, type ITold } from './question';
import { resultsSaid, valueNow, whatIs } from './results';

const ASKS_VALUE =
  /\bvalues?\b|\bwhat(?:'s| is| are| was)\b|\bhow (?:large|big|much|high|low|small|far)\b/i;
const ASKS_WHY = /\b(?:why|improve|reduce|lower|decrease|increase|better)\b/i;
/** A variable at the end of such a question. */
const VARIABLE =
  /(?:\bvalues? of|\bis|\bare|\bwas|\bwhat's)\s+(?:(?:the|my)\s+)?(?:variable\s+)?`?([A-Za-z_]\w*)`?(?:\s+now)?\s*[?.!]*\s*$/;

/** The values that a question names; null where it asks for none. */
export function explainValue(question: IQuestion): ITold | null {
  const { text, cells } = question;
  if (!ASKS_VALUE.test(text) || ASKS_WHY.test(text)) {
    return null;
  }
  const named = resultsSaid(question);
  if (named.length === 0) {
    return explainVariable(question);
  }
  const lines = named.map(each => {
    const [value, about] = [valueNow(each, question), whatIs(each.output)];
    return about === '' ? value : `${value} It is: ${about}.`;
  });
  const ids = new Set(named.map(({ cell }) => cell.id));
  return {
    markdown: lines.join('\n\n'),
    cells: cells.filter(({ id }) => ids.has(id))
  };
}

/** The value of a variable that a question names as it is written, and what sets it. */
function explainVariable(question: IQuestion): ITold | null {
  const name = VARIABLE.exec(question.text)?.[1];
  return name === undefined ? null : variableText(name, question);
}

/** A variable of plain code with the last cell that sets it; null where none does. */
export function variableText(name: string, question: IQuestion): ITold | null {
  const { graph, cells } = question;
  const setting = graph.cells.filter(({ analysis }) => analysis.defines.includes(name));
  const cell = cells.find(({ id }) => id === setting.at(-1)?.id);
  if (
    !cell ||
    cell.error !== undefined ||
    setting.at(-1)?.analysis.imports.some(each => each.name === name)
  ) {
    return null;
  }
  const line = question.variable(name);
  const [type = '', value = ''] = (line ?? '').split(/ = (.*)/);
  const now = line
    ? value === ''
      ? `is of the type \`${type}\``
      : `is \`${value}\` (${type})`
    : `is not known: ${whyUnknown(name, question)}`;
  return {
    markdown: `In this notebook \`${name}\` ${now}. The cell that sets it:\n\n${describeCell(cell, question)}`,
    cells: [cell]
  };
}
