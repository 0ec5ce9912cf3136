import { dueAt, type EvolutionJob, type IEvolutionRun } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { reasonOf } from '../reasonOf';
import type { IJobProgress } from './tokens';

/** What every job needs. */
export interface IJobOptions {
  /** Name of the volume that it learns for. */
  readonly volume: string;
  readonly isOn: () => boolean;
  /** From the beginning of one run to that of the next. */
  readonly hours: () => number;
  /** When there was first something to learn from (ISO 8601), null while there is not. */
  readonly since: () => string | null;
  /** Tells of a run that began by itself. */
  readonly onRan: (run: IEvolutionRun) => void;
  readonly locks?: Pick<LockManager, 'request'>;
}

/** Longest wait of one timer; browsers take longer ones for none. */
const LONGEST = 2 ** 31 - 1;
/** A page that has just opened is left alone for so long, in milliseconds. */
const SETTLE = 30_000;
const HOUR = 3_600_000;

/** A job of one volume: when it runs, in one tab of all, and how it is stopped. */
export abstract class Job implements IDisposable {
  constructor(
    readonly job: EvolutionJob,
    private readonly _job: IJobOptions
  ) {}

  get volume(): string {
    return this._job.volume;
  }

  get isOn(): boolean {
    return this._job.isOn();
  }

  /** From the beginning of one run to that of the next. */
  get hours(): number {
    return this._job.hours();
  }

  /** Milliseconds since 1970; null: it is off, or has nothing to learn from. */
  get due(): number | null {
    const { hours, since } = this._job;
    const due = dueAt(
      this.job,
      { isOn: this.isOn, hours: hours() },
      this.runs,
      since()
    );
    // A run that left no record would else be due again at once, without an end.
    return due === null || this._failed === null
      ? due
      : Math.max(due, this._failed.at + Math.min(1, hours()) * HOUR);
  }

  /** For when the timer is set. */
  get scheduled(): number | null {
    return this._scheduled;
  }

  /** Whether this tab is at it, or about to be. */
  get isTaken(): boolean {
    return this._isAsked || this._isAtWork;
  }

  get progress(): IJobProgress | null {
    return this._progress;
  }

  /** Which of its files could not be read and why, or null. */
  get problem(): string | null {
    return this._problem;
  }

  /** Why the last run of this tab ended without a record, or null. */
  get failure(): string | null {
    return this._failed?.reason ?? null;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Its runs, oldest first. */
  abstract readonly runs: readonly IEvolutionRun[];

  /** Reads what it keeps in its volume. */
  protected abstract load(): Promise<void>;

  /** Does the work and writes its record. */
  protected abstract work(signal: AbortSignal): Promise<IEvolutionRun>;

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      clearTimeout(this._timer);
      this._controller?.abort();
      this._life.abort();
      Signal.clearData(this);
    }
  }

  /**
   * Reads the volume's files of evolution again: one read at a time, and one more for all
   * who ask meanwhile, so that no older answer comes after a newer one.
   */
  refresh(): Promise<void> {
    if (!this._next) {
      this._next = this._reading.then(() => {
        this._next = null;
        return this._read();
      });
      this._reading = this._next;
    }
    return this._next;
  }

  /** Sets the one timer to when the job is due. */
  reschedule(): void {
    if (this._isDisposed) {
      return;
    }
    clearTimeout(this._timer);
    const { due } = this;
    this._scheduled = due;
    if (due !== null && !this.isRunning && !this._isQueued) {
      const wait = Math.max(due, this._opened + SETTLE) - Date.now();
      this._timer = setTimeout(
        () => this._onDue(),
        Math.min(LONGEST, Math.max(0, wait))
      );
    }
    this._changed.emit();
  }

  /** Runs now; null when it runs already, here or in another tab. */
  async run(): Promise<IEvolutionRun | null> {
    if (this.isTaken) {
      return null;
    }
    this._isAsked = true;
    try {
      return await this._exclusively({ ifAvailable: true }, () => true);
    } finally {
      this._isAsked = false;
    }
  }

  stop(): void {
    this._controller?.abort();
  }

  protected get isRunning(): boolean {
    return this._controller !== null;
  }

  protected tell(progress: IJobProgress): void {
    this._progress = progress;
    this._changed.emit();
  }

  private _onDue(): void {
    const isDue = (): boolean => (this.due ?? Infinity) <= Date.now();
    if (!isDue()) {
      // The timer was shorter than the wait, or another tab was first.
      this.reschedule();
      return;
    }
    // When another tab is at it this one waits, and goes on should that one be closed.
    this._isQueued = true;
    this._exclusively({ signal: this._life.signal }, isDue)
      .then(run => run && this._job.onRan(run))
      .catch((error: unknown) => {
        this._failed = { at: Date.now(), reason: reasonOf(error) };
      })
      .finally(() => {
        this._isQueued = false;
        this.reschedule();
      });
  }

  /** Runs in one tab of all; `isWanted` is asked once the files are known as they are. */
  private async _exclusively(
    options: LockOptions,
    isWanted: () => boolean
  ): Promise<IEvolutionRun | null> {
    const { locks } = this._job;
    const work = async (): Promise<IEvolutionRun | null> => {
      this._isAtWork = true;
      try {
        await this.refresh();
        // Whoever waited for the lock may have left the team meanwhile.
        const isFree = !this._isDisposed && !this.isRunning;
        return isFree && isWanted() ? await this._run() : null;
      } finally {
        this._isAtWork = false;
      }
    };
    if (!locks) {
      return work();
    }
    const name = `llmos:evolution:${this.volume}`;
    return locks.request(name, options, async lock => {
      if (lock) {
        return work();
      }
      // What the other tab finds is shown here too, once it has ended.
      locks
        .request(name, { signal: this._life.signal, mode: 'shared' }, () => undefined)
        .then(() => this.refresh())
        .catch(() => undefined); // The job was disposed of meanwhile.
      return null;
    });
  }

  private async _run(): Promise<IEvolutionRun> {
    this._controller = new AbortController();
    this.tell({ phase: 'reading', done: 0, total: 0 });
    try {
      const run = await this.work(this._controller.signal);
      this._failed = null;
      return run;
    } catch (error) {
      this._failed = { at: Date.now(), reason: reasonOf(error) };
      throw error;
    } finally {
      this._controller = null;
      this._progress = null;
      await this.refresh();
    }
  }

  private async _read(): Promise<void> {
    try {
      await this.load();
      this._problem = null;
    } catch (error) {
      this._problem = reasonOf(error);
    }
    this.reschedule();
  }

  private readonly _opened = Date.now();
  /** Ends with this job: it waits for no lock any more. */
  private readonly _life = new AbortController();
  private readonly _changed = new Signal<this, void>(this);
  private _problem: string | null = null;
  private _failed: { readonly at: number; readonly reason: string } | null = null;
  private _reading: Promise<void> = Promise.resolve();
  private _next: Promise<void> | null = null;
  /** Whether a run that is due waits for the lock, or has it. */
  private _isQueued = false;
  /** Whether somebody has asked for a run that has not ended. */
  private _isAsked = false;
  /** Whether it has the lock. */
  private _isAtWork = false;
  private _progress: IJobProgress | null = null;
  private _controller: AbortController | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _scheduled: number | null = null;
  private _isDisposed = false;
}
