import type { TranslationBundle } from '@jupyterlab/translation';
import { linkIcon, undoIcon } from '@jupyterlab/ui-components';
import { formatPython, type IPort, type JsonValue } from '@llmos-lab/skills';
import * as React from 'react';

import { readTyped, type IField } from './fields';

export interface IFormFieldProps {
  readonly field: IField;
  readonly setValue: (value: JsonValue) => boolean;
  readonly setSource: (source: string) => boolean;
  readonly reset: () => boolean;
  readonly trans: TranslationBundle;
}

/** Label, the widget that fits the input's type, unit, and a way back to the default. */
export function FormField(props: IFormFieldProps): React.JSX.Element {
  const { field, reset, trans } = props;
  const { port, given, problem } = field;
  const [fault, setFault] = React.useState<string>();
  const id = React.useId();
  const message = fault ?? problem;
  const canReset = given !== undefined && port.required !== true;
  const resetLabel = trans.__('Reset %1 to its default', port.name);
  return (
    <div className={`llmos-FormField${message ? ' llmos-mod-invalid' : ''}`}>
      <label htmlFor={id} title={port.description}>
        {port.name}
      </label>
      <Control {...props} id={id} setFault={setFault} />
      {port.unit && <span className="llmos-FormField-unit">{port.unit}</span>}
      {canReset && (
        <button
          type="button"
          className="llmos-FormField-reset"
          title={resetLabel}
          aria-label={resetLabel}
          onClick={() => {
            setFault(
              reset()
                ? undefined
                : trans.__('Give the inputs after it by name first, then reset.')
            );
          }}
        >
          <undoIcon.react tag="span" width="12px" height="12px" />
        </button>
      )}
      {message && (
        <div className="llmos-FormField-problem" role="alert">
          {message}
        </div>
      )}
    </div>
  );
}

interface IControlProps extends IFormFieldProps {
  readonly id: string;
  readonly setFault: (fault: string | undefined) => void;
}

function Control(props: IControlProps): React.JSX.Element {
  const { field, id, setValue } = props;
  const { port, given } = field;
  if (given && 'source' in given) {
    return <Typed {...props} text={given.source} isLinked />;
  }
  const value = given ? given.value : port.default;
  if (port.enum) {
    return <Choice {...props} options={port.enum} value={value} />;
  }
  if (port.type === 'boolean' && (value === undefined || typeof value === 'boolean')) {
    return (
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        onChange={event => setValue(event.target.checked)}
      />
    );
  }
  return <Typed {...props} text={typedText(port, value)} isLinked={false} />;
}

function Choice(
  props: IControlProps & {
    readonly options: readonly JsonValue[];
    readonly value: JsonValue | undefined;
  }
): React.JSX.Element {
  const { id, options, value, setValue } = props;
  const texts = options.map(option => JSON.stringify(option));
  const current = JSON.stringify(value ?? null);
  return (
    <select
      id={id}
      value={current}
      onChange={event => {
        const chosen = options[texts.indexOf(event.target.value)];
        if (chosen !== undefined) {
          setValue(chosen);
        }
      }}
    >
      {!texts.includes(current) && (
        <option value={current}>{value === undefined ? '' : labelOf(value)}</option>
      )}
      {options.map((option, at) => (
        <option key={texts[at]} value={texts[at]}>
          {labelOf(option)}
        </option>
      ))}
    </select>
  );
}

/**
 * A text or number field. What is typed counts when it is finished (Enter, leaving the
 * field, a step of the arrows), so that one change is one step for undo. An expression
 * stays one: it is shown with a link mark.
 */
function Typed(
  props: IControlProps & { readonly text: string; readonly isLinked: boolean }
): React.JSX.Element {
  const { field, id, text, isLinked, setValue, setSource, setFault, trans } = props;
  const { port } = field;
  const input = React.useRef<HTMLInputElement>(null);
  const isNumber = !isLinked && (port.type === 'number' || port.type === 'integer');
  const commit = (): void => {
    const typed = input.current?.value ?? '';
    // An expression stays one, also for a text input.
    const read = isLinked ? { source: typed } : readTyped(port, typed);
    if (typed === text || !read) {
      setFault(undefined);
      return;
    }
    const isDone =
      'value' in read
        ? setValue(read.value)
        : setSource(read.source) ||
          // What is no Python may still be a text that the input takes, such as 4k7.
          (port.type === 'any' && !isLinked && setValue(typed.trim()));
    setFault(
      isDone ? undefined : trans.__('"%1" is no Python expression. Mend it.', typed)
    );
  };
  useFinished(input, commit);
  React.useEffect(() => {
    if (input.current) {
      input.current.value = text;
    }
    setFault(undefined);
  }, [text, setFault]);
  return (
    <span className={isLinked ? 'llmos-FormField-link' : undefined}>
      {isLinked && <LinkMark trans={trans} />}
      <input
        id={id}
        ref={input}
        type={isNumber ? 'number' : 'text'}
        className={isNumber ? 'llmos-mod-number' : undefined}
        step={port.type === 'integer' ? 1 : 'any'}
        min={port.minimum}
        max={port.maximum}
        spellCheck={false}
        size={isNumber ? undefined : Math.min(Math.max(text.length + 1, 8), 32)}
        defaultValue={text}
        onBlur={commit}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            commit();
          } else if (event.key === 'Escape') {
            event.currentTarget.value = text;
            setFault(undefined);
          }
        }}
        placeholder={port.required ? trans.__('required') : undefined}
      />
    </span>
  );
}

function LinkMark({ trans }: Pick<IFormFieldProps, 'trans'>): React.JSX.Element {
  return (
    <linkIcon.react
      tag="span"
      width="12px"
      height="12px"
      title={trans.__('Linked: this input takes the value of an expression')}
    />
  );
}

/** Calls `commit` at the browser's own change event: React's comes at each key. */
function useFinished(
  input: React.RefObject<HTMLInputElement>,
  commit: () => void
): void {
  const latest = React.useRef(commit);
  latest.current = commit;
  React.useEffect(() => {
    const node = input.current;
    const onChange = (): void => latest.current();
    node?.addEventListener('change', onChange);
    return () => node?.removeEventListener('change', onChange);
  }, [input]);
}

function typedText(port: IPort, value: JsonValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  return port.type === 'string' && typeof value === 'string'
    ? value
    : formatPython(value);
}

function labelOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
