import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  parseCommit,
  sessionNameProblem,
  type ICommitPreview,
  type ISecretFinding,
  type ISessionChoice
} from '@llmos-lab/skills';
import * as React from 'react';

import { DialogBody } from '../../dialogBody';
import { SecretsToCommit } from './askSecrets';

/** What the dialog starts with and shows. */
export interface ISessionCommitFormOptions {
  readonly first: ISessionChoice;
  /** What the commit before was said to be for; empty where there is none. */
  readonly last?: string;
  /** What a commit with these decisions would write. */
  readonly preview: (
    choice: ISessionChoice
  ) => Pick<ICommitPreview, 'message' | 'secrets'>;
  readonly trans: TranslationBundle;
}

interface ISessionCommitViewProps extends ISessionCommitFormOptions {
  /** Null: it cannot be committed like this. */
  readonly change: (choice: ISessionChoice | null) => void;
}

/** Asks how to commit a session; null when the person cancels. */
export async function askSessionCommit(
  options: ISessionCommitFormOptions
): Promise<ISessionChoice | null> {
  const { trans } = options;
  const body = new SessionCommitBody(options);
  const dialog = new SessionCommitDialog({
    title: trans.__('Commit session'),
    body,
    // The name is there already.
    focusNodeSelector: 'textarea[name="prompt"]',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Commit') })]
  });
  dialog.addClass('llmos-SessionCommitDialog');
  body.changed = () => {
    const accept = dialog.node.querySelector<HTMLButtonElement>('.jp-mod-accept');
    if (accept) {
      accept.disabled = body.value === null;
    }
  };
  const { button } = await dialog.launch();
  return button.accept ? body.value : null;
}

/** Enter commits from the prompt too, where Shift+Enter begins a line. */
class SessionCommitDialog extends Dialog<unknown> {
  override handleEvent(event: Event): void {
    const isInPrompt =
      event instanceof KeyboardEvent &&
      event.key === 'Enter' &&
      event.target instanceof HTMLTextAreaElement;
    if (!isInPrompt) {
      super.handleEvent(event);
      return;
    }
    event.stopPropagation();
    if (!event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const accept = this.node.querySelector<HTMLButtonElement>('.jp-mod-accept');
      accept?.click();
    }
  }
}

class SessionCommitBody extends DialogBody {
  constructor(private readonly _options: ISessionCommitFormOptions) {
    super();
    this.value = _options.first;
  }

  value: ISessionChoice | null;
  changed: () => void = () => undefined;

  protected override render(): React.JSX.Element {
    return (
      <SessionCommitView
        {...this._options}
        change={value => {
          this.value = value;
          this.changed();
        }}
      />
    );
  }
}

/** Name, prompt, outputs, found secrets, and the message that they give. */
export function SessionCommitView(props: ISessionCommitViewProps): React.JSX.Element {
  const { first, last = '', preview, change, trans } = props;
  const [choice, setChoice] = React.useState(first);
  const [goesOn, setGoesOn] = React.useState(false);
  const problem = sessionNameProblem(choice.name, trans);
  const shown = React.useMemo(
    () => (problem === null ? preview(choice) : null),
    [choice, problem, preview]
  );
  const secrets = shown?.secrets ?? [];
  const isReady = problem === null && (secrets.length === 0 || goesOn);
  React.useEffect(() => change(isReady ? choice : null), [choice, isReady]);
  const set = (part: Partial<ISessionChoice>): void =>
    setChoice({ ...choice, ...part });
  return (
    <div className="llmos-SessionCommit">
      <NameField {...{ choice, problem, set, trans }} />
      <label className="llmos-SessionCommit-field">
        <span>{trans.__('Prompt: what this was done for')}</span>
        <textarea
          className="jp-mod-styled"
          name="prompt"
          rows={2}
          placeholder={last === '' ? undefined : trans.__('Last time: %1', last)}
          value={choice.prompt}
          onChange={event => set({ prompt: event.target.value })}
        />
      </label>
      <OutputsField {...{ choice, set, trans }} />
      <Secrets {...{ secrets, goesOn, setGoesOn, trans }} />
      <Contents message={shown?.message ?? ''} trans={trans} />
      <details className="llmos-SessionCommit-preview">
        <summary>{trans.__('Message of the commit')}</summary>
        <pre>{shown?.message ?? ''}</pre>
      </details>
    </div>
  );
}

/** Artifacts named in the dialog; the message has all. */
const NAMED = 6;

/** What goes into the commit beside the notebook, as its message tells. */
function Contents(props: {
  readonly message: string;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { message, trans } = props;
  const commit = parseCommit(message);
  if (commit.kind !== 'session') {
    return null;
  }
  const { messages, traces } = commit.stats;
  const names = commit.artifacts.map(({ name }) => name);
  const more = names.length > NAMED ? ['…'] : [];
  const list = [...names.slice(0, NAMED), ...more].join(', ');
  return (
    <p className="llmos-SessionCommit-contents">
      {trans.__(
        'With the notebook: %1, %2, %3.',
        trans._n('%1 run', '%1 runs', traces),
        trans._n('%1 message', '%1 messages', messages),
        trans._n('%1 artifact', '%1 artifacts', names.length) +
          (names.length > 0 ? ` (${list})` : '')
      )}
    </p>
  );
}

interface IFieldProps {
  readonly choice: ISessionChoice;
  readonly set: (part: Partial<ISessionChoice>) => void;
  readonly trans: TranslationBundle;
}

function NameField(
  props: IFieldProps & { readonly problem: string | null }
): React.JSX.Element {
  const { choice, problem, set, trans } = props;
  return (
    <label className="llmos-SessionCommit-field">
      <span>{trans.__('Name')}</span>
      <input
        type="text"
        name="name"
        className="jp-mod-styled"
        value={choice.name}
        aria-invalid={problem !== null}
        onChange={event => set({ name: event.target.value })}
      />
      {problem !== null && (
        <span className="llmos-SessionCommit-problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}

function OutputsField({ choice, set, trans }: IFieldProps): React.JSX.Element {
  const options = [
    ['keep', trans.__('Keep outputs: whoever opens the commit sees the results')],
    ['clear', trans.__('Clear outputs: smaller, and the commit has only the source')]
  ] as const;
  return (
    <fieldset className="llmos-SessionCommit-outputs">
      <legend>{trans.__('Outputs of the cells')}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name="outputs"
            value={value}
            checked={choice.outputs === value}
            onChange={() => set({ outputs: value })}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Secrets(props: {
  readonly secrets: readonly ISecretFinding[];
  readonly goesOn: boolean;
  readonly setGoesOn: (goesOn: boolean) => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { secrets, goesOn, setGoesOn, trans } = props;
  if (secrets.length === 0) {
    return null;
  }
  return (
    <div className="llmos-SessionCommit-goesOn">
      <SecretsToCommit secrets={secrets} trans={trans} />
      <label>
        <input
          type="checkbox"
          name="goesOn"
          checked={goesOn}
          onChange={event => setGoesOn(event.target.checked)}
        />
        <span>{trans.__('Commit all the same')}</span>
      </label>
    </div>
  );
}
