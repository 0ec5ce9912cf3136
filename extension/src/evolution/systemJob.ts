import type { Contents } from '@jupyterlab/services';
import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  EVOLUTION_RUNS,
  isDraft,
  promotionKey,
  promotionRun,
  REJECTIONS,
  teamOf,
  type IEvolutionRun,
  type IPromotable,
  type IPromotables,
  type IPromoteTask,
  type ITraceFile
} from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';
import { newUlid } from '../session/store/ulid';
import type { IVolume } from '../tokens';
import { splitDrive, SYSTEM_VOLUME } from '../volumes/copyToUser';
import { EvolutionFiles, type IEvolutionPlace } from './evolutionFiles';
import { Job, type IJobOptions } from './job';
import type { IEvolutionSettings } from './settings';

/** What the system job works with. */
export interface ISystemJobOptions extends Omit<IJobOptions, 'volume'> {
  /** Where its history is kept: the system library cannot be written here. */
  readonly place: IEvolutionPlace;
  /** Volumes whose runs it reads: the person's own, and their teams'. */
  readonly volumes: () => readonly IVolume[];
  readonly entries: () => Promise<readonly ISkillEntry[]>;
  readonly find: (task: IPromoteTask, signal: AbortSignal) => Promise<IPromotables>;
  readonly settings: () => IEvolutionSettings;
}

/** Proposes for everybody what several people of a team have used with success. */
export class SystemJob extends Job {
  constructor(private readonly _options: ISystemJobOptions) {
    super('system', { ..._options, volume: SYSTEM_VOLUME });
    this._files = new EvolutionFiles(_options.place);
    _options.place.volume.drive.fileChanged.connect(this._onFile, this);
    this.ready = this.refresh();
  }

  readonly ready: Promise<void>;

  get runs(): readonly IEvolutionRun[] {
    return this._runs;
  }

  /** What the last run that came to its end found, but for what was proposed or refused since. */
  get promotions(): readonly IPromotable[] {
    return this._promotions;
  }

  override dispose(): void {
    this._options.place.volume.drive.fileChanged.disconnect(this._onFile, this);
    super.dispose();
  }

  /** Does not propose this version again: it was refused, or was proposed. */
  async dismiss(promotion: IPromotable): Promise<void> {
    await this._files.addRejection({
      v: 1,
      by: 'person',
      ...{
        id: promotion.id,
        signature: promotionKey(promotion),
        reason: '',
        newest: ''
      },
      at: new Date().toISOString()
    });
    await this.refresh();
  }

  protected async load(): Promise<void> {
    const [runs, rejections] = await Promise.all([
      this._files.runs(),
      this._files.rejections()
    ]);
    this._runs = runs.filter(({ job }) => job === 'system');
    const refused = new Set(rejections.map(({ signature }) => signature));
    const last = this._runs.filter(({ status }) => status === 'done').at(-1);
    this._promotions = (last?.promotions ?? []).filter(
      each => !refused.has(promotionKey(each))
    );
  }

  protected async work(signal: AbortSignal): Promise<IEvolutionRun> {
    const start = Date.now();
    let found: Partial<IEvolutionRun>;
    try {
      const { traces, promotions } = await this._find(signal);
      found = { status: 'done', traces, promotions };
    } catch (error) {
      found = signal.aborted
        ? { status: 'stopped' }
        : { status: 'failed', error: reasonOf(error) };
    }
    const run = promotionRun({
      id: newUlid(),
      started: new Date(start).toISOString(),
      ms: Date.now() - start,
      ...found
    });
    await this._files.addRun(run);
    return run;
  }

  /** Another tab has run, or dismissed something. */
  private _onFile(_: unknown, { newValue }: Contents.IChangedArgs): void {
    const { local } = splitDrive(newValue?.path ?? '');
    if ([EVOLUTION_RUNS, REJECTIONS].includes(local) && !this.isRunning) {
      void this.refresh();
    }
  }

  private async _find(signal: AbortSignal): Promise<IPromotables> {
    const { volumes, entries, find, settings, place } = this._options;
    const { minPeople, minSuccess } = settings();
    const traces: ITraceFile[] = [];
    for (const volume of volumes()) {
      const files = new EvolutionFiles({ ...place, volume });
      const tell = (done: number, total: number): void =>
        this.tell({ phase: 'reading', done, total, name: volume.name });
      traces.push(...(await files.traces(tell, signal)));
    }
    this.tell({ phase: 'mining', done: 0, total: 0 });
    const all = await entries();
    const shipped = new Set(
      all.filter(each => each.volume === SYSTEM_VOLUME).map(({ version }) => version)
    );
    const skills = all
      .filter(({ volume, version, text }) => {
        const isTheirs = teamOf(volume) !== null && !shipped.has(version);
        return isTheirs && !isDraft(text);
      })
      .map(({ skill: { id }, version, volume }) => ({ id, version, volume }));
    return find({ traces, skills, minPeople, minSuccess }, signal);
  }

  private readonly _files: EvolutionFiles;
  private _runs: readonly IEvolutionRun[] = [];
  private _promotions: readonly IPromotable[] = [];
}
