import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { reasonOf } from '../../reasonOf';
import type {
  IGuideContext,
  IPrompt,
  IPromptProgress,
  IPromptResult
} from '../prompts/prompt';

/** How a prompt stands. */
export type PromptState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly progress: IPromptProgress }
  | { readonly phase: 'done'; readonly result: IPromptResult }
  | { readonly phase: 'failed'; readonly reason: string }
  | { readonly phase: 'cancelled' };

const IDLE: PromptState = { phase: 'idle' };

/** The prompts of the guide and how each stands; at most one runs at a time. */
export class GuideModel implements IDisposable {
  constructor(
    readonly prompts: readonly IPrompt[],
    private readonly _context: IGuideContext
  ) {}

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Id of the prompt that runs; null when none does. */
  get running(): string | null {
    return this._running;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** What was begun goes on in its notebook, where it can be stopped. */
  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  state(id: string): PromptState {
    return this._states.get(id) ?? IDLE;
  }

  /**
   * Runs a prompt; how it went is its state. Does nothing while one is under way.
   *
   * @throws Error when there is no such prompt
   */
  async start(id: string): Promise<PromptState> {
    const prompt = this.prompts.find(each => each.id === id);
    if (!prompt) {
      const known = this.prompts.map(each => each.id).join(', ');
      throw new Error(
        this._context.trans.__('The guide has no prompt "%1". It has: %2.', id, known)
      );
    }
    if (this._running !== null) {
      return this.state(id);
    }
    this._running = id;
    this._abort = new AbortController();
    const { signal } = this._abort;
    const report = (progress: IPromptProgress): void =>
      this._set(id, { phase: 'running', progress });
    const { trans } = this._context;
    report({ text: trans.__('Opening the notebook…'), fraction: null });
    let end: PromptState;
    try {
      end = {
        phase: 'done',
        result: await prompt.run(this._context, { signal, report })
      };
    } catch (error) {
      end =
        (error as { name?: unknown } | null)?.name === 'AbortError'
          ? { phase: 'cancelled' }
          : { phase: 'failed', reason: reasonOf(error) };
    }
    this._running = null;
    this._set(id, end);
    return end;
  }

  /** Stops the prompt that runs; what it has computed stays. */
  stop(): void {
    this._abort.abort();
  }

  private _set(id: string, state: PromptState): void {
    this._states.set(id, state);
    this._stateChanged.emit();
  }

  private readonly _stateChanged = new Signal<this, void>(this);
  private readonly _states = new Map<string, PromptState>();
  private _running: string | null = null;
  private _abort = new AbortController();
  private _isDisposed = false;
}
