import { readCode } from './code';
import { readFlag, readText, readWords } from './fields';
import { readFrontMatter, type ILocated } from './frontMatter';
import { readPorts } from './ports';
import { createReport, sortProblems, type IReport } from './problems';
import { readMode, readObjective, readType } from './runtimeKeys';
import type { IExecutableSkill, IProblem, ISkill, ISkillBase } from './skill';
import { splitSkill, type ISkillParts } from './split';

/** What a skill file says, and what is wrong with it. */
export interface IParsedSkill {
  /** Null when a problem of severity `error` was found. */
  readonly skill: ISkill | null;
  /** In the order of their lines. */
  readonly problems: readonly IProblem[];
}

/** Longest id that a skill may have. */
export const LONGEST_ID = 64;

const SKILL_ID = new RegExp(`^[a-z0-9][a-z0-9-]{0,${LONGEST_ID - 1}}$`);

/** Whether a text can be the id of a skill, and so the name of its file. */
export function isSkillId(text: string): boolean {
  return SKILL_ID.test(text);
}

/**
 * Reads a skill file. `file` is its path: the last part names the skill when the front
 * matter does not, and for a file `SKILL.md` the folder does. Never throws.
 *
 * @example
 * parseSkill('---\nname: Note\ndescription: Says how.\n---\nText', 'note.md').skill?.id; // 'note'
 */
export function parseSkill(text: string, file: string): IParsedSkill {
  const report = createReport(file);
  const parts = splitSkill(text, report);
  const front = parts
    ? readFrontMatter(
        text.slice(parts.frontStart, parts.frontEnd),
        parts.frontLine,
        report
      )
    : null;
  const skill = parts && front ? readSkill(text, parts, front, report) : null;
  const problems = sortProblems(report.problems);
  const broken = problems.some(problem => problem.severity === 'error');
  return { skill: broken ? null : skill, problems };
}

/** The problems of a skill file alone; empty when it is faultless. */
export function checkSkill(text: string, file: string): readonly IProblem[] {
  return parseSkill(text, file).problems;
}

function readSkill(
  text: string,
  parts: ISkillParts,
  front: ILocated,
  report: IReport
): ISkill | null {
  const body = text.slice(parts.bodyStart);
  const base = readBase(front, body, parts.frontLine, report);
  const entries = front.entries ?? new Map<string, ILocated>();
  const type = readType(entries, report);
  if (type === 'unknown') {
    return null;
  }
  if (type === 'context') {
    return { kind: 'context', ...base };
  }
  const mode = readMode(entries, type, report);
  const inputs = readPorts(entries.get('inputs'), 'inputs', report);
  const outputs = readPorts(entries.get('outputs'), 'outputs', report);
  const objective = readObjective(entries, outputs, report);
  const fence = readCode(body, parts.bodyLine, type, report);
  const skill: IExecutableSkill = {
    kind: 'executable',
    ...base,
    type,
    mode,
    pure: readFlag(entries, 'pure', report) ?? true,
    inputs,
    outputs,
    code: fence?.code ?? '',
    codeLine: (fence?.line ?? 0) + 1,
    ...(objective === undefined ? {} : { objective })
  };
  return skill;
}

function readBase(
  front: ILocated,
  body: string,
  line: number,
  report: IReport
): ISkillBase {
  const entries = front.entries ?? new Map<string, ILocated>();
  const id = readId(entries, report);
  const name = readText(entries, 'name', report);
  if (name === undefined && !isWrong(entries, 'name')) {
    report.add(
      'missing-name',
      entries.get('name')?.line ?? line,
      'The skill has no name.',
      'Write "name: A few words".'
    );
  }
  const description = readText(entries, 'description', report);
  if (description === undefined && !isWrong(entries, 'description')) {
    report.add(
      'missing-description',
      entries.get('description')?.line ?? line,
      'The skill has no description.',
      'Write "description: What it does, and when to use it.".'
    );
  }
  const keywords = [
    ...readWords(entries, 'keywords', report),
    ...readWords(entries, 'tags', report)
  ];
  const license = readText(entries, 'license', report);
  const tools = readTools(entries, report);
  return {
    id,
    name: name ?? id,
    description: description ?? '',
    category: readText(entries, 'category', report) ?? 'general',
    keywords: [...new Set(keywords)],
    aliases: readAliases(entries, id, report),
    body,
    ...(license === undefined ? {} : { license }),
    ...(tools.length === 0 ? {} : { allowedTools: tools })
  };
}

/** True when the key holds something that is already reported as no text. */
function isWrong(entries: ReadonlyMap<string, ILocated>, key: string): boolean {
  const value = entries.get(key)?.value;
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null);
}

function readTools(
  entries: ReadonlyMap<string, ILocated>,
  report: IReport
): readonly string[] {
  const field = entries.get('allowed-tools');
  return typeof field?.value === 'string'
    ? field.value.split(/[\s,]+/).filter(word => word !== '')
    : readWords(entries, 'allowed-tools', report);
}

/** The id that a path gives: the file's name, or the folder's for `SKILL.md`. */
export function idFromPath(file: string): string {
  const parts = file.split(/[/\\:]/).filter(part => part !== '' && part !== '.');
  const last = parts[parts.length - 1] ?? '';
  const stem = /^skill\.md$/i.test(last)
    ? (parts[parts.length - 2] ?? last.replace(/\.md$/i, ''))
    : last.replace(/\.(?:md|markdown)$/i, '');
  return stem;
}

function readId(entries: ReadonlyMap<string, ILocated>, report: IReport): string {
  const field = entries.get('skill_id');
  const written = readText(entries, 'skill_id', report);
  const isFolder = /(?:^|[/\\:])skill\.md$/i.test(report.file);
  const id = written ?? idFromPath(report.file);
  const name = entries.get('name');
  if (!SKILL_ID.test(id)) {
    report.add(
      'invalid-id',
      field?.line ?? 1,
      written === undefined
        ? `The ${isFolder ? 'folder' : 'file'} name "${id}" cannot be an id.`
        : `"${id}" cannot be an id.`,
      `Write "skill_id: ${toSkillId(id)}": small letters, digits and "-", at most ${LONGEST_ID}.`
    );
  } else if (
    isFolder &&
    written === undefined &&
    typeof name?.value === 'string' &&
    name.value !== id &&
    SKILL_ID.test(name.value)
  ) {
    report.add(
      'name-not-folder',
      name.line,
      `The name "${name.value}" differs from the folder "${id}", which is the id.`,
      `Write "name: ${id}", or rename the folder.`
    );
  }
  return id;
}

/**
 * The id that a name suggests; also a strict Agent Skills name.
 *
 * @example
 * toSkillId('My plot (2)'); // 'my-plot-2'
 */
export function toSkillId(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST_ID)
    .replace(/-+$/, '');
  return words === '' ? 'my-skill' : words;
}

function readAliases(
  entries: ReadonlyMap<string, ILocated>,
  id: string,
  report: IReport
): readonly string[] {
  const aliases = readWords(entries, 'aliases', report);
  for (const alias of aliases) {
    if (!SKILL_ID.test(alias) || alias === id) {
      report.add(
        'invalid-alias',
        entries.get('aliases')?.line ?? 1,
        alias === id
          ? `The alias "${alias}" is the skill's own id.`
          : `"${alias}" cannot be an alias.`,
        `List older ids: small letters, digits and "-", at most ${LONGEST_ID}.`
      );
    }
  }
  return [...new Set(aliases)];
}
