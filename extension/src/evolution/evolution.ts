import type { EvolutionJob, IEvolutionRun, IPromotable } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { USER_VOLUME } from '../volumes/copyToUser';
import {
  createLearner,
  createProposer,
  teamOf,
  type IEvolutionOptions
} from './createJobs';
import type { Job } from './job';
import type { SystemJob } from './systemJob';
import type {
  IDecisionOfVolume,
  IDraft,
  IEvolution,
  IJobState,
  IRejectionOfVolume,
  IReviewed,
  IRunOfVolume
} from './tokens';
import type { VolumeJob } from './volumeJob';

/** The jobs of all volumes: the person's own, their teams', the system library's. */
export class Evolution implements IEvolution, IDisposable {
  constructor(private readonly _options: IEvolutionOptions) {
    const { volumes, settings } = _options;
    volumes.changed.connect(this._onVolumes, this);
    settings.changed.connect(this.reschedule, this);
    this._onVolumes();
    const reads = [...this._learning.values()].map(job => job.ready);
    this.ready = Promise.all([...reads, this._system?.ready ?? reads[0]]).then(
      () => undefined
    );
  }

  readonly ready: Promise<void>;

  get jobs(): readonly IJobState[] {
    const { sharedTeams, askModel } = this._options.settings.values;
    const { complete } = this._options;
    return this._all.map(each => {
      const { job, volume, isOn, hours, due, isTaken } = each;
      const { progress, problem, failure } = each;
      const when = { job, volume, isOn, hours, due, isTaken };
      const state = { ...when, progress, problem, failure };
      const team = teamOf(this._options.volumes.get(volume));
      return team !== null
        ? { ...state, shares: sharedTeams.includes(team) }
        : job === 'user' && complete
          ? { ...state, asksModel: askModel }
          : state;
    });
  }

  get candidates(): readonly IReviewed[] {
    return [...this._learning.values()].flatMap(job => job.candidates);
  }

  get drafts(): readonly IDraft[] {
    return [...this._learning.values()].flatMap(job => job.drafts);
  }

  get rejections(): readonly IRejectionOfVolume[] {
    return [...this._learning.values()]
      .flatMap(({ rejections, volume }) =>
        rejections.map(rejection => ({ ...rejection, volume }))
      )
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  get decisions(): readonly IDecisionOfVolume[] {
    return [...this._learning.values()].flatMap(({ decisions, volume }) =>
      decisions.map(decision => ({ ...decision, volume }))
    );
  }

  get promotions(): readonly IPromotable[] {
    return this._system?.promotions ?? [];
  }

  get history(): readonly IRunOfVolume[] {
    return this._all
      .flatMap(job => job.runs.map(run => ({ ...run, volume: job.volume })))
      .sort((a, b) => (a.started < b.started ? 1 : -1));
  }

  get thresholds(): IEvolution['thresholds'] {
    return this._options.settings.values;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._all.forEach(job => job.dispose());
      this._options.miner.dispose();
      this._options.volumes.changed.disconnect(this._onVolumes, this);
      this._options.settings.changed.disconnect(this.reschedule, this);
      Signal.clearData(this);
    }
  }

  /** Sets the timers to when the jobs are due now. */
  reschedule(): void {
    this._all.forEach(job => job.reschedule());
  }

  /** As `reschedule`, for jobs that are due at another time than their timers. */
  catchUp(): void {
    this._all
      .filter(({ due, scheduled }) => due !== scheduled)
      .forEach(job => job.reschedule());
  }

  async run(volume: string): Promise<IEvolutionRun | null> {
    return this._job(volume).run();
  }

  stop(volume: string): void {
    this._job(volume).stop();
  }

  reject(volume: string, id: string, reason: string): Promise<() => Promise<void>> {
    return this._learner(volume).reject(id, reason);
  }

  allow({ volume, ...rejection }: IRejectionOfVolume): Promise<void> {
    return this._learner(volume).allow(rejection);
  }

  rename(
    volume: string,
    id: string,
    name: string,
    description?: string
  ): Promise<void> {
    return this._learner(volume).rename(id, name, description);
  }

  accept(volume: string, id: string): Promise<string> {
    return this._learner(volume).accept(id);
  }

  async dismiss(promotion: IPromotable): Promise<void> {
    if (!this._system) {
      throw new Error(this._options.trans.__('Your volume is not there yet.'));
    }
    await this._system.dismiss(promotion);
  }

  async share(volume: string, isShared: boolean): Promise<void> {
    const { settings, volumes, trans } = this._options;
    const team = teamOf(volumes.get(volume));
    if (team === null) {
      throw new Error(trans.__('"%1" is no volume of a team of yours.', volume));
    }
    await settings.set(({ sharedTeams }) => {
      const others = sharedTeams.filter(each => each !== team);
      return { sharedTeams: isShared ? [...others, team] : others };
    });
  }

  async useModel(isUsed: boolean): Promise<void> {
    await this._options.settings.set({ askModel: isUsed });
  }

  async turn(job: EvolutionJob, isOn: boolean): Promise<void> {
    await this._options.settings.set({ [`${job}Job`]: isOn });
  }

  private get _all(): readonly Job[] {
    return [...this._learning.values(), ...(this._system ? [this._system] : [])];
  }

  private _job(volume: string): Job {
    const found = this._all.find(job => job.volume === volume);
    if (!found) {
      const { trans } = this._options;
      throw new Error(trans.__('No job learns for the volume "%1".', volume));
    }
    return found;
  }

  private _learner(volume: string): VolumeJob {
    const found = this._learning.get(volume);
    if (!found) {
      const { trans } = this._options;
      throw new Error(trans.__('No learned skills wait in the volume "%1".', volume));
    }
    return found;
  }

  /** One job for each volume that is mounted now. */
  private _onVolumes(): void {
    const wanted = this._options.volumes.volumes.filter(
      ({ repository, owner }) => repository && owner.kind !== 'system'
    );
    for (const [name, job] of this._learning) {
      if (!wanted.some(volume => volume.name === name)) {
        job.dispose();
        this._options.miner.end(name);
        this._learning.delete(name);
      }
    }
    for (const volume of wanted.filter(({ name }) => !this._learning.has(name))) {
      const job = createLearner(this._options, volume);
      this._learning.set(volume.name, job);
      job.changed.connect(this._tell, this);
    }
    const own = this._options.volumes.get(USER_VOLUME);
    if (own && !this._system) {
      this._system = createProposer(this._options, own);
      this._system.changed.connect(this._tell, this);
    }
    this._changed.emit();
  }

  private _tell(): void {
    this._changed.emit();
  }

  private readonly _learning = new Map<string, VolumeJob>();
  private _system: SystemJob | null = null;
  private readonly _changed = new Signal<this, void>(this);
  private _isDisposed = false;
}
