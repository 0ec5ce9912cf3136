import type { Contents } from '@jupyterlab/services';
import type { ISkillEntry, IWorkerPool } from '@llmos-lab/kernel';
import {
  dueAt,
  formatSkill,
  toSkillId,
  type EvolutionJob,
  type IAuthor,
  type IEvolutionRun,
  type ISessionSummary
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { newUlid } from '../session/store/ulid';
import type { IVolume } from '../tokens';
import { acceptCandidate } from './accept';
import {
  commitsOfRuns,
  EVOLUTION_FOLDER,
  EvolutionFiles,
  type ICandidateFile
} from './evolutionFiles';
import { learn } from './learn';
import type { IMined, IMineTask } from './mineTask';
import { createReplayer } from './replayer';
import type { IEvolutionSettings } from './settings';
import type { IEvolution, IEvolutionProgress, IJobState } from './tokens';

/** What jobs work with. */
export interface IEvolutionOptions {
  /** The volume of the person. */
  readonly volume: IVolume;
  /** Skills as they are, once all volumes were read. */
  readonly entries: () => Promise<readonly ISkillEntry[]>;
  readonly sessions: () => readonly ISessionSummary[];
  readonly pool: Pick<IWorkerPool, 'replay'>;
  readonly mine: (task: IMineTask, signal: AbortSignal) => Promise<IMined>;
  readonly author: () => IAuthor;
  readonly settings: () => IEvolutionSettings;
  /** Tells of a run that began by itself. */
  readonly onRan: (run: IEvolutionRun) => void;
  readonly locks?: Pick<LockManager, 'request'>;
}

/** Longest wait of one timer; browsers take longer ones for none. */
const LONGEST = 2 ** 31 - 1;
/** A page that has just opened is left alone for so long, in milliseconds. */
const SETTLE = 30_000;

/** The job of the person's own volume, its candidates and its history. */
export class Evolution implements IEvolution, IDisposable {
  constructor(private readonly _options: IEvolutionOptions) {
    this._files = new EvolutionFiles(_options.volume.drive);
    this._opened = Date.now();
    _options.volume.drive.fileChanged.connect(this._onFile, this);
    this.ready = this.refresh();
  }

  readonly ready: Promise<void>;

  get jobs(): readonly IJobState[] {
    const { userJob, userHours } = this._options.settings();
    const first = this._options
      .sessions()
      .map(({ session }) => session.created_at)
      .sort()[0];
    const settings = { isOn: userJob, hours: userHours };
    const due = dueAt('user', settings, this._runs, first ?? null);
    return [{ job: 'user', isOn: userJob, due, progress: this._progress }];
  }

  /** For when the timer is set. */
  get scheduled(): number | null {
    return this._scheduled;
  }

  get candidates(): readonly ICandidateFile[] {
    return this._candidates;
  }

  get history(): readonly IEvolutionRun[] {
    return [...this._runs].reverse();
  }

  get problem(): string | null {
    return this._problem;
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
      clearTimeout(this._timer);
      this._controller?.abort();
      this._options.volume.drive.fileChanged.disconnect(this._onFile, this);
      Signal.clearData(this);
    }
  }

  /** Reads the volume's files of evolution again. */
  async refresh(): Promise<void> {
    try {
      [this._runs, this._candidates] = await Promise.all([
        this._files.runs(),
        this._files.candidates()
      ]);
      this._problem = null;
    } catch (error) {
      this._problem = error instanceof Error ? error.message : String(error);
    }
    this.reschedule();
  }

  /** Sets the one timer to when the job is due. */
  reschedule(): void {
    if (this._isDisposed) {
      return;
    }
    clearTimeout(this._timer);
    const due = this.jobs[0]?.due ?? null;
    this._scheduled = due;
    if (due !== null && this._controller === null) {
      const wait = Math.max(due, this._opened + SETTLE) - Date.now();
      this._timer = setTimeout(
        () => this._onDue(),
        Math.min(LONGEST, Math.max(0, wait))
      );
    }
    this._changed.emit();
  }

  run(job: EvolutionJob): Promise<IEvolutionRun | null> {
    if (job !== 'user') {
      return Promise.reject(new Error(`The ${job} job does not run in this browser.`));
    }
    return this._exclusively({ ifAvailable: true }, () => true);
  }

  stop(): void {
    this._controller?.abort();
  }

  async reject(id: string, reason: string): Promise<void> {
    const candidate = this._candidates.find(each => each.id === id);
    if (candidate) {
      const { signature, traces } = candidate.provenance;
      await this._files.addRejection({
        v: 1,
        by: 'person',
        ...{ signature, id: candidate.skill.id, reason },
        at: new Date().toISOString(),
        newest: traces.at(-1) ?? ''
      });
      await this._files.removeCandidate(id);
      await this.refresh();
    }
  }

  async rename(id: string, name: string): Promise<void> {
    const candidate = this._candidates.find(each => each.id === id);
    if (candidate) {
      const next = toSkillId(name);
      const entries = await this._options.entries();
      const others = this._candidates.filter(each => each !== candidate);
      if ([...entries, ...others].some(({ skill }) => skill.id === next)) {
        throw new Error(`There is a skill "${next}" already. Choose another name.`);
      }
      const keys = { skill_id: next, name };
      await this._files.writeCandidate(next, formatSkill(candidate.text, { keys }));
      if (next !== id) {
        await this._files.removeCandidate(id);
      }
      await this.refresh();
    }
  }

  async accept(id: string): Promise<string> {
    const { volume, author } = this._options;
    const oid = await acceptCandidate(
      { volume, files: this._files, author: author() },
      id
    );
    await this.refresh();
    return oid;
  }

  private _onDue(): void {
    const isDue = (): boolean => (this.jobs[0]?.due ?? Infinity) <= Date.now();
    if (!isDue()) {
      // The timer was shorter than the wait, or another tab was first.
      this.reschedule();
      return;
    }
    // When another tab is at it this one waits, and goes on should that one be closed.
    this._exclusively({}, isDue)
      .then(run => run && this._options.onRan(run))
      .catch((error: unknown) => {
        this._problem = error instanceof Error ? error.message : String(error);
        this._changed.emit();
      });
  }

  /** Runs in one tab of all; `isWanted` is asked once the files are known as they are. */
  private async _exclusively(
    options: LockOptions,
    isWanted: () => boolean
  ): Promise<IEvolutionRun | null> {
    const { locks } = this._options;
    const work = async (): Promise<IEvolutionRun | null> => {
      await this.refresh();
      return isWanted() && this._controller === null ? this._run() : null;
    };
    return locks
      ? locks.request('llmos:evolution:user', options, async lock =>
          lock ? work() : null
        )
      : work();
  }

  private async _run(): Promise<IEvolutionRun> {
    const { volume, entries, pool, mine, settings } = this._options;
    const controller = new AbortController();
    const { signal } = controller;
    const { minCount, minSuccess, halfLife, days, replaySeconds } = settings();
    this._controller = controller;
    this._tell({ phase: 'reading', done: 0, total: 0 });
    try {
      const log = (await volume.repository?.store.log()) ?? [];
      const since = new Date(Date.now() - days * 86_400_000).toISOString();
      const run = await learn({
        job: 'user',
        ...{ id: newUlid(), files: this._files, mine, signal },
        entries: await entries(),
        commits: commitsOfRuns(log),
        settings: { minCount, minSuccess, halfLife, ...(days > 0 && { since }) },
        replay: createReplayer({ pool, signal, seconds: replaySeconds }),
        now: Date.now,
        onProgress: progress => this._tell(progress)
      });
      await this._applyVerified(run);
      return run;
    } finally {
      this._controller = null;
      this._progress = null;
      await this.refresh();
    }
  }

  /** With *apply automatically* on: as drafts, which people review before promotion. */
  private async _applyVerified({ candidates }: IEvolutionRun): Promise<void> {
    if (this._options.settings().applyAutomatically) {
      await this.refresh();
      for (const { id, review } of this._candidates) {
        if (candidates.includes(id) && review.report.verdict === 'accepted') {
          await this.accept(id);
        }
      }
    }
  }

  private _tell(progress: IEvolutionProgress): void {
    this._progress = progress;
    this._changed.emit();
  }

  private _onFile(_: unknown, { oldValue, newValue }: Contents.IChangedArgs): void {
    const isOurs = [oldValue?.path, newValue?.path].some(path =>
      path?.startsWith(`${EVOLUTION_FOLDER}/`)
    );
    if (isOurs && this._controller === null) {
      void this.refresh();
    }
  }

  private readonly _files: EvolutionFiles;
  private readonly _opened: number;
  private readonly _changed = new Signal<this, void>(this);
  private _runs: readonly IEvolutionRun[] = [];
  private _candidates: readonly ICandidateFile[] = [];
  private _problem: string | null = null;
  private _progress: IEvolutionProgress | null = null;
  private _controller: AbortController | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _scheduled: number | null = null;
  private _isDisposed = false;
}
