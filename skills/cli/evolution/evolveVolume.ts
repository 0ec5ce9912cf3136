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
  type IProposal,
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
  /** What could be a skill, also where nothing is replayed. */
  readonly proposals: readonly IProposal[];
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
  let proposals: readonly IProposal[] = [];
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
      ...{ files, now, replay: replayer.call satisfies ReplayCall },
      ...{ signal, entries: library.entries, proposes: replay },
      commits: commitsOfRuns(log),
      ...(clone && { renewal: renewalOf(clone, volume, library) }),
      settings: settingsOf(options, clone),
      mine: async task => {
        const found = mineTask(task);
        ({ proposals } = found);
        mined = replay ? found : { ...found, setAside: [] };
        await tellUnread(found, volume, paths);
        refusal = await whyNotReplay(options, found, library);
        if (refusal !== undefined) {
          files.stopWriting();
          stopAt(refusal);
        }
        earlier = !dryRun && (await commitsEarlier(clone, options));
        return found;
      },
      ...(options.commit && !dryRun && { accept: id => acceptCandidate(files, id) }),
      ...(asking && {
        finish: () => asking.ask({ clone, log, files, library, signal, progress })
      }),
      onProgress: given => progress.show(progressText(given))
    });
    stopAt(refusal);
    if (run.status !== 'done' || !mined) {
      throw new CommandFailure(run.error ?? 'The run was stopped.');
    }
    return { run, mined, proposals, library, files, earlier, clone, asking };
  } finally {
    progress.end();
    replayer.dispose();
  }
}

async function commitsEarlier(
  clone: IClone | null,
  options: Pick<IEvolveOptions, 'commit' | 'allowSecrets'>
): Promise<boolean> {
  return clone !== null && options.commit && commitEarlier(clone, options);
}

function stopAt(refusal: unknown): void {
  if (refusal !== undefined) {
    throw refusal instanceof Error ? refusal : new Error('Nothing was replayed.');
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

/** Before anything is run: why it may not be, or with what; undefined where all is well. */
async function whyNotReplay(
  { replay, runtime, trust }: IEvolveOptions,
  { proposals }: IMined,
  { running }: ILibrary
): Promise<unknown> {
  try {
    if (replay && proposals.some(({ compound }) => compound.skill.pure)) {
      checkRuntime(runtime, 'With --no-replay nothing is run.');
      if (!trust) {
        await requireTrust(
          running,
          'this command runs them to verify what it learns',
          ' With --no-replay nothing is run.'
        );
      }
    }
    return undefined;
  } catch (error) {
    return error;
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
      process.stderr.write(`llmos: ${join(volume, path)}:${line}: ${message}\n`)
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
