import type { IReport } from './problems';

/** Files above this are refused unread; in UTF-16 units, which bytes never undercut. */
const MAX_SKILL_LENGTH = 1024 * 1024;

/** Where the parts of a skill file stand; offsets count UTF-16 units of the whole text. */
export interface ISkillParts {
  /** First character after the opening line. */
  readonly frontStart: number;
  /** First character of the closing `---`. */
  readonly frontEnd: number;
  /** 1-based line of `frontStart`. */
  readonly frontLine: number;
  /** First character after the closing line. */
  readonly bodyStart: number;
  /** 1-based line of `bodyStart`. */
  readonly bodyLine: number;
  /** The line ending of the opening line, used for lines that are added. */
  readonly eol: '\n' | '\r\n';
}

const OPENING = /^\uFEFF?---([^\r\n]*)(\r?\n|$)/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*$/;

/** Finds front matter and body, or says in `report` why that cannot be. */
export function splitSkill(text: string, report: IReport): ISkillParts | null {
  if (!checkText(text, report)) {
    return null;
  }
  const opening = OPENING.exec(text);
  if (!opening) {
    reportNoOpening(text, report);
    return null;
  }
  const language = (opening[1] ?? '').trim();
  if (language !== '') {
    report.add(
      'front-matter-language',
      1,
      `The first line is "---${language}": front matter in another language is not read.`,
      'Write "---" alone and YAML below it.'
    );
    return null;
  }
  const frontStart = opening[0].length;
  let line = 2;
  for (let start = frontStart; start < text.length; line++) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const content = text.slice(start, end).replace(/\r$/, '');
    if (CLOSING.test(content)) {
      return {
        frontStart,
        frontEnd: start,
        frontLine: 2,
        bodyStart: Math.min(end + 1, text.length),
        bodyLine: line + 1,
        eol: opening[2] === '\r\n' ? '\r\n' : '\n'
      };
    }
    start = end + 1;
  }
  report.add(
    'unclosed-front-matter',
    1,
    'The front matter that begins with "---" has no end.',
    'Write a line "---" after its last key.'
  );
  return null;
}

function checkText(text: string, report: IReport): boolean {
  if (text.length > MAX_SKILL_LENGTH || utf8Length(text) > MAX_SKILL_LENGTH) {
    report.add(
      'file-too-large',
      1,
      'The file is larger than 1 MB.',
      'Move data into files beside the skill and keep the skill file below 1 MB.'
    );
    return false;
  }
  if (text.replace(/^\uFEFF/, '').trim() === '') {
    report.add(
      'empty-file',
      1,
      'The file is empty.',
      'Begin with "---", then name, description and type, then "---".'
    );
    return false;
  }
  const zero = text.indexOf('\0');
  if (zero >= 0) {
    report.add(
      'not-text',
      lineAt(text, zero),
      'The file holds a NUL character, so it is no text file.',
      'Save the skill as UTF-8 text.'
    );
    return false;
  }
  return true;
}

function reportNoOpening(text: string, report: IReport): void {
  const later = /^---[ \t]*\r?$/m.exec(text);
  const line = later ? lineAt(text, later.index) : 1;
  report.add(
    'missing-front-matter',
    line,
    later && line > 1
      ? `Text stands before the first "---" on line ${line}.`
      : 'The first line is not "---", so the file has no front matter.',
    'Make "---" the very first line, then YAML keys such as "name: My skill", then "---".'
  );
}

/** 1-based line of an offset. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset;) {
    line += 1;
    at = text.indexOf('\n', at + 1);
  }
  return line;
}

/** Bytes of the text in UTF-8; TextEncoder is no part of the core's environment. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes += 1;
    } else if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) {
      bytes += 2;
    } else {
      bytes += 3;
    }
  }
  return bytes;
}
