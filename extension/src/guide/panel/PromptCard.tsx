import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { StatusIcon } from '../../graph/status/StatusIcon';
import type { IPrompt } from '../prompts/prompt';
import type { PromptState } from './model';

/** One prompt as a card. */
export interface IPromptCardProps {
  readonly prompt: IPrompt;
  readonly state: PromptState;
  /** Whether another prompt is under way, so that this one cannot start. */
  readonly isBlocked: boolean;
  readonly start: (id: string) => void;
  readonly stop: () => void;
  readonly trans: TranslationBundle;
}

/** What a prompt does, the one button that fits, how far it is and what it came to. */
export function PromptCard(props: IPromptCardProps): React.JSX.Element {
  const { prompt, state, isBlocked, start, stop, trans } = props;
  const { id, icon: Icon, title, about } = prompt;
  const isRunning = state.phase === 'running';
  const name = `llmos-guide-prompt-${id}`;
  return (
    <li className="llmos-GuidePrompt" data-prompt={id} data-phase={state.phase}>
      <h3 id={name}>
        <Icon.react tag="span" className="llmos-GuidePrompt-icon" aria-hidden="true" />
        {title}
      </h3>
      <p>{about}</p>
      {isRunning && state.progress.fraction !== null && (
        <progress
          aria-label={trans.__('Progress')}
          value={state.progress.fraction}
          max={1}
        />
      )}
      <div className="llmos-GuidePrompt-foot">
        {/* One element for both, so that it keeps the focus. */}
        <button
          type="button"
          className={`jp-mod-styled ${isRunning ? 'jp-mod-reject' : 'jp-mod-accept'}`}
          aria-describedby={name}
          aria-disabled={isBlocked}
          title={isBlocked ? trans.__('Another one is running') : undefined}
          onClick={() => (isRunning ? stop() : isBlocked || start(id))}
        >
          {isRunning
            ? trans.__('Stop')
            : state.phase === 'idle'
              ? trans.__('Run this')
              : trans.__('Run again')}
        </button>
        <span className="llmos-GuidePrompt-state" role="status">
          <Outcome state={state} trans={trans} />
        </span>
      </div>
      {state.phase === 'done' && (
        <p className="llmos-GuidePrompt-next">
          <button
            type="button"
            className="llmos-Guide-link"
            onClick={() => state.result.show()}
          >
            {trans.__('Go to the result')}
          </button>
          {' · '}
          {state.result.next ?? prompt.next}
        </p>
      )}
    </li>
  );
}

function Outcome({
  state,
  trans
}: Pick<IPromptCardProps, 'state' | 'trans'>): React.JSX.Element | null {
  switch (state.phase) {
    case 'idle':
      return null;
    case 'running':
      return (
        <>
          <StatusIcon status="running" trans={trans} /> {state.progress.text}
        </>
      );
    case 'done':
      return (
        <>
          <StatusIcon status="done" trans={trans} /> {state.result.text}
        </>
      );
    case 'cancelled':
      return (
        <>
          <StatusIcon status="cancelled" trans={trans} />{' '}
          {trans.__('Stopped. What was computed stays.')}
        </>
      );
    case 'failed':
      return (
        <>
          <StatusIcon status="failed" trans={trans} /> {state.reason}
        </>
      );
  }
}
