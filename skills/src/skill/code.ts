import type { IReport } from './problems';
import type { SkillType } from './skill';
import { parsePython } from '../workflow/python/parse';
import { listOf } from './suggest';

/** A fenced block of a Markdown text. */
export interface IFence {
  /** First word of the info string, lower-case; empty when there is none. */
  readonly language: string;
  /** Content without the fence lines and without the fence's own indentation. */
  readonly code: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
  /** False when the text ends before the block does. */
  readonly closed: boolean;
  /** Offsets of the content within the text, fence lines left out. */
  readonly start: number;
  readonly end: number;
}

const OPEN = /^( {0,3})(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$/;

/** The fenced blocks of a Markdown text that begins on `firstLine`, as CommonMark reads them. */
export function findFences(body: string, firstLine = 1): readonly IFence[] {
  const fences: IFence[] = [];
  let open: { indent: number; mark: string; language: string; line: number } | null =
    null;
  let content: string[] = [];
  let start = 0;
  const close = (end: number, closed: boolean): void => {
    if (open) {
      const code = content.length > 0 ? `${content.join('\n')}\n` : '';
      const { language, line } = open;
      fences.push({ language, code, line, closed, start, end });
    }
    open = null;
    content = [];
  };
  let offset = 0;
  body.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '');
    const match = OPEN.exec(line);
    const mark = match?.[2] ?? '';
    const info = match?.[3] ?? '';
    const next = Math.min(offset + raw.length + 1, body.length);
    if (open) {
      const ends =
        info === '' && mark[0] === open.mark[0] && mark.length >= open.mark.length;
      if (ends) {
        close(offset, true);
      } else {
        content.push(line.replace(new RegExp(`^ {0,${open.indent}}`), ''));
      }
    } else if (match && !(mark.startsWith('`') && info.includes('`'))) {
      const language = languageOf(info);
      open = {
        indent: (match[1] ?? '').length,
        mark,
        language,
        line: firstLine + index
      };
      start = next;
    }
    offset = next;
  });
  if (content[content.length - 1] === '') {
    content.pop();
  }
  close(body.length, false);
  return fences;
}

