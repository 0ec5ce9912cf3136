import type { IPort, JsonValue } from './skill';

/**
 * What a value of a port must keep to besides its type; empty where there is nothing.
 *
 * @param write a choice as it is to be read
 * @example
 * limitsText({ name: 'x', type: 'number', minimum: 0, maximum: 5 }); // '0 to 5'
 */
export function limitsText(
  { minimum, maximum, enum: choices }: IPort,
  write = (choice: JsonValue): string => JSON.stringify(choice)
): string {
  const both = minimum !== undefined && maximum !== undefined;
  return [
    both ? `${minimum} to ${maximum}` : '',
    !both && minimum !== undefined ? `at least ${minimum}` : '',
    !both && maximum !== undefined ? `at most ${maximum}` : '',
    choices ? `one of ${choices.map(choice => write(choice)).join(', ')}` : ''
  ]
    .filter(part => part !== '')
    .join(', ');
}
