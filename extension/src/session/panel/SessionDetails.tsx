import type { TranslationBundle } from '@jupyterlab/translation';
import {
  isRun,
  NO_PROFILE,
  type ISessionDetails,
  type TraceRecord
} from '@llmos-lab/skills';
import * as React from 'react';

import { formatDuration, STATUS_ICONS, statusWord } from '../../graph/status/statuses';
import { sizeText } from '../../size';
import { Ago } from './Ago';
import { pointTexts } from './pointTexts';
import type { ISessionRowProps } from './SessionRow';
import { RUN_STATUSES } from './words';

/** How many of a long list are drawn at first. */
const FIRST = 8;

/** What is in the open session, and what can be done with it. */
export function SessionDetails(props: ISessionRowProps): React.JSX.Element {
  const { summary, state, actions, trans } = props;
  const { session } = summary;
  const { details, detailsProblem } = state;
  return (
    <div className="llmos-SessionDetails">
      <div className="llmos-SessionDetails-actions">
        <button type="button" onClick={() => actions.open(summary)}>
          {trans.__('Open')}
        </button>
        <button type="button" onClick={() => actions.commit(summary)}>
          {trans.__('Commit…')}
        </button>
        {summary.commit !== null && (
          <button
            type="button"
            title={trans.__('Show what has changed since the last commit')}
            onClick={() => actions.compare(summary)}
          >
            {trans.__('Compare')}
          </button>
        )}
        <button type="button" onClick={() => actions.history(summary)}>
          {trans.__('History')}
        </button>
      </div>
      <p className="llmos-SessionDetails-path">
        {session.user === NO_PROFILE.id
          ? session.path
          : trans.__('%1 · by %2', session.path, session.user)}
      </p>
      {detailsProblem !== null && (
        <p className="llmos-SessionPanel-problem" role="alert">
          {trans.__('It cannot be read: %1', detailsProblem)}
        </p>
      )}
      {details === null && detailsProblem === null && (
        <p role="status">{trans.__('Reading…')}</p>
      )}
      {details && <Contents {...props} details={details} />}
    </div>
  );
}

function Contents(
  props: ISessionRowProps & { readonly details: ISessionDetails }
): React.JSX.Element {
  const { details, trans } = props;
  const runs = details.traces.filter(isRun);
  const answers = details.traces.filter(trace => !isRun(trace));
  const points = pointTexts(details.traces);
  return (
    <>
      {details.problems.map(problem => (
        <p key={problem} className="llmos-SessionPanel-problem">
          {problem}
        </p>
      ))}
      <List
        title={trans._n('%1 run', '%1 runs', runs.length)}
        items={runs.map(trace => (
          <Trace
            key={trace.id}
            trace={trace}
            point={points.get(trace.id)}
            trans={trans}
          />
        ))}
        isOpen
        trans={trans}
      />
      {answers.length > 0 && (
        <List
          title={trans._n(
            '%1 answer of the assistant',
            '%1 answers of the assistant',
            answers.length
          )}
          items={answers.map(trace => (
            <Trace key={trace.id} trace={trace} trans={trans} />
          ))}
          trans={trans}
        />
      )}
      <List
        title={trans._n('%1 message', '%1 messages', details.messages.length)}
        items={details.messages.map(({ id, role, content }) => (
          <li key={id}>
            <strong>{role === 'user' ? trans.__('You') : trans.__('Assistant')}</strong>{' '}
            {content.slice(0, 300)}
          </li>
        ))}
        trans={trans}
      />
      <Artifacts {...props} />
    </>
  );
}

function Artifacts(
  props: ISessionRowProps & { readonly details: ISessionDetails }
): React.JSX.Element {
  const { details, summary, actions, trans } = props;
  return (
    <List
      title={trans._n('%1 artifact', '%1 artifacts', details.artifacts.length)}
      items={details.artifacts.map(({ type, name, path, size }, index) => (
        <li key={index}>
          {path === undefined ? (
            name
          ) : (
            <button
              type="button"
              className="llmos-SessionDetails-link"
              onClick={() => actions.openFile(summary.volume, path)}
            >
              {name}
            </button>
          )}
          <span className="llmos-SessionDetails-note">
            {size === undefined ? type : `${type}, ${sizeText(size)}`}
          </span>
        </li>
      ))}
      trans={trans}
    />
  );
}

function Trace(props: {
  readonly trace: TraceRecord;
  /** What a point of a sweep is of. */
  readonly point?: string;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { trace, point, trans } = props;
  const status = RUN_STATUSES[trace.status];
  const Icon = STATUS_ICONS[status];
  const skills =
    trace.kind === 'chat'
      ? trace.skills_used
      : trace.nodes.flatMap(({ skill }) => skill ?? []);
  return (
    <li data-status={status}>
      <span className="llmos-SessionDetails-run">
        <Icon.react tag="span" className="llmos-SessionDetails-sign" />
        <span>{statusWord(status, trans)}</span>
        <span>{formatDuration(trace.ms)}</span>
        <Ago time={trace.started} />
      </span>
      {point !== undefined && (
        <span className="llmos-SessionDetails-note">{point}</span>
      )}
      {skills.length > 0 && (
        <span className="llmos-SessionDetails-note">
          {[...new Set(skills)].join(', ')}
        </span>
      )}
    </li>
  );
}

/** A folded list; of a long one the first items, and all when asked. */
function List(props: {
  readonly title: string;
  readonly items: readonly React.JSX.Element[];
  readonly isOpen?: boolean;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { title, items, isOpen = false, trans } = props;
  const [showsAll, setShowsAll] = React.useState(false);
  if (items.length === 0) {
    return <p className="llmos-SessionDetails-none">{title}</p>;
  }
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <ul>{showsAll ? items : items.slice(0, FIRST)}</ul>
      {!showsAll && items.length > FIRST && (
        <button
          type="button"
          className="llmos-SessionDetails-link"
          onClick={() => setShowsAll(true)}
        >
          {trans.__('Show all %1', items.length)}
        </button>
      )}
    </details>
  );
}
