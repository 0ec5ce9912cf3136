import type { TranslationBundle } from '@jupyterlab/translation';
import { editIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { IconButton } from './IconButton';

interface IQuestionProps {
  readonly text: string;
  readonly isBusy: boolean;
  readonly resend: (text: string) => void;
  readonly trans: TranslationBundle;
}

/** What the person asked, to be changed and asked again. */
export function Question(props: IQuestionProps): React.JSX.Element {
  const { text, isBusy, resend, trans } = props;
  const [draft, setDraft] = React.useState<string | null>(null);
  if (draft === null) {
    return (
      <article className="llmos-Message llmos-mod-user" aria-label={trans.__('You')}>
        <p>{text}</p>
        <IconButton
          icon={editIcon}
          label={trans.__('Edit question')}
          title={trans.__(
            'Edit and ask again; what came after it goes, its changes of the notebook too'
          )}
          size={14}
          isDisabled={isBusy}
          click={() => setDraft(text)}
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
