import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  commitNotebook,
  formatTrace,
  isRecord,
  isSessionId,
  notebookCells,
  notebookFile,
  profileActor,
  reasonOf,
  sessionFolder,
  sessionOwnerIn,
  type INotebookCell,
  type ISkill
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { appendLines } from '../appendLines';
import { newUlid, now } from '../clock';
import { isRepository } from '../clone';
import { requireTrust } from '../evolution/trust';
import { checkRuntime } from '../executor/executor';
import { filesBeside } from '../skillFilesBeside';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { stoppable } from '../interrupt';
import { readIdentity, readOwner, requireAccess } from '../identity';
import { readLibrary } from '../library';
import { tellNetwork } from '../executor/tellNetwork';
import { collect, readNumber } from '../options';
import { warn } from '../output';
import { placeIn } from '../placeIn';
import { SITE, volumesFrom } from '../places';
import { requireFilePlace, requireFolder } from '../requireFolder';
import { startProgress } from '../progress';
import { readNotebookFile } from '../notebookFile';
import { VERSION } from '../version';
import { givenFiles } from '../workflow/givenFiles';
import { keepFiles } from '../workflow/keepFiles';
import { runNotebook, type INotebookRun } from '../workflow/runNotebook';
import { traceOfRun } from '../workflow/runTrace';
import { tellRun, type ILeft } from '../workflow/tellRun';
import { setInputs } from '../workflow/setInputs';
import { readWorkflowFile } from '../workflow/readWorkflow';
import { FILE_ROOM } from '../workflow/writtenFiles';
import { writeWhole } from '../writeWhole';

interface IOptions {
  readonly output?: string;
  readonly volume?: string;
  readonly session?: string;
  readonly files?: string;
  readonly replace?: boolean;
  readonly param?: readonly string[];
  readonly with?: readonly string[];
  readonly trust?: boolean;
  readonly runtime: string;
  readonly cellSeconds: string;
  readonly json?: boolean;
}

/** `llmos workflow run FILE`. */
export function addWorkflowRun(workflow: Command): void {
  workflow
    .command('run')
    .description("Run a notebook or workflow file with the site's own Python.")
    .argument('<file>', 'an .ipynb or .workflow.json file')
    .option('-o, --output <file>', 'write the notebook with its outputs')
    .option(
      '--volume <dir>',
      'volume with skills and sessions (default: the one it is in)'
    )
    .option('--session <id>', 'whose run it is (default: the one of the notebook)')
    .option(
      '--param <CELL.INPUT=VALUE>',
      'set an input of a call; may be given several times',
      collect
    )
    .option(
      '--with <file>',
      'give the cells a copy of this file to read; may be given several times',
      collect
    )
    .option('--files <dir>', 'keep the files that the cells write below this folder')
    .option('--replace', 'with --files: write over files there that differ')
    .option('--trust', 'run skills of others too')
    .option('--runtime <dir>', 'folder of a built site, whose Python is used', SITE)
    .option('--cell-seconds <n>', 'most that one cell may take', '600')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe run is shut in: cells see no files of this machine but copies of those that --with' +
        '\ngives. One in or below the folder of the notebook has the same path for the cells,' +
        '\nanother stands beside the notebook by its name.' +
        '\n\nThe run is recorded in the session that the notebook or --session names, and nowhere' +
        '\nelse. Ctrl-C stops it: what ran before is written and recorded. Hidden files' +
        '\nand folders, and files outside the folder in which the cells run, are never kept.' +
        '\n\nExample:\n  $ llmos workflow run h2-vqe.ipynb -o done.ipynb' +
        '\n  $ llmos workflow run h2-vqe.ipynb --param vqe.iterations=50 -o done.ipynb' +
        '\n  $ llmos workflow run h2-vqe.ipynb --with data.csv --files results'
    )
    .action(run);
}

async function run(file: string, options: IOptions): Promise<void> {
  const seconds = readNumber('--cell-seconds', options.cellSeconds, 1, 86_400);
  const runtime = checkRuntime(options.runtime);
  if (options.output !== undefined) {
    requireFilePlace(options.output);
  }
  requirePlaceFor(options);
  const toRead = await givenFiles(options.with ?? [], file);
  const volume = options.volume ?? volumeAround(file);
  const library = await readLibrary(volumesFrom(volume));
  if (!options.trust) {
    await requireTrust(library.running, 'this notebook may call them');
  }
  const find = (id: string): ISkill | undefined => library.get(id)?.skill;
  const given = await readInput(file, find);
  const notebook = setInputs(given, options.param ?? [], find);
  const cells = notebookCells(notebook);
  if (!cells) {
    throw new CommandFailure(`${file} is no notebook: it has no list of cells.`);
  }
  const session = options.session ?? sessionOf(notebook);
  const traces = await tracesFile(volume, session);
  if (options.session !== undefined && !traces) {
    throw new CommandFailure(
      volume === undefined
        ? `Which volume has the session "${options.session}"? Give its folder with --volume DIR.`
        : `There is no session "${options.session}". See: llmos sessions list --volume ${volume}`
    );
  }
  const startedAt = now();
  await stoppable(async stop => {
    const progress = startProgress();
    const result = await runNotebook(cells, {
      ...{ runtime, seconds, index: library.index, files: filesBeside(library.paths) },
      ...(options.files !== undefined && { fileRoom: FILE_ROOM }),
      given: toRead,
      onNetwork: tellNetwork,
      onProgress: (done, total) =>
        progress.show(`Running cell ${done + 1} of ${total}`),
      stop
    }).finally(() => progress.end());
    if (stop.aborted && result.cells.every(each => each.status === 'cancelled')) {
      throw new CommandFailure('Stopped before anything ran.', Number(stop.reason));
    }
    const record = traces && { ...traces, startedAt, file };
    const filled = (): string =>
      commitNotebook(withOutputs(notebook, cells, result), 'keep');
    const left = await keep(result, options, { record, filled });
    if (volume !== undefined && !record) {
      warn(
        `The run is not recorded: the notebook names no session of ${volume}. ` +
          'Name one with --session.'
      );
    }
    tellRun(result, options, { ...left, stop });
  });
}

