import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { IconButton } from './IconButton';

/** A question that waits. */
export interface IWaiting {
  readonly text: string;
  /** The notebook that it is about, where it is another than the one shown. */
  readonly notebook?: string;
}

interface IComposerProps {
  readonly isBusy: boolean;
  readonly queue: readonly IWaiting[];
  /** Text that another part of the application wants to ask; a new object each time. */
  readonly draft: { readonly text: string } | null;
  /** Whether the skills that fit go into questions (R6.2). */
  readonly usesSkills: boolean;
  readonly setSkills: (uses: boolean) => void;
  readonly ask: (question: string) => void;
  readonly ready: () => void;
  readonly unqueue: (index: number) => void;
  readonly stop: () => void;
  readonly trans: TranslationBundle;
}

/** Where questions are typed. Keeps what is typed to itself, so that it stays quick. */
export function Composer(props: IComposerProps): React.JSX.Element {
  const { isBusy, queue, draft, ask, ready, unqueue, stop, trans } = props;
  const [text, setText] = React.useState('');
  const field = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => {
    if (draft) {
      setText(draft.text);
      field.current?.focus();
    }
  }, [draft]);
  const end = (): void => {
    // What waits does not begin, and is not lost: it can be sent again or changed.
    const waiting = queue.map(each => each.text);
    setText([...waiting, text].filter(each => each.trim() !== '').join('\n\n'));
    stop();
  };
  const canSend = text.trim() !== '';
  const send = (): void => {
    if (canSend) {
      ask(text);
      setText('');
    }
  };
  return (
    <form
      className="llmos-Composer"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      {queue.length > 0 && <Waiting {...{ queue, unqueue, trans }} />}
      <textarea
        ref={field}
        rows={3}
        value={text}
        placeholder={trans.__('Ask about skills, this notebook, an error …')}
        aria-label={trans.__('Question for the assistant')}
        onFocus={ready}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          const { key, shiftKey, nativeEvent } = event;
          if (key === 'Enter' && !shiftKey && !nativeEvent.isComposing) {
            event.preventDefault();
            send();
          } else if (key === 'Escape' && isBusy) {
            end();
          }
        }}
      />
      <Buttons
        {...{ isBusy, canSend, trans }}
        stop={end}
        usesSkills={props.usesSkills}
        setSkills={props.setSkills}
      />
    </form>
  );
}

/** Questions that are asked once the answer under way has ended. */
function Waiting(
  props: Pick<IComposerProps, 'queue' | 'unqueue' | 'trans'>
): React.JSX.Element {
  const { queue, unqueue, trans } = props;
  return (
    <ul aria-label={trans.__('Questions that wait')}>
      {queue.map((question, index) => (
        <li key={index}>
          <span>
            {question.notebook !== undefined && <small>{question.notebook} </small>}
            {question.text}
          </span>
          <IconButton
            icon={closeIcon}
            label={trans.__('Take back')}
            click={() => unqueue(index)}
          />
        </li>
      ))}
    </ul>
  );
}

function Buttons(
  props: Pick<
    IComposerProps,
    'isBusy' | 'stop' | 'usesSkills' | 'setSkills' | 'trans'
  > & {
    readonly canSend: boolean;
  }
): React.JSX.Element {
  const { isBusy, canSend, stop, usesSkills, setSkills, trans } = props;
  return (
    <span className="llmos-Composer-buttons">
      <label title={trans.__('Send the skills that fit along with the question')}>
        <input
          type="checkbox"
          checked={usesSkills}
          onChange={event => setSkills(event.target.checked)}
        />{' '}
        {trans.__('Skills')}
      </label>
      {isBusy && (
        <button type="button" className="jp-mod-styled jp-mod-warn" onClick={stop}>
          {trans.__('Stop')}
        </button>
      )}
      <button type="submit" className="jp-mod-styled jp-mod-accept" disabled={!canSend}>
        {isBusy ? trans.__('Ask next') : trans.__('Ask')}
      </button>
    </span>
  );
}
