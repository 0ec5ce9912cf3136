import type { TranslationBundle } from '@jupyterlab/translation';
import { refreshIcon, undoIcon } from '@jupyterlab/ui-components';
import { costOf, findPrice, type IModelPrice } from '@llmos-lab/skills';
import * as React from 'react';

import type { IPanelActions } from './actions';
import { ArtifactList } from './ArtifactList';
import type { IPanelMessage } from './answers';
import { IconButton } from './IconButton';

interface IEndProps {
  readonly message: IPanelMessage;
  readonly isBusy: boolean;
  readonly canUndo: boolean;
  readonly prices: readonly IModelPrice[];
  /** Why it failed, as a sentence. */
  readonly problem: string | null;
  readonly retry: () => void;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}

/** What stands below a whole answer: how it ended, what it made, and what can be done. */
export function AnswerEnd(props: IEndProps): React.JSX.Element {
  const { message, actions, trans } = props;
  return (
    <>
      <Notes {...props} />
      <Offer {...props} />
      <Fix {...props} />
      <Run {...props} />
      <Done message={message} trans={trans} />
      <ArtifactList {...{ artifacts: message.artifacts, actions, trans }} />
      <Chips ids={message.skills_used} actions={actions} trans={trans} />
      <Footer {...props} />
    </>
  );
}

/** How it ended, where that was not as it should. */
function Notes({ message, problem, trans }: IEndProps): React.JSX.Element {
  return (
    <>
      {message.status === 'stopped' && (
        <p className="llmos-Message-note">{trans.__('Stopped.')}</p>
      )}
      {message.status === 'failed' && problem === null && (
        <p className="llmos-Message-note">
          {trans.__('Ended after many steps. Ask it to go on.')}
        </p>
      )}
      {message.isUndone === true && (
        <p className="llmos-Message-note">
          {trans.__('Its changes of the notebook were taken back.')}
        </p>
      )}
      {message.isCut === true && (
        <p className="llmos-Message-note">
          {trans.__(
            'The answer met its longest length. Ask it to go on, or raise "Longest answer" in the settings.'
          )}
        </p>
      )}
      {problem !== null && (
        <p className="llmos-Message-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** What an answer without a model offers: a skill, or a workflow that fits together. */
function Offer({ message, actions, trans }: IEndProps): React.JSX.Element | null {
  const { workflow, id } = message;
  return !Array.isArray(workflow) || workflow.length === 0 ? null : (
    <button
      type="button"
      className="jp-mod-styled jp-mod-accept llmos-Message-offer"
      onClick={() => actions.insertWorkflow(workflow, id)}
    >
      {workflow.length > 1 ? trans.__('Insert workflow') : trans.__('Insert skill')}
    </button>
  );
}

/** The correction that an error names; from then on it is what the answer changed. */
function Fix({ message, isBusy, actions, trans }: IEndProps): React.JSX.Element | null {
  const { fix, id } = message;
  return typeof fix !== 'string' ? null : (
    <button
      type="button"
      className="jp-mod-styled jp-mod-accept llmos-Message-offer"
      title={trans.__('Change the cell as the error says')}
      disabled={isBusy}
      onClick={() => actions.applyFix(fix, id)}
    >
      {trans.__('Apply the fix')}
    </button>
  );
}

/** For a cell that failed because one above it has not run. */
function Run({ message, isBusy, actions, trans }: IEndProps): React.JSX.Element | null {
  const { run } = message;
  return typeof run !== 'string' ? null : (
    <button
      type="button"
      className="jp-mod-styled jp-mod-accept llmos-Message-offer"
      title={trans.__(
        'Run what the cell needs where that is not up to date, then the cell'
      )}
      disabled={isBusy}
      onClick={() => actions.runWithNeeds(run)}
    >
      {trans.__('Run with what it needs')}
    </button>
  );
}

/**
 * What the answer wrote into the notebook: its model, or a person by a button here or at its
 * code. It is there before there is anything to say, since only changes are announced.
 */
function Done({
  message: { artifacts, fix },
  trans
}: Pick<IEndProps, 'message' | 'trans'>): React.JSX.Element {
  const written = artifacts.filter(({ type }) => type === 'code' || type === 'text');
  const cells = new Set(written.flatMap(({ cell }) => cell ?? []));
  const isFixed = typeof fix === 'string' && cells.delete(fix);
  return (
    <p className="llmos-Message-note" role="status">
      {isFixed && trans.__('The cell was changed. Run it again.')}
      {isFixed && cells.size > 0 && ' '}
      {cells.size > 0 &&
        trans._n(
          'Inserted or changed: %1 cell.',
          'Inserted or changed: %1 cells.',
          cells.size
        )}
    </p>
  );
}

function Chips(props: {
  readonly ids: readonly string[];
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { ids, actions, trans } = props;
  return ids.length === 0 ? null : (
    <ul className="llmos-Message-skills" aria-label={trans.__('Skills')}>
      {ids.map(id => (
        <li key={id}>
          <button
            type="button"
            title={trans.__('Open the skill %1', id)}
            onClick={() => actions.openSkill(id)}
          >
            {id}
          </button>
          <button
            type="button"
            title={trans.__('Insert %1 below the active cell', id)}
            aria-label={trans.__('Insert %1', id)}
            onClick={() => actions.insertSkill(id)}
          >
            +
          </button>
        </li>
      ))}
    </ul>
  );
}

function Footer(props: IEndProps): React.JSX.Element {
  const { message, isBusy, canUndo, prices, retry, actions, trans } = props;
  const { usage, model, id } = message;
  const price = model === undefined ? undefined : findPrice(model, prices);
  const total = usage
    ? usage.input + usage.cacheRead + usage.cacheWrite + usage.output
    : 0;
  const cost = usage && price ? ` · $${costOf(usage, price).toFixed(4)}` : '';
  return (
    <footer className="llmos-Message-footer">
      <span>
        {usage
          ? total === 0
            ? model
            : `${model} · ${trans.__('%1 tokens', total.toLocaleString())}${cost}`
          : model === undefined && message.status === undefined
            ? trans.__('From the library, without a model')
            : ''}
      </span>
      {canUndo && (
        <button
          type="button"
          className="llmos-Message-undo"
          title={trans.__('Take back what this answer changed in the notebook')}
          onClick={() => actions.undoTurn(id)}
        >
          <undoIcon.react tag="span" width="14px" /> {trans.__('Undo turn')}
        </button>
      )}
      <IconButton
        icon={refreshIcon}
        label={trans.__('Retry')}
        title={trans.__(
          'Ask the same again; this answer and what came after it go, their changes of the notebook too'
        )}
        size={14}
        isDisabled={isBusy}
        click={retry}
      />
    </footer>
  );
}
