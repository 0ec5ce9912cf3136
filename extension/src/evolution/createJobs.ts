import type { ISkillEntry, IWorkerPool } from '@llmos-lab/kernel';
import type {
  Actor,
  IAuthor,
  IEvolutionRun,
  IPromotables,
  IPromoteTask,
  ISessionSummary
} from '@llmos-lab/skills';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAssistant } from '../assistant/tokens';
import type { IVolume, IVolumes } from '../tokens';
import { SYSTEM_VOLUME, USER_VOLUME } from '../volumes/copyToUser';
import type { MineWorkers } from './mineInWorker';
import type { QuietRuns } from './quietRuns';
import type { EvolutionSettings } from './settings';
import { SystemJob } from './systemJob';
import { VolumeJob } from './volumeJob';

/** What the jobs work with. */
export interface IEvolutionOptions {
  readonly volumes: Pick<IVolumes, 'volumes' | 'changed' | 'get'>;
  /** Skills as they are, once all volumes were read; shadowed ones included. */
  readonly entries: () => Promise<readonly ISkillEntry[]>;
  readonly sessions: () => readonly ISessionSummary[];
  readonly pool: Pick<IWorkerPool, 'replay'>;
  /** Mines histories; it ends with the jobs, for one volume with that volume's. */
  readonly miner: Pick<MineWorkers, 'mine' | 'end' | 'dispose'>;
  readonly findPromotable: (
    task: IPromoteTask,
    signal: AbortSignal
  ) => Promise<IPromotables>;
  readonly author: () => IAuthor;
  readonly settings: Pick<EvolutionSettings, 'values' | 'changed' | 'set'>;
  /** The assistant's model, where there is one. */
  readonly complete?: IAssistant['complete'];
  /** Tells of a run that began by itself. */
  readonly onRan: (volume: string, run: IEvolutionRun) => void;
  readonly locks?: Pick<LockManager, 'request'>;
  /** Where the runs of a volume go that found nothing; without it into the volume. */
  readonly quietRuns?: (volume: string) => QuietRuns;
  readonly trans: TranslationBundle;
}

/** The job that learns for a person's own volume, or for one of a team. */
export function createLearner(options: IEvolutionOptions, volume: IVolume): VolumeJob {
  const { entries, sessions, pool, miner, author, settings, onRan, locks, complete } =
    options;
  const { quietRuns, trans } = options;
  const team = teamOf(volume);
  const actor: Actor | null = team === null ? null : { kind: 'team-job', team };
  const values = (): EvolutionSettings['values'] => settings.values;
  const isShared = (): boolean => values().sharedTeams.includes(team ?? '');
  const isIts = (each: ISessionSummary): boolean =>
    each.volume === volume.name || (each.volume === USER_VOLUME && isShared());
  return new VolumeJob({
    ...{ job: team === null ? 'user' : 'team', volume, pool, author, trans },
    mine: (task, signal, name) => miner.mine(task, signal, name),
    settings: values,
    entries: async () => visibleIn(volume, await entries()),
    isOn: () => (team === null ? values().userJob : values().teamJob),
    hours: () => (team === null ? values().userHours : values().teamHours),
    since: () => firstOf(sessions().filter(isIts)),
    onRan: run => onRan(volume.name, run),
    ...(locks && { locks }),
    ...(quietRuns && { quiet: quietRuns(volume.name) }),
    ...(complete && { complete }),
    ...(actor && {
      actor,
      prepare: async (signal, onProgress) => {
        const user = options.volumes.get(USER_VOLUME);
        if (!user || !isShared()) {
          return {};
        }
        const { shareSessions } = await import('./shareSessions');
        const parts = { user, team: volume, job: actor, author: author() };
        return shareSessions({ ...parts, signal, onProgress });
      }
    })
  });
}

/** The job that proposes for everybody; its records are kept in the person's volume. */
export function createProposer(options: IEvolutionOptions, own: IVolume): SystemJob {
  const { volumes, entries, sessions, author, settings, onRan, locks, trans } = options;
  const quiet = options.quietRuns?.(own.name);
  return new SystemJob({
    ...{ entries, place: { volume: own, author, trans, ...(quiet && { quiet }) } },
    find: options.findPromotable,
    settings: () => settings.values,
    volumes: () => volumes.volumes.filter(({ owner }) => owner.kind !== 'system'),
    isOn: () => settings.values.systemJob,
    hours: () => settings.values.systemHours,
    since: () => firstOf(sessions().filter(each => each.volume !== USER_VOLUME)),
    onRan: run => onRan(SYSTEM_VOLUME, run),
    ...(locks && { locks })
  });
}

/** The team whose volume it is, or null. */
export function teamOf(volume: IVolume | undefined): string | null {
  return volume?.owner.kind === 'team' ? volume.owner.id : null;
}

/** What the users of a volume have: its own skills and the shipped ones, the nearest. */
function visibleIn(
  { name, owner }: IVolume,
  entries: readonly ISkillEntry[]
): readonly ISkillEntry[] {
  const found = new Map<string, ISkillEntry>();
  const isTheirs = ({ volume }: ISkillEntry): boolean =>
    owner.kind === 'user' || volume === name || volume === SYSTEM_VOLUME;
  for (const entry of entries.filter(isTheirs)) {
    const before = found.get(entry.skill.id);
    // Entries come with those in force first, so that only nearness to a team counts.
    if (!before || (owner.kind !== 'user' && entry.volume === name)) {
      found.set(entry.skill.id, entry);
    }
  }
  return [...found.values()];
}

function firstOf(sessions: readonly ISessionSummary[]): string | null {
  return sessions.map(({ session }) => session.created_at).sort()[0] ?? null;
}
