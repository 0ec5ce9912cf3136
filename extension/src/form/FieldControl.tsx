import { formatPython, type IPort, type JsonValue } from '@llmos-lab/skills';
import * as React from 'react';

import { readTyped } from './fields';
import { wantedText } from './fieldText';
import type { IFormFieldProps } from './FormField';
import { isUndoKey } from './keys';
import { LinkedValue } from './LinkedValue';
import { linkedName } from './links';

export interface IFieldControlProps extends Pick<
  IFormFieldProps,
  'field' | 'setValue' | 'setSource' | 'jump' | 'setFault' | 'trans'
> {
  readonly id: string;
  /** What is wrong with the value, for the tooltip and the mark. */
  readonly message: string | undefined;
}

/** The widget that fits the input's type; a link where a cell above gives the value. */
export function FieldControl(props: IFieldControlProps): React.JSX.Element {
  const { field, id, setValue } = props;
  const { port, given } = field;
  if (given && 'source' in given) {
    return <Expression {...props} expression={given.source} />;
  }
  const value = given ? given.value : port.default;
  if (port.enum) {
    return <Choice {...props} options={port.enum} value={value} />;
  }
  if (port.type === 'boolean' && (value === undefined || typeof value === 'boolean')) {
    return (
      <input
        {...marks(props)}
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
  props: IFieldControlProps & {
    readonly options: readonly JsonValue[];
    readonly value: JsonValue | undefined;
  }
): React.JSX.Element {
  const { id, options, value, setValue } = props;
  const texts = options.map(option => JSON.stringify(option));
  const current = JSON.stringify(value ?? null);
  return (
    <select
      {...marks(props)}
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

/** An expression: a link when it takes a value as it is, else a field that shows it. */
function Expression(
  props: IFieldControlProps & { readonly expression: string }
): React.JSX.Element {
  const { field, expression, jump, setFault, trans } = props;
  const [isEdited, setEdited] = React.useState(false);
  const variable = linkedName(expression);
  if (isEdited || variable === undefined) {
    return (
      <Typed
        {...props}
        text={expression}
        isLinked
        isEdited={isEdited}
        leave={() => setEdited(false)}
      />
    );
  }
  return (
    <LinkedValue
      input={field.port.name}
      expression={expression}
      variable={variable}
      jump={() =>
        setFault(
          jump(variable)
            ? undefined
            : trans.__('No cell above makes %1. Add one, or edit this input.', variable)
        )
      }
      edit={() => setEdited(true)}
      trans={trans}
    />
  );
}

/**
 * A text or number field. What is typed counts when it is finished (Enter, leaving the
 * field, a step of the arrows), so that one change is one step for undo. An expression
 * stays one: it is shown with a link mark.
 */
function Typed(
  props: IFieldControlProps & {
    readonly text: string;
    readonly isLinked: boolean;
    /** Whether the person opened a link to edit it; `leave` makes it a link again. */
    readonly isEdited?: boolean;
    readonly leave?: () => void;
  }
): React.JSX.Element {
  const { field, id, text, isLinked, isEdited, leave } = props;
  const { setValue, setSource, setFault, trans } = props;
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
    if (isDone) {
      leave?.();
    }
  };
  useFinished(input, commit);
  React.useEffect(() => {
    if (input.current) {
      input.current.value = text;
    }
  }, [text]);
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    const { currentTarget, key } = event;
    if (key === 'Enter') {
      commit();
    } else if (key === 'Escape') {
      currentTarget.value = text;
      setFault(undefined);
      leave?.();
    } else if (isUndoKey(event) && currentTarget.value !== text) {
      // What is being typed is the field's own to undo.
      event.stopPropagation();
    }
  };
  return (
    <input
      {...marks(props)}
      id={id}
      ref={input}
      type={isNumber ? 'number' : 'text'}
      className={
        isLinked ? 'llmos-mod-expression' : isNumber ? 'llmos-mod-number' : undefined
      }
      autoFocus={isEdited}
      step={port.type === 'integer' ? 1 : 'any'}
      min={port.minimum}
      max={port.maximum}
      spellCheck={false}
      defaultValue={text}
      onBlur={() => {
        commit();
        if (input.current?.value === text) {
          leave?.();
        }
      }}
      onKeyDown={onKeyDown}
      placeholder={port.required ? trans.__('required') : undefined}
    />
  );
}

/** How a control tells people and screen readers of a problem, and of limits. */
function marks({
  field: { port },
  message,
  trans
}: IFieldControlProps): React.InputHTMLAttributes<HTMLElement> {
  return {
    'aria-invalid': message !== undefined,
    title: message ?? wantedText(port, trans)
  };
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
