import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommitMessage, IPathDiff } from '@llmos-lab/skills';
import { sessionFolder, sessionOfPath } from '@llmos-lab/skills';
import * as React from 'react';

import { answersText } from './commitWords';
import { FileDiffView } from './FileDiffView';
import type { IHistoryViewProps } from './HistoryPanel';
import type { ICommitDetails } from './model';

/** The chosen commit: its message, what can be done with it, and what it changed. */
export function CommitDetails(props: IHistoryViewProps): React.JSX.Element {
  const { state, trans } = props;
  return (
    <div className="llmos-CommitDetails" aria-live="polite">
      {state.problem !== null && (
        <p className="llmos-SessionPanel-problem" role="alert">
          {trans.__('The history cannot be read: %1', state.problem)}
        </p>
      )}
      {state.details ? (
        <Details {...props} details={state.details} />
      ) : (
        state.problem === null && (
          <p className="llmos-History-empty">
            {state.selected === undefined
              ? trans.__('Choose a commit to see what it changed.')
              : trans.__('Reading…')}
          </p>
        )
      )}
    </div>
  );
}

type IDetailsProps = IHistoryViewProps & { readonly details: ICommitDetails };

function Details(props: IDetailsProps): React.JSX.Element {
  const { details, trans } = props;
  const { entry, message, files } = details;
  const date = new Date(entry.author.time * 1000);
  return (
    <>
      <h3>
        {message.kind === 'session' ? message.name : entry.message.split('\n')[0]}
      </h3>
      <p className="llmos-CommitDetails-note">
        <code>{entry.oid.slice(0, 10)}</code>
        {` · ${entry.author.name} · `}
        <time dateTime={date.toISOString()}>{date.toLocaleString()}</time>
      </p>
      <Message message={message} trans={trans} />
      <Actions {...props} />
      <h4>{trans._n('%1 file changed', '%1 files changed', files.length)}</h4>
      <ul className="llmos-CommitDetails-files">
        {files.map(file => (
          <ChangedFile key={file.path} {...props} file={file} />
        ))}
      </ul>
    </>
  );
}

function Message(props: {
  readonly message: CommitMessage;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { message, trans } = props;
  const skills = trailers(message, 'Skill').map(value => value.split(' ')[0]);
  const runs = trailers(message, 'Run');
  const answers = answersText(trailers(message, 'Answer').length, trans);
  if (message.kind === 'other') {
    return message.body === '' ? null : <pre>{message.body}</pre>;
  }
  if (message.kind === 'evolution') {
    return (
      <p>{trans._n('Learned from %1 run.', 'Learned from %1 runs.', message.traces)}</p>
    );
  }
  const { messages, artifacts, traces } = message.stats;
  return (
    <div className="llmos-CommitDetails-message">
      {message.prompt !== '' && <blockquote>{message.prompt}</blockquote>}
      <p>
        {trans._n('%1 message', '%1 messages', messages)}
        {' · '}
        {trans._n('%1 artifact', '%1 artifacts', artifacts)}
        {' · '}
        {trans._n('%1 run', '%1 runs', traces)}
        {runs.length > 0 && trans.__(' (%1 new)', runs.length)}
        {answers && ` · ${answers}`}
      </p>
      {skills.length > 0 && (
        <p>{trans.__('Skills: %1', [...new Set(skills)].join(', '))}</p>
      )}
      {message.artifacts.length > 0 && (
        <p>
          {trans.__(
            'Artifacts: %1',
            message.artifacts.map(({ type, name }) => `${name} (${type})`).join(', ')
          )}
        </p>
      )}
    </div>
  );
}

function trailers({ trailers: all }: CommitMessage, key: string): readonly string[] {
  return all.filter(trailer => trailer.key === key).map(({ value }) => value);
}

function Actions({ state, details, actions, trans }: IDetailsProps): React.JSX.Element {
  const { entry, files, message } = details;
  const [named] = trailers(message, 'Session');
  const session = named ?? files.map(({ path }) => sessionOfPath(path)).find(Boolean);
  return (
    <div className="llmos-CommitDetails-actions">
      {session && (
        <button
          type="button"
          className="llmos-History-button"
          onClick={() => actions.restoreSession(state.range, entry.oid, session)}
        >
          {trans.__('Restore session…')}
        </button>
      )}
      <button
        type="button"
        className="llmos-History-button"
        title={trans.__('Take back what this commit changed, by a new commit')}
        onClick={() => actions.rollBack(state.range, entry.oid)}
      >
        {trans.__('Roll back…')}
      </button>
      <button
        type="button"
        className="llmos-History-button"
        title={trans.__('Give this commit a name, to come back to it or to merge it')}
        onClick={() => actions.keepBranch(state.range, entry.oid)}
      >
        {trans.__('Keep as branch…')}
      </button>
    </div>
  );
}

function ChangedFile(
  props: IDetailsProps & { readonly file: IPathDiff }
): React.JSX.Element {
  const { file, state, details, actions, toggleFile, trans } = props;
  const open = state.files.find(({ path }) => path === file.path);
  const kind = file.from === null ? 'added' : file.to === null ? 'deleted' : 'changed';
  const words = {
    added: trans.__('added'),
    deleted: trans.__('deleted'),
    changed: trans.__('changed')
  };
  const { oid } = details.entry;
  return (
    <li>
      <div className="llmos-CommitDetails-file">
        <button
          type="button"
          className="llmos-CommitDetails-path"
          aria-expanded={open !== undefined}
          title={file.path}
          onClick={() => toggleFile(file.path)}
        >
          {open ? '▾' : '▸'} {shortPath(file.path, trans)}
        </button>
        <span className="llmos-CommitDetails-kind" data-change={kind}>
          {words[kind]}
        </span>
        {file.to !== null && (
          <>
            <button
              type="button"
              className="llmos-History-button"
              title={trans.__('Open the file as it was, read-only')}
              onClick={() => actions.openFile(state.range, oid, file.path)}
            >
              {trans.__('Open')}
            </button>
            <button
              type="button"
              className="llmos-History-button"
              title={trans.__('Make the file again what it was in this commit')}
              onClick={() => actions.restoreFile(state.range, oid, file.path)}
            >
              {trans.__('Restore…')}
            </button>
          </>
        )}
      </div>
      {open &&
        (open.problem === null ? (
          <FileDiffView path={file.path} diff={open.diff} trans={trans} />
        ) : (
          <p className="llmos-SessionPanel-problem" role="alert">
            {trans.__('It cannot be compared: %1', open.problem)}
          </p>
        ))}
    </li>
  );
}

/** Files of a session by their place in it: its folder's name is an id. */
function shortPath(path: string, trans: TranslationBundle): string {
  const id = sessionOfPath(path);
  if (id === null) {
    return path;
  }
  const inside = path.slice(sessionFolder(id).length + 1);
  return inside === `${id}.ipynb` ? trans.__('Notebook') : inside;
}
