import * as React from 'react';

import { isUndoKey } from '../undoKeys';
import type { IFieldControlProps } from './FieldControl';
import { readTyped } from './fields';
import { isLeaveKey, isSaveKey } from './keys';
import { marks } from './marks';

type TypedElement = HTMLInputElement | HTMLTextAreaElement;

/** Lines of a text that show at once. */
const MOST_LINES = 8;

/** A text field for values that must parse before they are taken. */
export interface ITypedFieldProps extends IFieldControlProps {
  readonly text: string;
  /** Whether the value is an expression, and stays one. */
  readonly isLinked: boolean;
  /** Whether the person opened a link to edit it; `closeEdit` makes it a link again. */
  readonly isEdited?: boolean;
  readonly closeEdit?: () => void;
}

/**
 * A text or number field. What is typed counts when it is finished (Enter, leaving the
 * field, a step of the arrows), so that one change is one step for undo.
 */
export function TypedField(props: ITypedFieldProps): React.JSX.Element {
  const { field, id, text, isLinked, isEdited, closeEdit, trans } = props;
  const { port } = field;
  const input = React.useRef<TypedElement>(null);
  const isNumber = !isLinked && (port.type === 'number' || port.type === 'integer');
  const commit = (): void => write(input.current?.value ?? '', props);
  useFinished(input, commit);
  useText(input, text);
  const common = {
    ...{ ...marks(props), id, spellCheck: false, defaultValue: text },
    autoFocus: isEdited,
    className: isLinked ? 'llmos-mod-expression' : undefined,
    placeholder: port.required ? trans.__('required') : undefined,
    onBlur: () => {
      commit();
      if (input.current?.value === text) {
        closeEdit?.();
      }
    },
    onKeyDown: (event: React.KeyboardEvent<TypedElement>) => onKey(event, commit, props)
  };
  const lines = text.split('\n').length;
  if (lines > 1) {
    return (
      <textarea
        {...common}
        ref={input as React.RefObject<HTMLTextAreaElement>}
        rows={Math.min(lines, MOST_LINES)}
      />
    );
  }
  return (
    <input
      {...common}
      ref={input as React.RefObject<HTMLInputElement>}
      type={isNumber ? 'number' : 'text'}
      step={port.type === 'integer' ? 1 : 'any'}
      min={port.minimum}
      max={port.maximum}
    />
  );
}

/** Writes what was typed into the source, or says why that cannot be done. */
function write(typed: string, props: ITypedFieldProps): void {
  const { field, text, isLinked, closeEdit, trans } = props;
  const { setValue, setSource, setFault } = props;
  const { port } = field;
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
    closeEdit?.();
  }
}

/**
 * Enter finishes, in a text of several lines with Ctrl, and so does saving; Escape gives
 * up what was typed before it leaves, and undo is the field's own while one types.
 */
function onKey(
  event: React.KeyboardEvent<TypedElement>,
  commit: () => void,
  { text, isEdited, setFault, closeEdit }: ITypedFieldProps
): void {
  const { currentTarget, key } = event;
  const isWhole = currentTarget.tagName === 'INPUT' || event.ctrlKey || event.metaKey;
  if ((key === 'Enter' && isWhole) || isSaveKey(event)) {
    commit();
  } else if (isLeaveKey(event)) {
    if (currentTarget.value !== text && !isEdited) {
      event.stopPropagation();
    }
    currentTarget.value = text;
    setFault(undefined);
    closeEdit?.();
  } else if (isUndoKey(event) && currentTarget.value !== text) {
    event.stopPropagation();
  }
}

/** Calls `commit` at the browser's own change event: React's comes at each key. */
function useFinished(input: React.RefObject<TypedElement>, commit: () => void): void {
  const latest = React.useRef(commit);
  latest.current = commit;
  React.useEffect(() => {
    const node = input.current;
    const onChange = (): void => latest.current();
    node?.addEventListener('change', onChange);
    return () => node?.removeEventListener('change', onChange);
  }, [input]);
}

/**
 * Shows the text in the field, and keeps the browser's undo out while nobody has typed
 * there: asked for elsewhere on the page, it would bring back what was typed before, and
 * that would be written.
 */
function useText(input: React.RefObject<TypedElement>, text: string): void {
  React.useEffect(() => {
    const node = input.current;
    if (!node) {
      return;
    }
    node.value = text;
    let held = text;
    const note = (): void => {
      held = node.value;
    };
    const onInput = (event: Event): void => {
      const { inputType } = event as Partial<InputEvent>;
      if (inputType?.startsWith('history') && held === text) {
        node.value = text;
      }
      note();
    };
    node.addEventListener('input', onInput);
    node.addEventListener('blur', note);
    return () => {
      node.removeEventListener('input', onInput);
      node.removeEventListener('blur', note);
    };
  }, [input, text]);
}
