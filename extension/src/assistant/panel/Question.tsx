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
  const { text, isBusy, trans } = props;
  const [isEdited, setEdited] = React.useState(false);
  if (isEdited) {
    return <QuestionForm {...props} cancel={() => setEdited(false)} />;
  }
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
        click={() => setEdited(true)}
      />
    </article>
  );
}

/**
 * Goes with the question once another one has taken its place; until then, as where the
 * person decides against it, what was typed stays.
 */
function QuestionForm(
  props: IQuestionProps & { readonly cancel: () => void }
): React.JSX.Element {
  const { text, isBusy, resend, cancel, trans } = props;
  const [draft, setDraft] = React.useState(text);
  const isReady = !isBusy && draft.trim() !== '';
  const send = (): void => {
    if (isReady) {
      resend(draft);
    }
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
        ref={goOnTyping}
        value={draft}
        aria-label={trans.__('Question')}
        onChange={event => setDraft(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') {
            cancel();
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            send();
          }
        }}
      />
      <span>
        <button
          type="submit"
          className="jp-mod-styled jp-mod-accept"
          disabled={!isReady}
        >
          {trans.__('Ask again')}
        </button>
        <button type="button" className="jp-mod-styled" onClick={cancel}>
          {trans.__('Cancel')}
        </button>
      </span>
    </form>
  );
}

/** Browsers put the caret before a text that is there from the start. */
function goOnTyping(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
