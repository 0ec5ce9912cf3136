/** One run of evolution over a volume in a folder. */
import {
  commitsOfRuns,
  learn,
  mineTask,
  parseTraces,
  proposedText,
  updateOf,
  type IEvolutionProgress,
  type IEvolutionRun,
  type ILearnOptions,
  type IMined,
  type ReplayCall
} from '@llmos-lab/skills';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { cloneIn, type IClone } from '../clone';
import { newUlid, now } from '../clock';
import { checkRuntime } from '../executor/executor';
import { createReplayer } from '../executor/replayer';
import { filesBeside } from '../skillFilesBeside';
import { tellNetwork } from '../executor/tellNetwork';
import { CommandFailure } from '../failure';
import { requireJob } from '../identity';
import { readLibrary, type ILibrary } from '../library';
import { warn } from '../output';
import { placeOf, volumesFrom } from '../places';
import { tracePaths } from '../sessionFiles';
import { startProgress } from '../progress';
import { acceptCandidate } from './accept';
import { Asking, type IAskOptions } from './askModel';
import { commitEarlier, jobCommits } from './jobCommits';
import { requireTrust } from './trust';
import { VolumeFiles } from './volumeFiles';

/** People of a team who must work so before it is a pattern, as the site has it. */
const TEAM_PEOPLE = 2;

const DAY = 86_400_000;

/** What a run works with. */
export interface IEvolveOptions {
  readonly volume: string;
  readonly minCount: number;
  readonly minSuccess: number;
  /** Of history; 0 for all. */
  readonly days: number;
  /** Days after which a run counts half; 0 when age does not matter. */
  readonly halfLife: number;
  /** Whether what is found is verified, by running it; without it nothing is proposed. */
  readonly replay: boolean;
  readonly dryRun: boolean;
  readonly trust: boolean;
  readonly runtime: string;
  /** Most that one replay may take. */
  readonly seconds: number;
  /** What a run keeps is committed, as in the site; without it, it waits for review. */
  readonly commit: boolean;
  readonly allowSecrets: boolean;
  /** As the job of a volume of others, whoever starts it. */
  readonly asJob: boolean;
  /** The model that is asked at the end; null for none. */
  readonly model: IAskOptions | null;
}

/** What a run gave. */
export interface IEvolved {
  readonly run: IEvolutionRun;
  readonly mined: IMined;
  readonly library: Pick<ILibrary, 'entries'>;
  readonly files: VolumeFiles;
  /** Whether it has committed what was left from earlier runs, or edited since. */
  readonly earlier: boolean;
  /** Null for a folder without a history. */
  readonly clone: IClone | null;
  /** Null where no model was to be asked. */
  readonly asking: Asking | null;
}

/** Mines the traces of a volume, verifies what they teach, writes what waits for review. */
export async function evolveVolume(options: IEvolveOptions): Promise<IEvolved> {
  const { volume, replay } = options;
  const dryRun = !replay || options.dryRun;
  const commits = options.commit && !dryRun;
  const clone = await cloneIn(volume);
  if (clone && !dryRun) {
    requireJob(clone, options.asJob);
  }
  const files = new VolumeFiles(volume, {
    dryRun,
    ...(clone && options.commit && { commit: jobCommits(clone, options) })
  });
  const log = (await clone?.store.log({ merged: true })) ?? [];
  const paths = await tracePaths(volume);
  const library = await readLibrary(volumesFrom(volume));
  const progress = startProgress();
  let mined: IMined | undefined;
  let earlier = false;
  let refusal: unknown;
  const asking = options.model && replay ? new Asking(options.model) : null;
  // Ctrl-C ends this process, and takes the one along in which skills run.
  const signal = { aborted: false };
  const replayer = replayerFor(options, library);
  try {
    const run = await learn({
      job: clone?.owner.kind ?? 'user',
      id: newUlid((await clone?.store.head()) ?? volume),
      ...{ files, now, signal, replay: replayer.call satisfies ReplayCall },
      ...{ entries: library.entries, proposes: replay, commits: commitsOfRuns(log) },
      ...(clone && { renewal: renewalOf(clone, volume, library) }),
      settings: settingsOf(options, clone),
      mine: async task => {
        const found = mineTask(task);
        mined = replay ? found : { ...found, setAside: [] };
        await tellUnread(found, volume, paths);
        await requireReplay(options, found, library).catch((reason: unknown) => {
          refusal = reason; // For what it is: `learn` only says that it failed.
          files.stopWriting();
          throw reason;
        });
        earlier = commits && clone !== null && (await commitEarlier(clone, options));
        return found;
      },
      ...(commits && { accept: id => acceptCandidate(files, id) }),
      ...(asking && {
        finish: () => asking.ask({ clone, log, files, library, signal, progress })
      }),
      onProgress: given => progress.show(progressText(given))
    });
    if (refusal instanceof Error) {
      throw refusal;
    }
    if (run.status !== 'done' || !mined) {
      throw new CommandFailure(run.error ?? 'The run was stopped.');
    }
    return { run, mined, library, files, earlier, clone, asking };
  } finally {
    progress.end();
    replayer.dispose();
  }
}

