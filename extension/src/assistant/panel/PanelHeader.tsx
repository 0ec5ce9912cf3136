import type { TranslationBundle } from '@jupyterlab/translation';
import {
  addIcon,
  closeIcon,
  downloadIcon,
  settingsIcon
} from '@jupyterlab/ui-components';
import {
  conversationTitle,
  excerptOf,
  searchMessages,
  type IConversation
} from '@llmos-lab/skills';
import * as React from 'react';

import { IconButton } from './IconButton';

interface IHeaderProps {
  /** Path of the notebook whose conversations these are; null for none. */
  readonly path: string | null;
  /** What its tab calls it. */
  readonly title: string | null;
  /** Whether that notebook is in front. */
  readonly isInFront: boolean;
  readonly conversations: readonly IConversation[];
  readonly current: string;
  readonly isBusy: boolean;
  /** What answers: the model's name, or the library. */
  readonly who: string;
  readonly begin: () => void;
  readonly open: (conversation: string) => void;
  readonly remove: () => void;
  /** Offers the formats below the button. */
  readonly exportChat: (button: HTMLElement) => void;
  readonly reveal: (conversation: string, message: string) => void;
  readonly chooseModel: () => void;
  readonly trans: TranslationBundle;
}

/** Conversations to choose from, a search in all of them, and who answers. */
export function PanelHeader(props: IHeaderProps): React.JSX.Element {
  const { conversations, current, isBusy, begin, open, remove, trans } = props;
  const isKnown = conversations.some(({ id }) => id === current);
  return (
    <div className="llmos-AssistantHeader">
      <About {...props} />
      <div>
        <Choice {...{ conversations, current, isKnown, isBusy, open, trans }} />
        <IconButton
          icon={addIcon}
          label={trans.__('New conversation')}
          isDisabled={isBusy || !isKnown}
          click={begin}
        />
        <IconButton
          icon={downloadIcon}
          label={trans.__('Export conversation…')}
          isDisabled={isBusy || !isKnown}
          hasMenu
          click={props.exportChat}
        />
        <IconButton
          icon={closeIcon}
          label={trans.__('Delete this conversation')}
          isDisabled={isBusy || !isKnown}
          click={remove}
        />
        <IconButton
          icon={settingsIcon}
          label={trans.__('Model and key')}
          click={props.chooseModel}
        />
      </div>
      <Search {...props} />
      <p className="llmos-AssistantHeader-who">{props.who}</p>
    </div>
  );
}

/** Which notebook the questions are about. */
function About(
  props: Pick<IHeaderProps, 'path' | 'title' | 'isInFront' | 'trans'>
): React.JSX.Element {
  const { path, title, isInFront, trans } = props;
  return (
    <p className="llmos-AssistantHeader-about" title={path ?? ''}>
      {title === null
        ? trans.__('No notebook is open')
        : isInFront
          ? trans.__('About %1', title)
          : trans.__('About %1, which is not in front', title)}
    </p>
  );
}

function Choice(
  props: Pick<
    IHeaderProps,
    'conversations' | 'current' | 'isBusy' | 'open' | 'trans'
  > & {
    /** False for a conversation in which nothing was asked yet. */
    readonly isKnown: boolean;
  }
): React.JSX.Element {
  const { conversations, current, isKnown, isBusy, open, trans } = props;
  return (
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
  );
}

/** What was said, in any of the conversations. */
function Search(
  props: Pick<IHeaderProps, 'conversations' | 'reveal' | 'trans'>
): React.JSX.Element {
  const { conversations, reveal, trans } = props;
  const [query, setQuery] = React.useState('');
  const found = React.useMemo(
    () => searchMessages(conversations, query).slice(0, 20),
    [conversations, query]
  );
  return (
    <>
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
        <Found
          {...{ found, query, conversations, trans }}
          choose={({ conversation, message }) => {
            setQuery('');
            reveal(conversation, message.id);
          }}
        />
      )}
    </>
  );
}

type FoundMessage = ReturnType<typeof searchMessages>[number];

/** Messages of any conversation that have the words of the search. */
function Found(props: {
  readonly found: readonly FoundMessage[];
  readonly query: string;
  readonly conversations: readonly IConversation[];
  readonly choose: (one: FoundMessage) => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { found, query, conversations, choose, trans } = props;
  const titles = new Map(conversations.map(each => [each.id, conversationTitle(each)]));
  return (
    <ul className="llmos-AssistantHeader-found" aria-label={trans.__('Found')}>
      {found.length === 0 && <li>{trans.__('No message has these words.')}</li>}
      {found.map(each => (
        <li key={each.message.id}>
          <button type="button" onClick={() => choose(each)}>
            <span className="llmos-AssistantHeader-where">
              {each.message.role === 'user'
                ? trans.__('You, in "%1"', titles.get(each.conversation))
                : trans.__('Assistant, in "%1"', titles.get(each.conversation))}
            </span>
            <span>{excerptOf(each.message.content, query)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
