import type { TranslationBundle } from '@jupyterlab/translation';
import { editIcon, refreshIcon, undoIcon } from '@jupyterlab/ui-components';
import {
  costOf,
  findPrice,
  type IModelPrice,
  type MessagePart
} from '@llmos-lab/skills';
import * as React from 'react';

import type { IPanelActions } from './actions';
import { Answer } from './Answer';
import { ArtifactList } from './ArtifactList';
import type { IPanelMessage } from './answers';
import { IconButton } from './IconButton';
import type { ILiveAnswer } from './model';
import { Thoughts, ToolStep, toolTitle } from './ToolStep';

interface IRowProps {
  readonly message: IPanelMessage;
  readonly isBusy: boolean;
  readonly canUndo: boolean;
  readonly prices: readonly IModelPrice[];
  readonly problem: string | null;
  readonly retry: () => void;
  readonly resend: (text: string) => void;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}

/** One message with what can be done with it. */
export function MessageRow(props: IRowProps): React.JSX.Element {
  const { message, trans } = props;
  return message.role === 'user' ? (
    <Question {...props} />
  ) : (
    <article className="llmos-Message" aria-label={trans.__('Assistant')}>
      <Parts parts={partsOf(message)} actions={props.actions} trans={trans} />
      {message.status === 'stopped' && (
        <p className="llmos-Message-note">{trans.__('Stopped.')}</p>
      )}
      {message.status === 'failed' && props.problem === null && (
        <p className="llmos-Message-note">
          {trans.__('Ended after many steps. Ask it to go on.')}
        </p>
      )}
      {message.isCut === true && (
        <p className="llmos-Message-note">
          {trans.__(
            'The answer met its longest length. Ask it to go on, or raise "Longest answer" in the settings.'
          )}
        </p>
      )}
      {props.problem !== null && (
        <p className="llmos-Message-problem" role="alert">
          {props.problem}
        </p>
      )}
      <Offer {...props} />
      <ArtifactList
        {...{ artifacts: message.artifacts, actions: props.actions, trans }}
      />
      <Chips ids={message.skills_used} actions={props.actions} trans={trans} />
      <Footer {...props} />
    </article>
  );
}

/** The answer that is being written, and what happens meanwhile. */
export function LiveRow(props: {
  readonly live: ILiveAnswer;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { live, actions, trans } = props;
  const { activity } = live;
  const seconds =
    activity.kind === 'retrying'
      ? Math.max(1, Math.round((activity.at - Date.now()) / 1000))
      : 0;
  const words = {
    asking: trans.__('Waiting for the answer …'),
    thinking: trans.__('Thinking …'),
    writing: trans.__('Writing …'),
    calling: trans.__(
      'Prepares: %1 …',
      toolTitle('tool' in activity ? activity.tool : '', trans)
    ),
    working: trans.__(
      '%1 …',
      toolTitle('tool' in activity ? activity.tool : '', trans)
    ),
    retrying: trans.__('The provider is busy; asked again in %1 s.', seconds)
  };
  return (
    <article className="llmos-Message" aria-label={trans.__('Assistant')}>
      <Parts parts={live.parts} isGrowing actions={actions} trans={trans} />
      <p className="llmos-Message-activity" role="status">
        {words[activity.kind]}
      </p>
    </article>
  );
}

function partsOf({ parts, content }: IPanelMessage): readonly MessagePart[] {
  return parts ?? [{ kind: 'text', text: content }];
}

function Parts(props: {
  readonly parts: readonly MessagePart[];
  readonly isGrowing?: boolean;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { parts, isGrowing = false, actions, trans } = props;
  return (
    <>
      {parts.map((part, index) =>
        part.kind === 'tool' ? (
          <ToolStep key={part.id} part={part} trans={trans} />
        ) : part.kind === 'thinking' ? (
          <Thoughts key={index} text={part.text} trans={trans} />
        ) : (
          <Answer
            key={index}
            text={part.text}
            isGrowing={isGrowing && index === parts.length - 1}
            actions={actions}
            trans={trans}
          />
        )
      )}
    </>
  );
}

function Question(props: IRowProps): React.JSX.Element {
  const { message, isBusy, resend, trans } = props;
  const [draft, setDraft] = React.useState<string | null>(null);
  if (draft === null) {
    return (
      <article className="llmos-Message llmos-mod-user" aria-label={trans.__('You')}>
        <p>{message.content}</p>
        <IconButton
          icon={editIcon}
          label={trans.__('Edit question')}
          title={trans.__('Edit and ask again; what came after it goes')}
          size={14}
          isDisabled={isBusy}
          click={() => setDraft(message.content)}
        />
      </article>
    );
  }
  const send = (): void => {
    setDraft(null);
    resend(draft);
  };
  return (
    <form
      className="llmos-Message llmos-mod-user llmos-mod-editing"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        autoFocus
        value={draft}
        aria-label={trans.__('Question')}
        onChange={event => setDraft(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') {
            setDraft(null);
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            send();
          }
        }}
      />
      <span>
        <button type="submit" className="jp-mod-styled jp-mod-accept">
          {trans.__('Ask again')}
        </button>
        <button type="button" className="jp-mod-styled" onClick={() => setDraft(null)}>
          {trans.__('Cancel')}
        </button>
      </span>
    </form>
  );
}

/** What an answer without a model offers: a workflow that fits together. */
function Offer({ message, actions, trans }: IRowProps): React.JSX.Element | null {
  const { workflow } = message;
  return Array.isArray(workflow) && workflow.length > 0 ? (
    <button
      type="button"
      className="jp-mod-styled jp-mod-accept llmos-Message-offer"
      onClick={() => actions.insertWorkflow(workflow)}
    >
      {trans.__('Insert workflow')}
    </button>
  ) : null;
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

function Footer(props: IRowProps): React.JSX.Element {
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
          : model === undefined
            ? trans.__('From the library, without a model')
            : ''}
      </span>
      {canUndo && (
        <button
          type="button"
          className="llmos-Message-undo"
          title={trans.__('Set the notebook back to what it was before this answer')}
          onClick={() => actions.undoTurn(id)}
        >
          <undoIcon.react tag="span" width="14px" /> {trans.__('Undo turn')}
        </button>
      )}
      <IconButton
        icon={refreshIcon}
        label={trans.__('Retry')}
        title={trans.__('Ask the same again')}
        size={14}
        isDisabled={isBusy}
        click={retry}
      />
    </footer>
  );
}