function settingsOf(
  { minCount, minSuccess, days, halfLife }: IEvolveOptions,
  clone: IClone | null
): ILearnOptions['settings'] {
  return {
    ...{ minCount, minSuccess, halfLife },
    minUsers: clone?.owner.kind === 'team' ? TEAM_PEOPLE : 1,
    ...(days > 0 && { since: new Date(now() - days * DAY).toISOString() })
  };
}

/** How new evidence renews the volume's own learned skills, as in the site. */
function renewalOf(
  { store }: IClone,
  volume: string,
  { entries }: ILibrary
): NonNullable<ILearnOptions['renewal']> {
  const own = entries.filter(entry => entry.volume === volume);
  return {
    own,
    update: ({ skill: { id }, text, version }, compound) => {
      const file = own.find(({ skill }) => skill.id === id)?.path ?? '';
      const path = relative(volume, file).split(sep).join('/');
      return updateOf(store, { id, path, text, version }, compound);
    },
    proposed: digest => proposedText(store, digest)
  };
}

function replayerFor(
  { runtime, seconds }: IEvolveOptions,
  { index, paths }: ILibrary
): ReturnType<typeof createReplayer> {
  return createReplayer({
    ...{ index, seconds, files: filesBeside(paths), onNetwork: tellNetwork },
    // Behind links, since only what stands there itself may be read.
    runtime: placeOf(runtime)
  });
}

const INSTEAD = 'With --no-replay nothing is run.';

/** @throws CommandFailure before anything is run, where it may not be or nothing is there for it */
async function requireReplay(
  { replay, runtime, trust }: IEvolveOptions,
  { proposals }: IMined,
  { running }: ILibrary
): Promise<void> {
  if (replay && proposals.some(({ compound }) => compound.skill.pure)) {
    checkRuntime(runtime, INSTEAD);
    if (!trust) {
      const what = 'this command runs them to verify what it learns';
      await requireTrust(running, what, INSTEAD);
    }
  }
}

/** Lines that are no traces are named; the others count. */
async function tellUnread(
  { unread }: IMined,
  volume: string,
  paths: readonly string[]
): Promise<void> {
  for (const path of unread > 0 ? paths : []) {
    const { problems } = parseTraces(await readFile(join(volume, path), 'utf8'));
    problems.forEach(({ line, message }) =>
      warn(`${join(volume, path)}:${line}: ${message}`)
    );
  }
}

function progressText({ phase, done, total, name }: IEvolutionProgress): string {
  const of = total > 0 ? ` ${done} of ${total}` : '';
  switch (phase) {
    case 'reading':
      return `Reading sessions${of}`;
    case 'mining':
      return 'Looking for workflows that recur';
    case 'replaying':
      return `Running again${of}: ${name ?? ''}`;
  }
}
