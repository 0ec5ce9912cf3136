import type { TranslationBundle } from '@jupyterlab/translation';
import {
  closest,
  formatPython,
  type IInputProblem,
  type IPort,
  type PortType
} from '@llmos-lab/skills';

/** What is wrong with a field, and what to give instead, with range and unit. */
export function problemText(
  port: IPort,
  { code, given }: IInputProblem,
  trans: TranslationBundle
): string {
  const wanted = wantedText(port, trans);
  if (code === 'missing-input') {
    return trans.__('%1 is missing. Give %2.', port.name, wanted);
  }
  // The type is told only where it is what is wrong: `string "ten"`, but `20000`.
  const value = code === 'wrong-type' ? given : given.replace(/^\w+ /, '');
  return trans.__('%1 is %2. Give %3.', port.name, value, wanted);
}

/** What is wrong with a name that a call gives a value to, and what may be meant. */
export function unknownText(
  name: string,
  inputs: readonly string[],
  trans: TranslationBundle
): string {
  const near = closest(name, inputs);
  return near === undefined
    ? trans.__('%1 is no input of this skill. Take it out of the call.', name)
    : trans.__('%1 is no input of this skill. Did you mean %2?', name, near);
}

/** What an input takes, such as `a whole number from 1 to 10000`. */
export function wantedText(port: IPort, trans: TranslationBundle): string {
  if (port.enum) {
    return trans.__('one of %1', port.enum.map(each => formatPython(each)).join(', '));
  }
  const type = typeText(port, trans);
  const range = rangeText(port, trans);
  return [type, range, port.unit].filter(part => part !== undefined).join(' ');
}

function typeText({ type }: IPort, trans: TranslationBundle): string {
  const names: Partial<Record<PortType, string>> = {
    number: trans.__('a number'),
    integer: trans.__('a whole number'),
    string: trans.__('a text'),
    boolean: trans.__('True or False'),
    array: trans.__('a list'),
    'array<number>': trans.__('a list of numbers'),
    any: trans.__('a value')
  };
  return names[type] ?? trans.__('a value of type %1', type);
}

function rangeText(
  { minimum, maximum }: IPort,
  trans: TranslationBundle
): string | undefined {
  if (minimum !== undefined && maximum !== undefined) {
    return trans.__('from %1 to %2', minimum, maximum);
  }
  if (minimum !== undefined) {
    return trans.__('of at least %1', minimum);
  }
  return maximum === undefined ? undefined : trans.__('of at most %1', maximum);
}
