import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry, IWorkerPool } from '@llmos-lab/kernel';
import {
  commitsOfRuns,
  detect,
  learn,
  proposedText,
  updateOf,
  type Actor,
  type EvolutionJob,
  type IAuthor,
  type IDecision,
  type IEvolutionRun,
  type IMined,
  type IMineTask,
  type IRejection
} from '@llmos-lab/skills';

import type { IAssistant } from '../assistant/tokens';
import { newUlid } from '../session/store/ulid';
import type { IVolume } from '../tokens';
import { splitDrive } from '../volumes/copyToUser';
import { acceptApplied, acceptCandidate } from './accept';
import { EvolutionFiles } from './evolutionFiles';
import { Job, type IJobOptions } from './job';
import { Kept } from './kept';
import type { QuietRuns } from './quietRuns';
import type { IEvolutionSettings } from './settings';
import { forgetRejection, rejectWaiting, renameWaiting } from './decide';
import type { IDraft, IJobProgress, IReviewed } from './tokens';

/** What a job works with that learns skills for a volume. */
export interface IVolumeJobOptions extends Omit<IJobOptions, 'volume'> {
  readonly job: Exclude<EvolutionJob, 'system'>;
  readonly volume: IVolume;
  /** The job as `canAccess` asks for it; by default the person. */
  readonly actor?: Actor;
  /** Skills that its users have, the nearest of each id, once all volumes were read. */
  readonly entries: () => Promise<readonly ISkillEntry[]>;
  readonly pool: Pick<IWorkerPool, 'replay'>;
  /** Mines the history of a volume. */
  readonly mine: (
    task: IMineTask,
    signal: AbortSignal,
    volume: string
  ) => Promise<IMined>;
  readonly author: () => IAuthor;
  /** Where runs go that found nothing. */
  readonly quiet?: QuietRuns;
  readonly settings: () => IEvolutionSettings;
  readonly trans: TranslationBundle;
  /** The assistant's model, where there is one. */
  readonly complete?: IAssistant['complete'];
  /** Comes before reading, such as copying sessions; what it gives is in the record. */
  readonly prepare?: (
    signal: AbortSignal,
    onProgress: (progress: IJobProgress) => void
  ) => Promise<Partial<IEvolutionRun>>;
}

/** Learns skills from the runs in one volume: its candidates, its history. */
export class VolumeJob extends Job {
  constructor(private readonly _options: IVolumeJobOptions) {
    super(_options.job, { ..._options, volume: _options.volume.name });
    const { job, volume, trans } = _options;
    this._files = new EvolutionFiles(_options);
    this._kept = new Kept({ files: this._files, job, volume: volume.name, trans });
    _options.volume.drive.fileChanged.connect(this._onFile, this);
    this.ready = this.refresh();
  }

  readonly ready: Promise<void>;

  get runs(): readonly IEvolutionRun[] {
    return this._kept.runs;
  }

  /** Guides that a model drafted. */
  get drafts(): readonly IDraft[] {
    return this._kept.drafts;
  }

  /** What people have decided, newest first. */
  get decisions(): readonly IDecision[] {
    return this._kept.decisions;
  }

  /** What people have refused, oldest first. */
  get rejections(): readonly IRejection[] {
    return this._kept.rejections;
  }

  /** Those that wait, then those that were applied automatically. */
  get candidates(): readonly IReviewed[] {
    return [...this._kept.candidates, ...this._kept.applied];
  }

  override dispose(): void {
    this._options.volume.drive.fileChanged.disconnect(this._onFile, this);
    super.dispose();
  }

  /**
   * Takes a candidate away; its workflow, or this update, is not proposed again.
   *
   * @returns how to bring it back
   * @throws Error where none has that id
   */
  async reject(id: string, reason: string): Promise<() => Promise<void>> {
    const undo = await rejectWaiting(this._files, this._waiting(id), reason);
    await this.refresh();
    return async () => {
      await undo();
      await this.refresh();
    };
  }

  /** Takes a rejection back: the next run may propose its workflow. */
  async allow(rejection: IRejection): Promise<void> {
    await forgetRejection(this._files, rejection);
    await this.refresh();
  }

