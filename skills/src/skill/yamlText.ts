import type { JsonValue } from './skill';

/** Words that YAML or its older readers take for something else than text. */
const SPECIAL = /^(?:true|false|yes|no|on|off|null|nan|inf|infinity|y|n)$/i;
const PLAIN = /^[\p{L}_](?:[\p{L}\p{N} _./()+=<>;-]*[\p{L}\p{N}_./()+=<>;-])?$/u;

/**
 * A JSON value on one line of YAML, with quotes only where they are needed.
 *
 * @example
 * toYaml({ name: 'x', default: 1 }); // '{ name: x, default: 1 }'
 */
export function toYaml(value: JsonValue): string {
  if (typeof value === 'string') {
    return PLAIN.test(value) && !SPECIAL.test(value) && value.length < 200
      ? value
      : quoted(value);
  }
  if (typeof value === 'object' && value !== null) {
    if (isList(value)) {
      return `[${value.map(toYaml).join(', ')}]`;
    }
    const entries = Object.entries(value);
    return entries.length === 0
      ? '{}'
      : `{ ${entries.map(([key, item]) => `${toYaml(key)}: ${toYaml(item)}`).join(', ')} }`;
  }
  return Object.is(value, -0) ? '0' : JSON.stringify(value);
}

/** A key with its value as whole lines; a list of mappings gets one line an item. */
export function toYamlEntry(key: string, value: JsonValue, eol: string): string {
  const block =
    typeof value === 'object' &&
    value !== null &&
    isList(value) &&
    value.some(item => typeof item === 'object' && item !== null);
  if (block) {
    const items = value.map(item => `  - ${toYaml(item)}${eol}`);
    return `${toYaml(key)}:${eol}${items.join('')}`;
  }
  // Commas need no quotes outside lists and mappings, and prose is full of them.
  const prose =
    typeof value === 'string' &&
    PLAIN.test(value.replace(/,(?= )/g, '')) &&
    toYaml(value.replace(/,(?= )/g, '')) === value.replace(/,(?= )/g, '');
  return `${toYaml(key)}: ${prose ? value : toYaml(value)}${eol}`;
}

/** JSON's text form is YAML's double-quoted one, but for characters YAML cannot print. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
