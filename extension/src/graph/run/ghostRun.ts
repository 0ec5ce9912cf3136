import type { IGraphCell, RunChoice } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';

import type { Answers } from './ask';
import { foretellCalls } from './foretellCalls';
import { readPlan, type IPlanParts } from './planView';
import type { IRunPlan } from './tokens';

/** What the ghost run of a notebook is made from. */
export interface IGhostRunOptions extends Omit<IPlanParts, 'choice' | 'foretell'> {
  /** Brings the graph up to date with the notebook. */
  readonly refresh: () => void;
  /** Whether the kernel answers at once, and by this page's cache. */
  readonly canAsk: () => boolean;
  readonly ask: (
    expressions: Readonly<Record<string, string>>
  ) => Promise<Answers | null>;
  readonly cellOf: (id: string) => IGraphCell | undefined;
  /** The shown plan is another one. */
  readonly onShown: () => void;
}

/** What a run would do, shown while a person looks at a choice. */
export class GhostRun implements IDisposable {
  constructor(private readonly _options: IGhostRunOptions) {}

  /** The plan that is shown now. */
  get shown(): IRunPlan | null {
    return this._shown;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** What is still being planned is not shown any more. */
  dispose(): void {
    this._isDisposed = true;
    this._choice = null;
    this._turn += 1;
  }

  async plan(choice: RunChoice): Promise<IRunPlan> {
    const { refresh, memory, canAsk, ask } = this._options;
    if (!this._isDisposed) {
      refresh();
    }
    await memory.ready;
    return readPlan({
      ...this._options,
      choice,
      foretell: async cells => {
        this._isUntold = !canAsk();
        return this._isUntold ? new Map() : foretellCalls(ask, cells);
      }
    });
  }

  /** Shows what a choice would run; null shows nothing. */
  async show(choice: RunChoice | null): Promise<void> {
    if (this._isDisposed) {
      return;
    }
    const turn = ++this._turn;
    this._choice = choice;
    const plan = choice ? await this.plan(choice) : null;
    // Another choice may have been looked at meanwhile.
    if (turn === this._turn && plan !== this._shown) {
      this._shown = plan;
      this._options.onShown();
    }
  }

  /** Shows anew what is looked at: cells stand otherwise than when it was told. */
  refresh(): void {
    if (this._choice) {
      void this.show(this._choice);
    }
  }

  /** The kernel is free: what it could not be asked before is asked now. */
  complete(): void {
    if (this._isUntold) {
      this.refresh();
    }
  }

  private _shown: IRunPlan | null = null;
  /** Whether the last plan was made without the kernel's answer. */
  private _isUntold = false;
  /** What is looked at. */
  private _choice: RunChoice | null = null;
  private _turn = 0;
  private _isDisposed = false;
}
