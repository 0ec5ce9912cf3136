import type { TranslationBundle } from '@jupyterlab/translation';
import {
  parseCommit,
  RENAMED_FROM,
  type ILogEntry,
  type ITrailer
} from '@llmos-lab/skills';

/** A commit in a row of a list: what it is, and what was done. */
export interface ICommitWords {
  readonly title: string;
  /** What was done since the commit before; empty where the message does not tell. */
  readonly done: string;
}

/**
 * A commit by what tells it from its neighbours: a session's by the prompt that it was
 * given and by its runs, others by their first line.
 *
 * @param within the list is of one session, whose name need not be said again
 */
export function commitWords(
  { message }: Pick<ILogEntry, 'message'>,
  within: 'session' | 'volume',
  trans: TranslationBundle
): ICommitWords {
  const commit = parseCommit(message);
  if (commit.kind !== 'session') {
    return { title: message.split('\n')[0]?.trim() ?? '', done: '' };
  }
  const { name, trailers } = commit;
  const prompt = commit.prompt.replace(/\s+/g, ' ');
  const done = doneText(trailers, trans);
  if (prompt === '' || prompt === name) {
    return { title: name, done };
  }
  const title = within === 'session' ? prompt : trans.__('%1: %2', name, prompt);
  return { title, done };
}

function doneText(all: readonly ITrailer[], trans: TranslationBundle): string {
  const values = (key: string): readonly string[] =>
    all.filter(trailer => trailer.key === key).map(({ value }) => value);
  const [path] = values(RENAMED_FROM);
  const done = [
    runsText(values('Run'), values('Skill'), trans),
    answersText(values('Answer').length, trans),
    path === undefined ? '' : trans.__('renamed from %1', nameIn(path))
  ].filter(part => part !== '');
  // A message of another hand has no trailers at all.
  return done.length === 0 && all.length > 0
    ? trans.__('edited, not run')
    : done.join('; ');
}

function runsText(
  runs: readonly string[],
  used: readonly string[],
  trans: TranslationBundle
): string {
  if (runs.length === 0) {
    return '';
  }
  const skills = new Set(used.map(value => value.split(' ')[0] ?? ''));
  const failed = runs.filter(run => run.endsWith(' failed')).length;
  const parts = [
    trans._n('%1 run', '%1 runs', runs.length),
    ...(failed > 0 ? [trans.__('%1 failed', failed)] : [])
  ].join(', ');
  return skills.size === 0 ? parts : trans.__('%1: %2', parts, [...skills].join(', '));
}

/** Answers of the assistant since the commit before; empty where there are none. */
export function answersText(count: number, trans: TranslationBundle): string {
  return count === 0
    ? ''
    : trans._n(
        '%1 new answer of the assistant',
        '%1 new answers of the assistant',
        count
      );
}

/** The path itself where its last part has no name of a notebook. */
function nameIn(path: string): string {
  return /([^/:]+)\.ipynb$/.exec(path)?.[1] ?? path;
}
