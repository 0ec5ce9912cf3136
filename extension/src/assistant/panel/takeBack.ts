import type { ILostEdit } from '@llmos-lab/skills';

import type { IPanelMessage } from './answers';
import type { NotebookConversations } from './conversations';
import type { TurnUndo } from './turnUndo';

/** What the person is told before changes of answers are taken back. */
export interface ITakeBackQuestion {
  /** How many later questions go, with their answers, where one is asked again. */
  readonly questions: number;
  /** What was typed on top of them, and would go too. */
  readonly lost: readonly ILostEdit[];
  /** How many later answers go on with the same cells, and are taken back too. */
  readonly later: number;
  /** How many answers have changes that can no longer be taken back. */
  readonly stays: number;
  /** How many of the answers have changes to take back. */
  readonly takes: number;
  /** Whether a question is asked in their place. */
  readonly isAgain: boolean;
}

/** `keep` leaves the notebook alone, and asks again. */
export type TakeBackAnswer = 'take-back' | 'keep' | 'cancel';

interface ITakeBackOptions {
  readonly undo: TurnUndo;
  readonly conversations: NotebookConversations;
  /** Asks the person where taking back costs something. */
  readonly confirm: (question: ITakeBackQuestion) => Promise<TakeBackAnswer>;
}

/** Takes the changes of answers back, with the person's word where that costs something. */
export class TakeBack {
  constructor(private readonly _options: ITakeBackOptions) {}

  /** Takes back what one answer changed; its text stays. */
  async ofAnswer(id: string): Promise<void> {
    if (await this._take([id], { questions: 0, stays: 0, isAgain: false })) {
      await this._options.conversations.keep();
    }
  }

  /**
   * The same for a question and all after it, whose place another question takes; false: it
   * shall not. Later questions do not go without the person's word.
   */
  async ofMessages(messages: readonly IPanelMessage[]): Promise<boolean> {
    const stays = messages.filter(message => this._stays(message)).length;
    const ids = messages.map(({ id }) => id);
    const questions = messages.slice(1).filter(({ role }) => role === 'user').length;
    return this._take(ids, { questions, stays, isAgain: true });
  }

  private async _take(
    ids: readonly string[],
    about: Pick<ITakeBackQuestion, 'questions' | 'stays' | 'isAgain'>
  ): Promise<boolean> {
    const { undo, confirm } = this._options;
    for (let plan = undo.plan(ids); ;) {
      const { lost = [], later = 0 } = plan ?? {};
      if (lost.length > 0 || later > 0 || about.stays > 0 || about.questions > 0) {
        const takes = (plan?.answers.length ?? 0) - later;
        const answer = await confirm({ ...about, lost, later, takes });
        if (answer !== 'take-back') {
          return answer === 'keep';
        }
      }
      // The notebook may have been edited while the person decided.
      const now = undo.plan(ids);
      if (JSON.stringify(now) === JSON.stringify(plan)) {
        if (now) {
          undo.undo(now);
          this._mark(new Set(now.answers));
        }
        return true;
      }
      plan = now;
    }
  }

  /** Whether an answer changed cells, and nothing is known any more of how they were. */
  private _stays({ id, isUndone, artifacts }: IPanelMessage): boolean {
    const isChange = artifacts.some(({ cell }) => cell !== undefined);
    return isChange && isUndone !== true && !this._options.undo.can(id);
  }

  /** What answers made in the notebook is gone with it; files and skills stay. */
  private _mark(answers: ReadonlySet<string>): void {
    const { conversations } = this._options;
    for (const { id, messages } of conversations.all) {
      if (messages.some(message => answers.has(message.id))) {
        const marked = messages.map(message =>
          answers.has(message.id)
            ? {
                ...{ ...message, isUndone: true as const },
                artifacts: message.artifacts.filter(({ cell }) => cell === undefined)
              }
            : message
        );
        conversations.set(id, marked);
      }
    }
  }
}
