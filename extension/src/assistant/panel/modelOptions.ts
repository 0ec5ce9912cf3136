import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

import type { INotebookRuns } from '../../graph/run/tokens';
import type { ISessionPlace, ISkillLibrary } from '../../tokens';
import type { ConversationStore } from '../conversationStore';
import type { FilesBeside } from '../filesBeside';
import type { AssistantSettings } from '../settings';
import type { IChatProvider } from '../tokens';
import type { ITurnResult, ITurnState } from '../turn';
import type { ITakeBackQuestion, TakeBackAnswer } from './takeBack';

/** An answer that is being written. */
export interface ILiveAnswer extends ITurnState {
  /** Id of the message that it becomes. */
  readonly id: string;
  /** Id of the question that it answers. */
  readonly question: string;
}

/** What the panel's model works with. */
export interface IAssistantModelOptions {
  readonly notebooks: INotebookTracker;
  readonly library: ISkillLibrary;
  readonly runs: INotebookRuns | null;
  readonly store: ConversationStore;
  readonly settings: AssistantSettings;
  /** The provider that the settings name. */
  readonly provider: () => IChatProvider | null;
  readonly pinned: () => readonly string[];
  /** Lines about the last runs of a notebook's session, newest first. */
  readonly recentRuns: (panel: NotebookPanel) => Promise<readonly string[]>;
  /** The files of a notebook's folder, to tell which ones a turn wrote. */
  readonly filesBeside: (panel: NotebookPanel) => Promise<FilesBeside>;
  /** Asks the person, where taking back what answers changed costs something. */
  readonly confirm: (question: ITakeBackQuestion) => Promise<TakeBackAnswer>;
  /** Writes what a turn was into the session's traces. */
  readonly trace: (place: ISessionPlace, turn: IFinishedTurn) => Promise<void>;
  /** Tells a failure that takes nothing from the answer, such as one to keep it. */
  readonly onFailure: (reason: unknown) => void;
  /** Logs what nobody expected, under the turn's notebook; the conversation tells it. */
  readonly log: (reason: unknown, panel: NotebookPanel | null) => void;
}

/** A turn as its trace keeps it. */
export interface IFinishedTurn {
  readonly prompt: string;
  readonly skills: readonly string[];
  readonly result: ITurnResult;
  /** Milliseconds since 1970, and how many it took. */
  readonly startedAt: number;
  readonly ms: number;
}