  /**
   * Gives a candidate another name, and the id that goes with it.
   *
   * @throws Error where none has that id, or the new one is taken
   */
  async rename(id: string, name: string, description?: string): Promise<void> {
    const waiting = this._waiting(id);
    const { candidates, drafts } = this._kept;
    const others = [...candidates, ...drafts].filter(each => each !== waiting);
    const all = [...(await this._options.entries()), ...others];
    await renameWaiting(
      this._files,
      waiting,
      { name, ...(description !== undefined && { description }) },
      { taken: all.map(({ skill }) => skill.id), trans: this._options.trans }
    );
    await this.refresh();
  }

  async accept(id: string): Promise<string> {
    const applied = this._kept.applied.find(each => each.id === id);
    const oid = applied
      ? await acceptApplied(this._files, applied)
      : await acceptCandidate(this._files, id, this._options.trans);
    await this.refresh();
    return oid;
  }

  protected load(): Promise<void> {
    return this._kept.load();
  }

  protected async work(signal: AbortSignal): Promise<IEvolutionRun> {
    const { job, volume, entries, pool, mine, settings, prepare, trans } =
      this._options;
    const { repository } = volume;
    if (!repository) {
      throw new Error(trans.__('The volume "%1" has no history here.', volume.name));
    }
    const { minCount, minSuccess, halfLife, days, replaySeconds, minTeamPeople } =
      settings();
    const since = new Date(Date.now() - days * 86_400_000).toISOString();
    const onProgress = (progress: IJobProgress): void => this.tell(progress);
    const { createReplayer } = await import('./replayer');
    const library = await entries();
    const { store } = repository;
    return learn({
      ...{ job, files: this._files, entries: library },
      ...{ id: newUlid(), signal, onProgress, now: Date.now },
      mine: (task, stop) => mine(task, stop, volume.name),
      ...(prepare && { prepare: () => prepare(signal, onProgress) }),
      ...(this._asks && { finish: () => this._detect(library, signal) }),
      ...(this._applies && {
        accept: id => acceptCandidate(this._files, id, trans, { isDraft: true })
      }),
      commits: commitsOfRuns(await store.log({ merged: true })),
      renewal: {
        own: library.filter(entry => entry.volume === volume.name),
        update: ({ skill: { id }, text, version }, compound) => {
          const entry = library.find(({ skill }) => skill.id === id);
          const path = splitDrive(entry?.path ?? '').local;
          return updateOf(store, { id, path, text, version }, compound);
        },
        proposed: digest => proposedText(store, digest)
      },
      settings: {
        ...{ minCount, minSuccess, halfLife },
        minUsers: job === 'team' ? minTeamPeople : 1,
        ...(days > 0 && { since })
      },
      replay: createReplayer({ pool, signal, seconds: replaySeconds, trans })
    });
  }

  /** A learned skill or a guide that waits for review. */
  private _waiting(id: string): IReviewed | IDraft {
    const found =
      this.candidates.find(each => each.id === id) ??
      this.drafts.find(each => each.id === id);
    if (!found) {
      const { trans } = this._options;
      throw new Error(trans.__('No learned skill "%1" waits for review.', id));
    }
    return found;
  }

  private get _applies(): boolean {
    return this.job === 'user' && this._options.settings().applyAutomatically;
  }

  private get _asks(): boolean {
    const { complete, settings } = this._options;
    return complete !== undefined && this.job === 'user' && settings().askModel;
  }

  /** What the model makes of the messages of commits. */
  private async _detect(
    entries: readonly ISkillEntry[],
    signal: AbortSignal
  ): Promise<Partial<IEvolutionRun>> {
    const { complete, settings, volume } = this._options;
    if (!complete || !volume.repository) {
      return {};
    }
    this.tell({ phase: 'asking', done: 0, total: 0 });
    const { store } = volume.repository;
    return detect({
      ...{ files: this._files, store, entries, complete, signal },
      ...{ days: settings().modelDays, now: Date.now() }
    });
  }

  private _onFile(_: unknown, { oldValue, newValue }: Contents.IChangedArgs): void {
    const isOurs = [oldValue?.path, newValue?.path].some(path =>
      this._kept.reads(splitDrive(path ?? '').local)
    );
    if (isOurs && !this.isRunning) {
      void this.refresh();
    }
  }

  private readonly _files: EvolutionFiles;
  private readonly _kept: Kept;
}
