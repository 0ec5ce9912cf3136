import type { IPort, PortType } from './skill';

/** Types whose values are objects of their own kind, so that a plain object port takes them. */
const OBJECTS: ReadonlySet<PortType> = new Set<PortType>([
  'object',
  'image',
  'geometry',
  'material',
  'mesh',
  'scene',
  'circuit',
  'table'
]);

/** What a port takes besides its own type: the type of the input → types of outputs. */
const ALSO: ReadonlyMap<PortType, readonly PortType[]> = new Map<
  PortType,
  readonly PortType[]
>([
  ['number', ['integer']],
  ['array', ['array<number>', 'table']],
  ['array<number>', ['array']],
  ['table', ['array', 'array<number>', 'object']],
  ['image', ['string', 'object']],
  ['circuit', ['string', 'object']],
  ['scene', ['mesh', 'object']],
  ['geometry', ['object']],
  ['material', ['object']],
  ['mesh', ['object']]
]);

/**
 * Whether an output may be connected to an input by what their types say. Where a value
 * can fit or not (an `array` into `array<number>`, a `string` into `circuit`), the
 * connection is allowed and the call checks the value.
 *
 * @example
 * connects('integer', 'number'); // true
 */
export function connects(output: PortType, input: PortType): boolean {
  if (output === input || output === 'any' || input === 'any') {
    return true;
  }
  return (
    (input === 'object' && OBJECTS.has(output)) ||
    (ALSO.get(input)?.includes(output) ?? false)
  );
}

/**
 * Whether an input takes a list of such values: an `array` does not say of what it is, but
 * its name may.
 *
 * @example
 * connectsInList('mesh', { name: 'meshes', type: 'array' }); // true
 */
export function connectsInList(
  output: PortType,
  { name, type }: Pick<IPort, 'name' | 'type'>
): boolean {
  const plural = output.replace(/y$/, 'ie').replace(/h$/, 'he') + 's';
  return type === 'array' && !connects(output, type) && name.endsWith(plural);
}
