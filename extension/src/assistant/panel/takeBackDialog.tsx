import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { lineDiff } from '@llmos-lab/skills';
import * as React from 'react';

import { DiffLines } from './DiffLines';
import type { ITakeBackQuestion, TakeBackAnswer } from './takeBack';

/** Asks whether changes are taken back, with everything that would go with them. */
export async function confirmTakeBack(
  question: ITakeBackQuestion,
  trans: TranslationBundle
): Promise<TakeBackAnswer> {
  const { isAgain, takes } = question;
  const keep = Dialog.createButton({
    label: takes > 0 ? trans.__('Ask again, keep the changes') : trans.__('Ask again'),
    actions: ['keep']
  });
  const take = Dialog.warnButton({
    label: isAgain ? trans.__('Take back and ask again') : trans.__('Undo turn'),
    actions: ['take-back']
  });
  const { button } = await showDialog({
    title: isAgain ? trans.__('Ask again?') : trans.__('Undo turn?'),
    body: ReactWidget.create(<Costs {...{ question, trans }} />),
    buttons: [
      Dialog.cancelButton(),
      ...(isAgain ? [keep] : []),
      ...(takes > 0 ? [take] : [])
    ],
    // Notebook and conversation stay as they are unless that is chosen.
    defaultButton: 0
  });
  const [action] = button.actions;
  return action === 'keep' || action === 'take-back' ? action : 'cancel';
}

function Costs(props: {
  readonly question: ITakeBackQuestion;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { question, trans } = props;
  const { questions, lost, later, stays, takes } = question;
  return (
    <div className="llmos-TakeBack">
      {questions > 0 && (
        <p>
          {trans._n(
            'A later question and its answer are deleted from the conversation.',
            '%1 later questions and their answers are deleted from the conversation.',
            questions
          )}
        </p>
      )}
      {questions > 0 && takes > 0 && (
        <p>
          {trans._n(
            'What an answer changed in the notebook can be taken back, or stay.',
            'What %1 answers changed in the notebook can be taken back, or stay.',
            takes
          )}
        </p>
      )}
      {later > 0 && (
        <p>
          {trans._n(
            'A later answer goes on with the same cells. Its changes are taken back too.',
            '%1 later answers go on with the same cells. Their changes are taken back too.',
            later
          )}
        </p>
      )}
      {stays > 0 && (
        <p>
          {trans._n(
            'The changes of an answer stay in the notebook: they cannot be taken back after the page or the notebook was closed.',
            'The changes of %1 answers stay in the notebook: they cannot be taken back after the page or the notebook was closed.',
            stays
          )}
        </p>
      )}
      {lost.length > 0 && (
        <p>
          {trans._n(
            'A cell was edited after the assistant wrote in it. Taking back loses this edit:',
            '%1 cells were edited after the assistant wrote in them. Taking back loses these edits:',
            lost.length
          )}
        </p>
      )}
      {lost.map(({ id, written, now }) => (
        <DiffLines key={id} lines={lineDiff(written, now)} />
      ))}
    </div>
  );
}
