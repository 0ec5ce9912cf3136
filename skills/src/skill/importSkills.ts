/** Reads skills that come from elsewhere: archives, folders, repositories. */
import {
  checkIncoming,
  findSkills,
  type IIncomingFile,
  type IIncomingSkill
} from './agentFolder';
import { fromAgentSkill } from './agentSkill';
import { parseSkill } from './parse';
import type { IProblem } from './skill';

/** Unpacks archives. */
export interface IUnzip {
  /** Whether bytes begin as a zip does. */
  readonly isZip: (bytes: Uint8Array) => boolean;
  /** @throws Error when it holds what may not be imported */
  readonly readZip: (bytes: Uint8Array) => readonly IIncomingFile[];
}

/** A skill that can be written to a volume. */
export interface IImportedSkill {
  readonly id: string;
  /** Name for people. */
  readonly name: string;
  readonly text: string;
  readonly beside: readonly IIncomingFile[];
}

/** What an import found. */
export interface IImport {
  readonly skills: readonly IImportedSkill[];
  /** Why skills were left out; `file` is a path in what was imported. */
  readonly problems: readonly IProblem[];
}

/**
 * Reads the skills of files that came together: zips are unpacked, a folder's files stay
 * together by their paths.
 *
 * @throws Error when a zip or a path cannot be accepted; then nothing is imported.
 */
export function readImport(files: readonly IIncomingFile[], unzip?: IUnzip): IImport {
  const zips = files.filter(({ bytes }) => unzip?.isZip(bytes));
  const plain = files.filter(({ bytes }) => !unzip?.isZip(bytes));
  // A folder that has zips beside SKILL.md keeps them as files of the skill.
  const own = plain.some(({ path }) => /(?:^|\/)skill\.md$/i.test(path));
  checkIncoming(files.map(({ path, bytes }) => ({ path, size: bytes.length })));
  const found = own
    ? findSkills(files, 'skill')
    : [
        ...findSkills(plain, 'skill'),
        ...zips.flatMap(({ path, bytes }) =>
          findSkills(unzip?.readZip(bytes) ?? [], stem(path))
        )
      ];
  const owners = new Map<string, string>();
  const read = found.map(incoming => {
    const result = readSkill(incoming);
    const { skill } = result;
    const owner = skill && owners.get(skill.id);
    if (skill && owner === undefined) {
      owners.set(skill.id, incoming.path);
    }
    return skill && owner !== undefined
      ? refused('duplicate-id', incoming.path, taken(skill.id, owner))
      : result;
  });
  return {
    skills: read.flatMap(({ skill }) => skill ?? []),
    problems: read.flatMap(({ problems }) => problems)
  };
}

function taken(id: string, owner: string): string {
  return `The id "${id}" is taken by ${owner}. Give one of the two another skill_id.`;
}

function refused(code: IProblem['code'], file: string, message: string): IReadSkill {
  return { problems: [{ code, severity: 'error', message, file, line: 1 }] };
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

interface IReadSkill {
  readonly skill?: IImportedSkill;
  readonly problems: readonly IProblem[];
}

function readSkill(incoming: IIncomingSkill): IReadSkill {
  const { path, folder, bytes, beside } = incoming;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const message = 'The file is not UTF-8 text. Save it as UTF-8 and import it again.';
    return refused('unreadable-file', path, message);
  }
  // Its faults are told by the parser, with their lines in the file as it came.
  const before = parseSkill(text, folder === undefined ? path : `${folder}/SKILL.md`);
  if (!before.skill && before.problems.every(({ code }) => code !== 'invalid-id')) {
    return { problems: errorsOf(before.problems, path) };
  }
  const made =
    folder === undefined
      ? { id: before.skill?.id, text }
      : fromAgentSkill(text, folder);
  const after = parseSkill(made.text, `skills/${made.id ?? stem(path)}.md`);
  if (!after.skill) {
    return { problems: errorsOf(after.problems, path) };
  }
  const { id, name } = after.skill;
  return { skill: { id, name, text: made.text, beside }, problems: [] };
}

function errorsOf(problems: readonly IProblem[], file: string): readonly IProblem[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(problem => ({ ...problem, file }));
}
