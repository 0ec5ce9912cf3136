import type { TranslationBundle } from '@jupyterlab/translation';
import { addIcon, closeIcon, settingsIcon } from '@jupyterlab/ui-components';
import {
  conversationTitle,
  searchMessages,
  type IConversation
} from '@llmos-lab/skills';
import * as React from 'react';

interface IHeaderProps {
  readonly conversations: readonly IConversation[];
  readonly current: string;
  readonly isBusy: boolean;
  /** What answers: the model's name, or the library. */
  readonly who: string;
  readonly begin: () => void;
  readonly open: (conversation: string) => void;
  readonly remove: () => void;
  readonly reveal: (conversation: string, message: string) => void;
  readonly chooseModel: () => void;
  readonly trans: TranslationBundle;
}

/** Conversations to choose from, a search in all of them, and who answers. */
export function PanelHeader(props: IHeaderProps): React.JSX.Element {
  const { conversations, current, isBusy, begin, open, remove, trans } = props;
  const [query, setQuery] = React.useState('');
  const found = React.useMemo(
    () => searchMessages(conversations, query).slice(0, 20),
    [conversations, query]
  );
  const isKnown = conversations.some(({ id }) => id === current);
  return (
    <header className="llmos-AssistantHeader">
      <div>
        <select
          aria-label={trans.__('Conversation')}
          value={current}
          disabled={isBusy}
          onChange={event => open(event.target.value)}
        >
          {!isKnown && <option value={current}>{trans.__('New conversation')}</option>}
          {conversations.map(conversation => (
            <option key={conversation.id} value={conversation.id}>
              {conversationTitle(conversation) || trans.__('Empty')}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="llmos-IconButton"
          disabled={isBusy || !isKnown}
          title={trans.__('New conversation')}
          aria-label={trans.__('New conversation')}
          onClick={begin}
        >
          <addIcon.react tag="span" width="16px" />
        </button>
        <button
          type="button"
          className="llmos-IconButton"
          disabled={isBusy || !isKnown}
          title={trans.__('Delete this conversation')}
          aria-label={trans.__('Delete this conversation')}
          onClick={remove}
        >
          <closeIcon.react tag="span" width="16px" />
        </button>
        <button
          type="button"
          className="llmos-IconButton"
          title={trans.__('Model and key')}
          aria-label={trans.__('Model and key')}
          onClick={props.chooseModel}
        >
          <settingsIcon.react tag="span" width="16px" />
        </button>
      </div>
      <div>
        <input
          type="search"
          className="jp-mod-styled"
          value={query}
          placeholder={trans.__('Search conversations')}
          aria-label={trans.__('Search conversations')}
          onChange={event => setQuery(event.target.value)}
        />
      </div>
      {query.trim() !== '' && (
        <ul className="llmos-AssistantHeader-found" aria-label={trans.__('Found')}>
          {found.length === 0 && <li>{trans.__('No message has these words.')}</li>}
          {found.map(({ conversation, message }) => (
            <li key={message.id}>
              <button
                type="button"
                onClick={() => {
                  setQuery('');
                  props.reveal(conversation, message.id);
                }}
              >
                {message.content.slice(0, 120)}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="llmos-AssistantHeader-who">{props.who}</p>
    </header>
  );
}
