import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IPanelActions } from './actions';
import { Answer } from './Answer';
import type { TurnActivity } from '../turn';
import type { IRow } from './rows';
import { Thoughts, ToolStep, toolTitle } from './ToolStep';

interface IRowProps {
  readonly row: IRow;
  /** What happens now; null once the answer has ended. */
  readonly activity: TurnActivity | null;
  /** What stands below the answer once it has ended. */
  readonly end: React.ReactNode;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}

/**
 * A stretch of an answer, the same while it is written and after: what was drawn stays
 * when it ends.
 */
export function AnswerRow(props: IRowProps): React.JSX.Element {
  const { row, activity, end, actions, trans } = props;
  const isGrowing = activity !== null && row.isLast;
  const name = row.isFirst ? trans.__('Assistant') : trans.__('Assistant, continued');
  return (
    <article className={classOf(row)} aria-label={name}>
      <Parts {...{ row, isGrowing, actions, trans }} />
      {row.isLast && end}
      {isGrowing && (
        <p className="llmos-Message-activity" role="status">
          {activityText(activity, trans)}
        </p>
      )}
    </article>
  );
}

function classOf({ isFirst, isLast }: IRow): string {
  const continued = isFirst ? '' : ' llmos-mod-continued';
  return `llmos-Message${continued}${isLast ? '' : ' llmos-mod-goesOn'}`;
}

function activityText(activity: TurnActivity, trans: TranslationBundle): string {
  switch (activity.kind) {
    case 'asking':
      return trans.__('Waiting for the answer …');
    case 'thinking':
      return trans.__('Thinking …');
    case 'writing':
      return trans.__('Writing …');
    case 'calling':
      return trans.__('Prepares: %1 …', toolTitle(activity.tool, trans));
    case 'working':
      return trans.__('%1 …', toolTitle(activity.tool, trans));
    case 'retrying': {
      const seconds = Math.max(1, Math.round((activity.at - Date.now()) / 1000));
      return trans.__('The provider is busy; asked again in %1 s.', seconds);
    }
  }
}

function Parts(props: {
  readonly row: IRow;
  readonly isGrowing: boolean;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { row, isGrowing, actions, trans } = props;
  const { parts, message } = row;
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
            id={message}
            blocks={part.blocks}
            isGrowing={isGrowing && index === parts.length - 1}
            actions={actions}
            trans={trans}
          />
        )
      )}
    </>
  );
}