/** @throws CommandFailure where files could not be kept, before anything has run */
function requirePlaceFor({ files, replace }: IOptions): void {
  if (files !== undefined) {
    const folder = resolve(files);
    requireFolder(existsSync(folder) ? folder : dirname(folder), 'for files');
  } else if (replace) {
    throw new CommandFailure('--replace is for --files DIR.', WRONG_USAGE);
  }
}

async function readInput(
  file: string,
  find: Parameters<typeof readWorkflowFile>[1]
): Promise<unknown> {
  return /\.ipynb$/i.test(file)
    ? readNotebookFile(file)
    : notebookFile(await readWorkflowFile(file, find));
}

/** The volume in whose `sessions` or `workflows` a file stands. */
function volumeAround(file: string): string | undefined {
  const folder = dirname(resolve(file));
  const candidates = [join(folder, '../..'), join(folder, '..')];
  return candidates.find(
    root =>
      existsSync(join(root, 'skills')) &&
      ['sessions', 'workflows'].some(
        name => folder === join(root, name) || dirname(folder) === join(root, name)
      )
  );
}

function sessionOf(notebook: unknown): string | undefined {
  const metadata = isRecord(notebook) ? notebook['metadata'] : null;
  const ours = isRecord(metadata) ? metadata['llmos'] : null;
  const id = isRecord(ours) ? ours['session'] : null;
  return typeof id === 'string' ? id : undefined;
}

/** Where a run is recorded. */
interface ITraces {
  readonly user: string;
  readonly session: string;
  readonly place: string;
}

/**
 * The file of the session's traces; null where the volume has no such session.
 *
 * @throws CommandFailure before anything has run: when a link stands there, or the person
 *   may not write there
 */
async function tracesFile(
  volume: string | undefined,
  session: string | undefined
): Promise<ITraces | null> {
  if (volume === undefined || session === undefined || !isSessionId(session)) {
    return null;
  }
  const folder = sessionFolder(session);
  const path = `${folder}/traces.jsonl`;
  const place = placeIn(volume, path);
  const about = placeIn(volume, `${folder}/session.json`);
  if (!existsSync(about)) {
    return null;
  }
  const profile = await readIdentity(volume);
  if (await isRepository(volume)) {
    const owner = await readOwner(volume, profile);
    const sessionOwner = sessionOwnerIn(await readFile(about, 'utf8'));
    requireAccess(profileActor(profile), owner, { verb: 'write', path, sessionOwner });
  }
  return { user: profile.id, session, place };
}

/** What the record of a run says besides what it did, and where. */
interface IRecord extends ITraces {
  readonly startedAt: number;
  readonly file: string;
}

/** Appends the run to its session's traces; gives its id. */
async function keepTrace(
  result: INotebookRun,
  { user, session, place, startedAt, file }: IRecord
): Promise<string> {
  const id = newUlid(session);
  const goal = basename(file).replace(/(?:\.workflow\.json|\.[^.]+)$/i, '');
  const trace = traceOfRun(result, {
    ...{ id, session, user, startedAt, goal, app: VERSION }
  });
  await appendLines(place, `${formatTrace(trace)}\n`).catch((error: unknown) => {
    throw new CommandFailure(`The run is not recorded: ${reasonOf(error)}.`);
  });
  return id;
}

/** The notebook with what its cells showed, everything else as it was. */
function withOutputs(
  notebook: unknown,
  cells: readonly INotebookCell[],
  result: INotebookRun
): unknown {
  const ran = new Map(result.cells.map(each => [each.cell.id, each]));
  const list =
    isRecord(notebook) && Array.isArray(notebook['cells']) ? notebook['cells'] : [];
  let count = 0;
  const filled = (list as readonly unknown[]).map((cell, index) => {
    const done = ran.get(cells[index]?.id ?? '');
    if (!isRecord(cell) || cell['cell_type'] !== 'code') {
      return cell;
    }
    const isRun = done?.status === 'success' || done?.status === 'failed';
    count += isRun ? 1 : 0;
    return {
      ...cell,
      execution_count: isRun ? count : null,
      outputs: (done?.outputs ?? []).map(output =>
        'execution_count' in output ? { ...output, execution_count: count } : output
      )
    };
  });
  return isRecord(notebook) ? { ...notebook, cells: filled } : notebook;
}

/** Writes what a run leaves, which is gone otherwise: what cannot be written keeps nothing else back. */
async function keep(
  result: INotebookRun,
  { output, files, replace = false }: IOptions,
  { record, filled }: { readonly record: IRecord | null; readonly filled: () => string }
): Promise<Omit<ILeft, 'stop'>> {
  const problems: string[] = [];
  const kept =
    files === undefined ? null : await keepFiles(result.files, files, replace);
  const written =
    output === undefined
      ? null
      : await attempt(writeWhole(resolve(output), filled()).then(() => output));
  const trace = record && (await attempt(keepTrace(result, record)));
  return { kept, written, trace, problems };

  function attempt<T>(work: Promise<T>): Promise<T | null> {
    return work.catch((error: unknown) => {
      problems.push(reasonOf(error));
      return null;
    });
  }
}
