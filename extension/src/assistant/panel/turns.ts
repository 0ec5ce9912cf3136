import type { NotebookPanel } from '@jupyterlab/notebook';
import { prepareSearch, type IContext } from '@llmos-lab/skills';

import { giveWayEvery } from '../../giveWay';
import { newUlid } from '../../session/store/ulid';
import { notebookFacts } from '../notebookFacts';
import type { IChatProvider } from '../tokens';
import type { ToolExecutor } from '../tools/executor';
import { unexpected, type ITurnResult } from '../turn';
import { AnswerDraft } from './answerDraft';
import { answerOf, newMessage } from './answers';
import {
  answerFromLibrary,
  askModel,
  NO_RESULT,
  type IAnswered,
  type IModelTurn
} from './askModel';
import type { NotebookConversations } from './conversations';
import type {
  IAssistantModelOptions,
  IFinishedTurn,
  ILiveAnswer
} from './modelOptions';
import { aboutNow, type IAbout, type IQuestion } from './about';
import type { TurnUndo } from './turnUndo';

/** Milliseconds between two drawings of an answer that is written: as fast as eyes follow. */
const PACE = 50;
/** Milliseconds for which the index of the library is worked at before keys are let in. */
const SLICE = 5;

/** What turns work with. */
export interface ITurnsOptions {
  readonly options: IAssistantModelOptions;
  readonly conversations: NotebookConversations;
  readonly undo: TurnUndo;
  /** Carries out tools. */
  readonly executor: () => ToolExecutor | null;
  /** The provider, after a look whether it can be asked now; null: the library answers. */
  readonly provider: () => Promise<IChatProvider | null>;
  readonly onContext: (context: IContext) => void;
  /** Shows the conversations of the notebook that the next question is about. */
  readonly show: (panel: NotebookPanel | null) => Promise<void>;
  readonly onChange: () => void;
  /** Called when no question waits any longer. */
  readonly onEnd: () => Promise<void>;
}

/** The turn under way, and the questions that wait for its end. */
export class Turns {
  constructor(private readonly _options: ITurnsOptions) {}

  get live(): ILiveAnswer | null {
    return this._live;
  }

  get queue(): readonly IQuestion[] {
    return this._queue;
  }

  /** Until the last waiting question is answered, and its answer kept. */
  get isBusy(): boolean {
    return this._stop !== null || this._queue.length > 0;
  }

  /**
   * Asks, or waits in line while an answer is under way. Never rejects. What is asked here
   * is about the notebook whose conversation is shown, where nothing else is said.
   */
  async ask(
    question: string,
    about: IAbout = aboutNow(this._options.conversations.panel)
  ): Promise<void> {
    const text = question.trim();
    if (text === '') {
      return;
    }
    if (this._stop) {
      this._queue = [...this._queue, { ...about, text }];
      this._options.onChange();
      return;
    }
    await this._turn({ ...about, text });
    const { options, onEnd } = this._options;
    // A notebook that was closed takes its questions along.
    const open = this._queue.filter(({ panel }) => panel?.isDisposed !== true);
    const [next, ...rest] = open;
    this._queue = rest;
    await (next === undefined
      ? onEnd().catch(options.onFailure)
      : this.ask(next.text, next));
  }

  /** Takes a waiting question back. */
  unqueue(index: number): void {
    this._queue = this._queue.filter((_, at) => at !== index);
    this._options.onChange();
  }

  /** Ends the turn under way; what was said stays, what waits does not begin. */
  stop(): void {
    this._queue = [];
    this._stop?.abort();
  }

  private async _turn(question: IQuestion): Promise<void> {
    const { options, conversations, show, onChange } = this._options;
    const { text, panel, cell } = question;
    const stop = new AbortController();
    this._stop = stop;
    if (panel !== conversations.panel) {
      await show(panel);
    }
    const { id: home } = conversations.current;
    const startedAt = Date.now();
    const asked = {
      ...newMessage('user', text),
      ...(cell === undefined ? {} : { cell })
    };
    conversations.put(home, asked);
    const live: ILiveAnswer = {
      ...{ id: newUlid(), question: asked.id },
      ...{ parts: [], activity: { kind: 'asking' } }
    };
    this._live = live;
    onChange();
    this._draft = new AnswerDraft(parts => {
      // As it stands when nothing comes any more.
      const result = { ...NO_RESULT, parts, status: 'stopped' } as const;
      const draft = { ...answerOf(result, { id: live.id }), question: asked.id };
      conversations.put(home, asked, draft);
      return conversations.keep();
    });
    const { message, result } = await this._answer(question, asked.id, {
      ...{ id: live.id, panel, signal: stop.signal }
    });
    this._draft.dispose();
    // With the question: the file may have been set back to before it.
    conversations.put(home, asked, { ...message, question: asked.id });
    this._live = null;
    onChange();
    const ms = Date.now() - startedAt;
    const turn = { prompt: text, skills: message.skills_used, result };
    try {
      await this._keep({ ...turn, startedAt, ms });
    } catch (reason) {
      options.onFailure(reason);
    } finally {
      // Not before: another notebook's conversations would take the place of these.
      this._stop = null;
      onChange();
    }
  }

  /** The answer; whatever goes wrong before it is one, too. */
  private async _answer(
    { text: question, cell }: IQuestion,
    asked: string,
    turn: Pick<IModelTurn, 'id' | 'panel' | 'signal'>
  ): Promise<IAnswered> {
    const { options, conversations, undo, onContext } = this._options;
    try {
      await options.library.ready;
      // The question is kept whatever becomes of its answer.
      await conversations.ready();
      await conversations.keep();
      await options.settings.settled;
      const skills = options.library.entries.map(({ skill }) => skill);
      await prepareSearch(skills, giveWayEvery(SLICE));
      const provider = await this._options.provider();
      const earlier = conversations.current.messages.filter(({ id }) => id !== asked);
      const { panel } = turn;
      const facts = panel ? notebookFacts(panel, options.runs, cell) : null;
      if (!provider) {
        return await answerFromLibrary({ ...turn, question, facts }, options);
      }
      return await askModel(
        { ...turn, provider, question, earlier, facts },
        {
          ...{ options, executor: this._options.executor(), undo, onContext },
          onState: state => this._show({ ...state, id: turn.id, question: asked })
        }
      );
    } catch (reason) {
      options.log(reason, turn.panel);
      const parts = this._live?.parts ?? [];
      const problem = unexpected(reason);
      const result: ITurnResult = { ...NO_RESULT, parts, status: 'failed', problem };
      return { message: answerOf(result, { id: turn.id }), result };
    }
  }

  /** With the session, also when the notebook was closed meanwhile. */
  private async _keep(turn: IFinishedTurn): Promise<void> {
    const { options, conversations } = this._options;
    if (conversations.place) {
      await options.trace(conversations.place, turn).catch(options.onFailure);
    }
    await conversations.keep();
  }

  /** Draws an answer now and then: each drawing keeps keys waiting. */
  private _show(live: ILiveAnswer): void {
    this._live = live;
    this._draft?.show(live.parts);
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      this._options.onChange();
    }, PACE);
  }

  private _live: ILiveAnswer | null = null;
  private _draft: AnswerDraft | null = null;
  private _queue: readonly IQuestion[] = [];
  private _stop: AbortController | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
