import type {
  Completion,
  IModelProblem,
  IModelRequest,
  ModelEvent
} from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';

export type { Completion };

/** Someone who can answer: a language model behind whatever connection. */
export interface IChatProvider {
  /** Stands in the setting `provider`. */
  readonly id: string;
  /** As people read it. */
  readonly name: string;
  /** What still keeps it from answering; null when it can be asked now. */
  readonly problem: () => Promise<IModelProblem | null>;
  /**
   * Before the first request of a turn: gets what is asked for anew each time, such as a
   * key that is kept nowhere. A problem ends the turn.
   */
  readonly begin?: () => Promise<IModelProblem | null>;
  /** After the last request of a turn, however it ended: forgets what `begin` got. */
  readonly end?: () => void;
  /**
   * Asks. The last event is `end` or `problem`; nothing more comes once `signal` stops it.
   * Resolves then; never rejects for what a server or the network does.
   */
  ask(
    request: IModelRequest,
    onEvents: (events: readonly ModelEvent[]) => void,
    signal: AbortSignal
  ): Promise<void>;
}

/** The assistant, for extensions that bring a provider or ask a question. */
export interface IAssistant {
  /** Adds a provider that the setting `provider` can name; disposing takes it back. */
  addProvider(provider: IChatProvider): IDisposable;
  /** Asks a question as if it were typed; resolves when its answer has ended. */
  ask(question: string): Promise<void>;
  /**
   * Asks the model that is set one question, beside the conversation and without tools.
   * Never asks the person for a key, and never rejects for what a server does.
   */
  complete(
    question: { readonly system: string; readonly text: string },
    signal: AbortSignal
  ): Promise<Completion>;
}

/** The token for extensions that bring models, or ask the assistant. */
export const IAssistant = new Token<IAssistant>(
  '@llmos-lab/extension:IAssistant',
  'The assistant: asks questions, and takes providers of language models.'
);
