/** What the values are that a question asks for. */
import type { IPort, ISkill } from '../../skill/skill';
import { definesByImport } from '../../workflow/analyse';
import type { ISkillCall } from '../../workflow/calls';
import { cellName, describeCell } from './cells';
import { inputNow } from './ports';
import { whyUnknown, type IQuestion, type ITold } from './question';
import {
  errorValues,
  FAULT,
  givenResults,
  lastOf,
  resultsSaid,
  sayingOf,
  seenOf,
  unknownResult,
  valueNow,
  whatIs,
  type INamedResult
} from './results';
import { wordsOf } from './wanted';

const ASKS_VALUE =
  /\bvalues?\b|\bwhat(?:'s| (?:type )?(?:is|are|was))\b|\bhow (?:large|big|much|high|low|small|far)\b/i;
const ASKS_WHY = /\b(?:why|improve|reduce|lower|decrease|increase|better)\b/i;
/** What a question asks for that names nothing else. */
const SUBJECT =
  /^\W*(?:what(?:'s| is| was)|how (?:large|big|high|low|small) (?:is|was)) (?:the|my) ([\w -]+?)(?: of (?!(?:this|the|my) notebook)([\w-]+))?(?: (?:(?:in|of) (?:this|the|my) notebook|here|now))?\W*$/i;
/** "What bond length is used?" */
const USED =
  /^\W*(?:what|which) ([\w -]+?) (?:(?:is|are|was|were) (?:used|set|chosen|taken)|does (?:it|this) use)(?: (?:in (?:this|the|my) notebook|here|now))?\W*$/i;
const FILE_USED =
  /^\W*(?:what|which) files? (?:(?:was|were|is|are|has been|have been) (?:exported|written|saved|made)|did (?:it|this) (?:export|write|save|make))\W*$/i;
/** "How many qubits does it use?" and "How many iterations did the VQE need?" */
const COUNTS =
  /^\W*how many ([\w -]+?)(?: (?:(?:does|do|did) (?:it|this|they|i|we|(?:this|the|my) notebook|(?:the|my) ([\w -]+?)) (?:use|have|need|take|run|do|make)|(?:are|were) (?:there|used|needed|done|run)))?(?: (?:in (?:this|the|my) notebook|here|now))?\W*$/i;
const ACCURATE =
  /^\W*(?:how (?:accurate|exact|precise|good) (?:is|are|was|were) (?:the|my|this) ([\w ]+?)|(?:is|are|was|were) (?:the|my|this) ([\w ]+?) (?:(?:with)?in chemical accuracy|(?:chemically )?accurate|exact|precise))(?: enough)?\W*$/i;
/** Asks the same of everything there is. */
const TRUSTED =
  /^\W*(?:how (?:accurate|exact|precise|reliable|trustworthy) (?:are|is) (?:you|it|this|(?:your|these) (?:results?|answers?|values?)|(?:the|my) (?:results?|answers?|values))|can (?:i|we) trust (?:you|it|this|(?:the|my|your|these) (?:results?|answers?|values?))|(?:are|is) (?:the|my|your|these) (?:results?|answers?|values) (?:right|correct|reliable|trustworthy))\W*$/i;
const TRUST_TEXT =
  'Results come from the code of the skills and cells, which runs here, not from me. The *Limits* in the text of a skill say how far it holds, and a skill that knows the exact answer gives its error beside the result. My answers are from the texts of the skills and from this notebook: without a model nothing is made up, but I can mistake what you ask.';
/** Words for any result. */
const RESULTS: ReadonlySet<string> = new Set(['result', 'energy', 'value', 'answer']);
/** A variable at the end of such a question. */
const VARIABLE =
  /(?:\b(?:values?|type|shape|size|length) of|\bis|\bare|\bwas|\bwhat's)\s+(?:(?:the|my)\s+)?(?:variable\s+)?`?([\p{L}_][\p{L}\p{N}_]*)`?(?:\s+now)?\s*[?.!]*\s*$/u;
/** The values that a question names; null where it asks for none. */
export function explainValue(question: IQuestion): ITold | null {
  const { text } = question;
  const [, counted = '', by = ''] = COUNTS.exec(text) ?? [];
  if (counted !== '') {
    return countCalled(sayingOf(counted), wordsOf(by), question);
  }
  const asks = ASKS_VALUE.test(text) || [USED, FILE_USED].some(way => way.test(text));
  if (!asks || ASKS_WHY.test(text)) {
    return null;
  }
  const said = resultsSaid(question);
  const named = said.length > 0 ? said : resultsCalled(question);
  return named.length > 0
    ? tellResults(named, question)
    : (unknownResult(question) ??
        explainVariable(question) ??
        inputCalled(subjectOf(text), question));
}

/** How far off the results are that a question means, or how one knows; null for others. */
export function explainAccuracy(question: IQuestion): ITold | null {
  const [, how, is] = ACCURATE.exec(question.text) ?? [];
  const isOfAll = TRUSTED.test(question.text);
  const asked = isOfAll ? '' : (how ?? is);
  if (asked === undefined) {
    return null;
  }
  const words = wordsOf(asked).filter(word => !RESULTS.has(word));
  const meant = errorValues(question).all.filter(({ skill: { id, name }, call }) => {
    const own = wordsOf(`${id} ${name} ${call.target}`);
    return words.every(word => own.includes(word));
  });
  if (meant.length === 0 || /\byour?\b/i.test(question.text)) {
    return isOfAll ? { markdown: TRUST_TEXT, cells: [] } : null;
  }
  const told = tellResults(lastOf(meant), question);
  const isChemical =
    /\bchemical/i.test(question.text) &&
    meant.every(({ output }) => output.unit === 'Ha');
  return isChemical
    ? {
        ...told,
        markdown: `${told.markdown}\n\nChemical accuracy is 1 kcal/mol, about 0.0016 Ha.`
      }
    : told;
}

/**
 * What is counted so by an output, as `n_qubits`, else by an input that is a number, of which
 * a trace may have fewer: "Energy at the start and after each step".
 *
 * @param by words of the skill or its variable, none for any
 */
function countCalled(
  counted: string,
  by: readonly string[],
  question: IQuestion
): ITold | null {
  const isOf = ({ id, name }: ISkill, { target }: ISkillCall): boolean => {
    const own = wordsOf(`${id} ${name} ${target ?? ''}`);
    return by.every(word => own.includes(word));
  };
  const given = givenResults(question).filter(({ skill, call }) => isOf(skill, call));
  // "Steps" are iterations, as that input says: "Steps at most".
  const ports = given
    .flatMap(({ skill }) => skill.inputs)
    .filter(({ type }) => type === 'integer');
  const said =
    ports.find(({ name }) => sayingOf(name) === counted) ??
    ports.find(
      ({ description = '' }) =>
        `${sayingOf(description)} `.startsWith(`${counted} `) &&
        given.some(({ output }) => eachOf(output).includes(counted))
    );
  const subject = said ? sayingOf(said.name) : counted;
  const counts = given.filter(
    ({ output: { name, type } }) =>
      type === 'integer' && sayingOf(name).replace(/^n /, '') === subject
  );
  if (counts.length > 0) {
    return tellResults(lastOf(counts), question);
  }
  const limit = inputCalled(subject, question, ({ type }, skill, call) => {
    return type === 'integer' && isOf(skill, call);
  });
  const traces = given.filter(({ skill, output }) => {
    const port = skill.inputs.find(({ name }) => sayingOf(name) === subject);
    const words = wordsOf(`${port?.name} ${port?.description ?? ''}`);
    return port && eachOf(output).some(word => words.includes(word));
  });
  return limit && traces.length > 0
    ? {
        ...limit,
        markdown: [
          ...lastOf(traces).map(each => lengthText(each, question)),
          limit.markdown
        ].join('\n\n')
      }
    : limit;
}

/** What a list has a value for: "Energy at the start and after each step". */
function eachOf({ type, description = '' }: IPort): readonly string[] {
  const [, each = ''] = /\b(?:each|every|per) (\w+)/i.exec(description) ?? [];
  return type.startsWith('array') ? wordsOf(each) : [];
}

/** How many values an output has, and what they are. */
function lengthText({ output, call }: INamedResult, question: IQuestion): string {
  const [target, name] = [call.target ?? '', `\`${call.target}.${output.name}\``];
  const size = /\((\d+)\)$/.exec(
    seenOf(target, output.name, question)?.type ?? ''
  )?.[1];
  return size === undefined
    ? `How many values ${name} has is not known: ${whyUnknown(target, question)}.`
    : `In this notebook ${name} has ${size} values: ${whatIs(output)}.`;
}

/**
 * The outputs that a question is about as a whole: "What is the ground state energy in this
 * notebook?" Either by their names, or numbers with all of its words in what they are. "Of"
 * what they are has to be a choice that the call made, as the system "h2".
 */
function resultsCalled(question: IQuestion): readonly INamedResult[] {
  const { subject, of } = subjectIn(question.text);
  if (subject === '' || FAULT.test(subject)) {
    return [];
  }
  const given = givenResults(question).filter(
    each => of === undefined || choicesOf(each).includes(sayingOf(of))
  );
  return resultsFor(subject, given);
}

/** Those of the results that are called so, or that are described with all of the words. */
export function resultsFor(
  subject: string,
  given: readonly INamedResult[]
): readonly INamedResult[] {
  const named = given.filter(({ output }) => sayingOf(output.name) === subject);
  const words = subject.split(' ');
  const described = given.filter(({ output: { name, type, description = '' } }) => {
    const own = sayingOf(`${name} ${description}`).split(' ');
    return type === 'number' && words.every(word => own.includes(word));
  });
  return lastOf(named.length > 0 ? named : words.length > 1 ? described : []);
}

/** The choices of a call, where its text or a default says them. */
function choicesOf({ skill, cell, call }: INamedResult): readonly string[] {
  return skill.inputs
    .filter(port => port.enum !== undefined)
    .map(({ name, default: preset = null }) => {
      const set = call.arguments.find(each => each.name === name);
      return sayingOf(
        set ? cell.source.slice(set.valueStart, set.valueEnd) : JSON.stringify(preset)
      );
    });
}

/** Their values, and what they are. */
export function tellResults(
  named: readonly INamedResult[],
  question: IQuestion
): ITold {
  const lines = named.map(each => {
    const [value, about] = [valueNow(each, question), whatIs(each.output)];
    return about === '' ? value : `${value} It is: ${about}.`;
  });
  const ids = new Set(named.map(({ cell }) => cell.id));
  return {
    markdown: lines.join('\n\n'),
    cells: question.cells.filter(({ id }) => ids.has(id))
  };
}

/**
 * The value of a variable that a question names as it is written, or in several words, as
 * "the bond length"; and what sets it.
 */
function explainVariable(question: IQuestion): ITold | null {
  const { text, graph } = question;
  const subject = subjectOf(text);
  const spoken = graph.cells
    .flatMap(({ analysis }) => analysis.defines)
    .find(name => subject.includes(' ') && sayingOf(name) === subject);
  const name = spoken ?? VARIABLE.exec(text)?.[1];
  return name === undefined ? null : variableText(name, question);
}

/** What the calls of the notebook have for an input that a question names: "the seed". */
function inputCalled(
  subject: string,
  { graph, find, cells }: IQuestion,
  fits: (port: IPort, skill: ISkill, call: ISkillCall) => boolean = () => true
): ITold | null {
  const found = graph.cells.flatMap(({ id, source, calls }) =>
    calls.flatMap(call => {
      const skill = find(call.skill);
      const ports = skill?.kind === 'executable' ? skill.inputs : [];
      const port = ports.find(
        each => skill && sayingOf(each.name) === subject && fits(each, skill, call)
      );
      const now = port ? inputNow(port, call, source) : null;
      if (!skill || !port || now === null) {
        return [];
      }
      const [where, about] = [cellName(graph, id), whatIs(port)];
      const told = `In the cell ${where} the input \`${port.name}\` of **${skill.name}** is ${now}.`;
      return [{ id, told: about === '' ? told : `${told} It is: ${about}.` }];
    })
  );
  return found.length === 0
    ? null
    : {
        markdown: found.map(({ told }) => told).join('\n\n'),
        cells: cells.filter(each => found.some(({ id }) => id === each.id))
      };
}

/** What a question asks for, where it does not say of what. */
function subjectOf(text: string): string {
  const { subject, of } = subjectIn(text);
  return of === undefined ? subject : '';
}

/** What a question asks for, and of what; the words as names are compared. */
function subjectIn(text: string): {
  readonly subject: string;
  readonly of: string | undefined;
} {
  if (FILE_USED.test(text)) {
    return { subject: 'filename', of: undefined };
  }
  const [, asked = USED.exec(text)?.[1] ?? '', of] = SUBJECT.exec(text) ?? [];
  return { subject: sayingOf(asked), of };
}

/** What the kernel says of a variable: type, and its value or what it has; a text has any letters. */
const LINE = /^(.*?)(?: = (.*)| \{ (.*?)(?: \}|…)?)?$/;

/** A variable of plain code with the last cell that sets it; null where none does. */
export function variableText(name: string, question: IQuestion): ITold | null {
  const told = variableNow(name, question);
  const about = told?.cells.map(cell => describeCell(cell, question)) ?? [];
  return (
    told && {
      ...told,
      markdown: `${told.markdown} The cell that sets it:\n\n${about.join('\n\n')}`
    }
  );
}

/** What such a variable is, in one sentence. */
export function variableNow(name: string, question: IQuestion): ITold | null {
  const { graph, cells } = question;
  const setting = graph.cells.filter(({ analysis }) => analysis.defines.includes(name));
  const last = setting.at(-1);
  const cell = cells.find(({ id }) => id === last?.id);
  if (
    !last ||
    !cell ||
    cell.error !== undefined ||
    definesByImport(last.analysis, name)
  ) {
    return null;
  }
  const line = question.variable(name);
  const [, type = '', value, members] = LINE.exec(line ?? '') ?? [];
  const has = members === undefined ? '' : `, with \`${members}\``;
  const isKeys = type.startsWith('dict');
  const now = line
    ? value === undefined
      ? `is of the type \`${type}\`${has}`
      : `${isKeys ? 'has the keys' : 'is'} \`${value}\` (${type})`
    : `is not known: ${whyUnknown(name, question)}`;
  return { markdown: `In this notebook \`${name}\` ${now}.`, cells: [cell] };
}