/** `python`, `Python title="x"`, `{.python}` and `{python}` all say `python`. */
function languageOf(info: string): string {
  return (/^\{?\.?([^\s{},]+)/.exec(info)?.[1] ?? '').toLowerCase();
}

/** The names by which a fence may call the language of each runtime; first: the usual one. */
export const FENCE_LANGUAGES: Readonly<Record<SkillType, readonly string[]>> = {
  'python-wasm': ['python', 'py', 'python3'],
  qiskit: ['python', 'py', 'python3', 'qiskit'],
  javascript: ['javascript', 'js', 'mjs'],
  threejs: ['javascript', 'js', 'mjs', 'threejs'],
  ngspice: ['spice', 'ngspice']
};

/** The block that holds a skill's code: the first in the runtime's language. */
export function findCode(
  body: string,
  firstLine: number,
  type: SkillType
): IFence | undefined {
  return findFences(body, firstLine).find(fence =>
    FENCE_LANGUAGES[type].includes(fence.language)
  );
}

/** Finds and checks the code of an executable skill; null when it cannot run. */
export function readCode(
  body: string,
  firstLine: number,
  type: SkillType,
  report: IReport
): IFence | null {
  const fence = findCode(body, firstLine, type);
  const language = FENCE_LANGUAGES[type][0] ?? type;
  if (!fence) {
    reportNoCode(findFences(body, firstLine), firstLine, type, report);
    return null;
  }
  if (!fence.closed) {
    report.add(
      'unclosed-fence',
      fence.line,
      'The code block has no end.',
      'Write a line with the same fence ("```" or "~~~") below the code.'
    );
    return null;
  }
  if (fence.code.trim() === '') {
    report.add(
      'empty-code',
      fence.line,
      'The code block is empty.',
      `Write the skill's ${language} code in it.`
    );
    return null;
  }
  return checkEntry(fence, type, report) ? fence : null;
}

function reportNoCode(
  fences: readonly IFence[],
  firstLine: number,
  type: SkillType,
  report: IReport
): void {
  const language = FENCE_LANGUAGES[type][0] ?? type;
  const other = fences[0];
  if (!other) {
    report.add(
      'missing-code',
      firstLine,
      `A skill of type ${type} has no code block.`,
      `Write "~~~${language}", the code, and "~~~" into the text.`
    );
    return;
  }
  const found = other.language === '' ? 'no language' : `"${other.language}"`;
  report.add(
    'wrong-code-language',
    other.line,
    `The code block names ${found}, but a skill of type ${type} needs ${listOf(FENCE_LANGUAGES[type])}.`,
    `Write "~~~${language}" where the code begins, or change the type.`
  );
}

const PYTHON_EXECUTE = /^(?:async[ \t]+)?def[ \t]+execute[ \t]*\(([^)]*)\)?/m;
// Foreign files of up to 1 MB come here at start-up and at each key: every pattern reads
// on only to where it could begin again, so that all of them take linear time.
const PYTHON_BOUND =
  /^(?:execute[ \t]*=[^=]|(?:from|import)[ \t].*\bexecute\b)|(?:^|[;\s,(*])result\b(?:(?![;\s,(*]result\b)[^=\n])*=(?!=)/m;
const JS_ENTRY =
  /\bfunction\s*(?:\*\s*)?execute\b|\bexecute\s*=[^=]|\bexecute\s*[:(](?:(?!\bexecute\b)[^){=]|=(?!>))*(?:=>|\{|\)\s*(?:=>|\{))|(?:^|[;{}\s)])return\b|\bexport\s+default\b|\bexport\s*\{(?:(?!\bexport\b)[^}])*?\bexecute\b/;
const THREE_SCENE = /\b(?:scene|camera|renderer)\b/;

/** Whether the code has something to call: `execute`, `result`, a `return`, a scene. */
function checkEntry(fence: IFence, type: SkillType, report: IReport): boolean {
  if (type === 'ngspice') {
    return true;
  }
  const code = fence.code;
  if (type === 'javascript' || type === 'threejs') {
    const bare = code.replace(/\/\*(?:[\s\S]*?\*\/|[\s\S]*)|(^|[^:'"])\/\/.*$/gm, '$1');
    if (JS_ENTRY.test(bare) || (type === 'threejs' && THREE_SCENE.test(bare))) {
      return true;
    }
    report.add(
      'missing-execute',
      fence.line,
      'The code neither defines "execute" nor returns anything.',
      'Write "function execute(inputs) { … return { name: value }; }".'
    );
    return false;
  }
  checkPython(fence, report);
  const bare = code.replace(/^[ \t]*#.*$/gm, '');
  const execute = PYTHON_EXECUTE.exec(bare);
  if (execute && (execute[1] ?? '').trim() === '' && execute[0].endsWith(')')) {
    const line = fence.line + bare.slice(0, execute.index).split('\n').length;
    report.add(
      'execute-without-inputs',
      line,
      '"execute" takes no parameter.',
      'Write "def execute(inputs):".'
    );
    return false;
  }
  if (execute || PYTHON_BOUND.test(bare)) {
    return true;
  }
  report.add(
    'missing-execute',
    fence.line,
    'The code neither defines "execute" nor sets "result".',
    'Write "def execute(inputs):" and return a dict with the declared outputs.'
  );
  return false;
}

/** Warns of lines that Python itself would refuse before it runs any. */
function checkPython(fence: IFence, report: IReport): void {
  const [fault] = parsePython(fence.code).faults;
  if (fault !== undefined) {
    const line = fence.line + fence.code.slice(0, fault).split('\n').length;
    report.add(
      'malformed-code',
      line,
      'The Python code cannot be read here.',
      'Look for a bracket, quote or colon that is missing, here or just above.'
    );
  }
}
