import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../dialogBody';
import { textArg, type CommandArgs } from '../addCommand';
import { PromoteForm, type IPromoteAnswer, type IPromoteChoice } from './PromoteForm';

/** What the dialog asks. */
export interface IPromoteQuestion {
  readonly title: string;
  readonly accept: string;
  /** What kind of reason is asked for. */
  readonly placeholder: string;
  readonly choices: readonly IPromoteChoice[];
  readonly first: IPromoteAnswer;
  readonly trans: TranslationBundle;
}

/** Shows what would change and asks why; undefined when the person cancels. */
export async function askPromotion(
  question: IPromoteQuestion
): Promise<IPromoteAnswer | undefined> {
  const { title, accept, trans } = question;
  let answer = question.first;
  for (let problem: string | null = null; ;) {
    const body = new PromoteBody({ ...question, first: answer, problem });
    const { button } = await new Dialog({
      title,
      body,
      focusNodeSelector: 'textarea',
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: accept })]
    }).launch();
    ({ answer } = body);
    if (!button.accept) {
      return undefined;
    }
    if (answer.reason.trim() !== '') {
      return answer;
    }
    problem = trans.__('Say why: the reason stands in the history.');
  }
}

/** What the arguments say, else what the person says. */
export async function answerOf(
  args: CommandArgs,
  key: string,
  question: IPromoteQuestion
): Promise<IPromoteAnswer | undefined> {
  const choice = textArg(args, key) ?? question.first.choice;
  const reason = textArg(args, 'reason');
  return reason === undefined
    ? askPromotion({ ...question, first: { ...question.first, choice } })
    : { choice, reason };
}

class PromoteBody extends DialogBody {
  constructor(
    private readonly _question: IPromoteQuestion & { readonly problem: string | null }
  ) {
    super();
    this.addClass('llmos-Promote');
    this.answer = _question.first;
  }

  answer: IPromoteAnswer;

  protected override render(): React.JSX.Element {
    const { choices, first, placeholder, problem, trans } = this._question;
    return (
      <PromoteForm
        {...{ choices, first, placeholder, problem, trans }}
        change={answer => {
          this.answer = answer;
        }}
      />
    );
  }
}
