import { definesByImport, listOf, type IGraphCell } from '@llmos-lab/skills';
import { count, printJson, printLine, printTable, warn } from '../output';
import type { IKeptFile } from './keepFiles';
import type { INotebookRun, IRunCell } from './runNotebook';
import { statusOf } from './runTrace';
import { nameProblem } from './writtenFiles';

/** Files that a line names at most. */
const MOST_NAMES = 20;

/** What a run has left. */
export interface ILeft {
  /** Null where no files were to be kept. */
  readonly kept: readonly IKeptFile[] | null;
  /** The notebook with its outputs, where it was named and could be written. */
  readonly written: string | null;
  /** Id of its record; null where there is no session. */
  readonly trace: string | null;
  /** What could not be written, in sentences. */
  readonly problems: readonly string[];
  /** Its reason is the exit code of a run that a signal has ended. */
  readonly stop: AbortSignal;
}

/** What a run was asked to leave, and how it is told. */
interface IAsked {
  readonly output?: string;
  readonly files?: string;
  readonly json?: boolean;
}

/** Prints what became of a run and what it has left, and sets the exit code. */
export function tellRun(
  result: INotebookRun,
  { output, json, files: folder }: IAsked,
  { kept, written, trace, problems, stop }: ILeft
): void {
  const { cells } = result;
  const isStopped = cells.some(({ status }) => status === 'cancelled');
  const status = statusOf(result);
  if (json) {
    const files = kept ?? result.files.map(({ path }) => ({ path, file: null }));
    const told = { cells: cells.map(toRecord), trace, files };
    printJson({ output: written, status, ...told });
  } else {
    printTable(
      cells.map(({ cell, status, ms, error }, index) => [
        `${index + 1}`,
        nameOf(cell),
        cell.calls.map(({ skill }) => skill).join(', ') || 'plain cell',
        status,
        `${ms} ms`,
        error ? `${error.name}: ${error.message.split('\n')[0] ?? ''}` : ''
      ])
    );
    const failed = cells.filter(each => each.status === 'failed').length;
    const ran = cells.filter(each => each.status === 'success').length + failed;
    const faults = failed === 0 ? '' : `, ${failed} of them failed`;
    const where = written === null ? '' : `: ${written}`;
    printLine(`${ran} of ${count(cells.length, 'cell')} ran${faults}${where}`);
    if (output === undefined && !isStopped) {
      printLine('No notebook was written: name one with -o.');
    }
    const names = kept?.filter(each => !isLost(each)).map(({ path }) => path) ?? [];
    if (names.length > 0) {
      printLine(
        `Kept ${count(names.length, 'file')} in ${folder}: ${names.join(', ')}`
      );
    }
  }
  tellMissed(result);
  tellLost(result, kept);
  problems.forEach(warn);
  if (isStopped) {
    warn(
      output === undefined
        ? 'Stopped: no notebook was written, since -o names none.'
        : written === null
          ? 'Stopped.'
          : `Stopped: ${written} has what ran before.`
    );
  }
  const isKept =
    problems.length === 0 &&
    kept?.some(each => isLost(each) && each.code !== 'hidden') !== true;
  const isWhole = status === 'success' && isKept;
  process.exitCode = isStopped ? Number(stop.reason) : isWhole ? 0 : 1;
}

const isLost = ({ file }: IKeptFile): boolean => file === null;

/** A file beside the notebook is missed by cells that find it in the browser. */
function tellMissed({ cells }: INotebookRun): void {
  if (cells.some(({ error }) => error && isMissing(error))) {
    warn(
      'The run is shut in and sees no files of this machine: ' +
        'give the cells those that they read with --with FILE.'
    );
  }
}

/** Also where a skill missed it, whose error tells the one of Python. */
function isMissing({ name, message }: NonNullable<IRunCell['error']>): boolean {
  return /FileNotFoundError|No such file or directory/.test(`${name}: ${message}`);
}

/** Names the files that end with the run, and advises a folder to those that it can keep. */
function tellLost({ files }: INotebookRun, kept: ILeft['kept']): void {
  const named = files.map(({ path }) => ({ path, reason: nameProblem(path)?.reason }));
  const able = named.filter(({ reason }) => reason === undefined);
  if (kept === null && able.length > 0) {
    warn(
      `Files that the cells wrote are not kept, since the run is shut in: ${listed(able)}. ` +
        'Name a folder for them with --files.'
    );
  }
  const lost = kept?.filter(isLost) ?? named.filter(each => !able.includes(each));
  for (const reason of new Set(lost.map(each => each.reason ?? ''))) {
    const group = lost.filter(each => each.reason === reason);
    warn(`${listed(group)} ${group.length === 1 ? 'is' : 'are'} not kept: ${reason}`);
  }
}

/** The first names; how many more there are. */
function listed(files: readonly { readonly path: string }[]): string {
  const names = files.slice(0, MOST_NAMES).map(({ path }) => path);
  const more = files.length - names.length;
  return listOf(more > 0 ? [...names, `${more} more`] : names, 'and');
}

/** The variable that it gives, which `--param` takes too, else how it begins: ids are drawn by lot. */
function nameOf({ analysis, calls, source }: IGraphCell): string {
  const own = analysis.defines.find(name => !definesByImport(analysis, name));
  const [line = ''] = source.trim().split('\n');
  return calls[0]?.target ?? own ?? line.slice(0, 40);
}

function toRecord({ cell, status, ms, error }: IRunCell): object {
  const [call] = cell.calls;
  return {
    ...{ id: cell.id, status, ms },
    ...(call && { skill: call.skill }),
    ...(error && { error })
  };
}
