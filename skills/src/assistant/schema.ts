import { isRecord } from '../json';
import { typeOfValue } from '../skill/values';
import { closest, listOf } from '../skill/suggest';

/** The part of JSON Schema that the tools' arguments need. */
export type Schema =
  | {
      readonly type: 'string';
      readonly description?: string;
      readonly enum?: readonly string[];
    }
  | {
      readonly type: 'integer';
      readonly description?: string;
      readonly minimum?: number;
    }
  | {
      readonly type: 'array';
      readonly description?: string;
      readonly items: Schema;
      readonly minItems?: number;
    }
  | IObjectSchema;

/** An object; names that are not listed are refused unless `open` says otherwise. */
export interface IObjectSchema {
  readonly type: 'object';
  readonly description?: string;
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Takes any names, each with any value. */
  readonly open?: boolean;
}

/**
 * What is wrong with arguments that a model wrote, as sentences that tell it what to write
 * instead; empty when they fit.
 */
export function checkArguments(
  schema: Schema,
  value: unknown,
  place = 'The arguments'
): readonly string[] {
  switch (schema.type) {
    case 'string':
      return checkText(schema, value, place);
    case 'integer': {
      const { minimum = -Infinity } = schema;
      return typeof value === 'number' && Number.isInteger(value) && value >= minimum
        ? []
        : [
            wrong(
              place,
              `a whole number${minimum > -Infinity ? ` from ${minimum} on` : ''}`,
              value
            )
          ];
    }
    case 'array': {
      const { minItems = 0, items } = schema;
      if (!Array.isArray(value) || value.length < minItems) {
        return [
          wrong(place, minItems > 0 ? 'a list that is not empty' : 'a list', value)
        ];
      }
      return (value as readonly unknown[]).flatMap((item, index) =>
        checkArguments(items, item, `${place}[${index}]`)
      );
    }
    case 'object':
      return checkObject(schema, value, place);
  }
}

function checkText(
  { enum: choices }: Extract<Schema, { type: 'string' }>,
  value: unknown,
  place: string
): readonly string[] {
  if (typeof value !== 'string') {
    return [wrong(place, 'a text', value)];
  }
  return choices && !choices.includes(value)
    ? [wrong(place, listOf(choices.map(choice => `"${choice}"`)), value)]
    : [];
}

function checkObject(
  { properties, required = [], open }: IObjectSchema,
  value: unknown,
  place: string
): readonly string[] {
  if (!isRecord(value)) {
    return [wrong(place, 'an object', value)];
  }
  const names = Object.keys(properties);
  const missing = required
    .filter(name => !Object.hasOwn(value, name))
    .map(name => `${place}: "${name}" is missing.`);
  const found = Object.entries(value).flatMap(([name, item]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) {
      return checkArguments(property, item, `${place}.${name}`);
    }
    const near = closest(name, names);
    const hint =
      near === undefined ? `Known are ${listOf(names, 'and')}.` : `Write "${near}".`;
    return open ? [] : [`${place}: "${name}" is not known. ${hint}`];
  });
  return [...missing, ...found];
}

function wrong(place: string, expected: string, value: unknown): string {
  const given =
    typeof value === 'string' ? `"${value.slice(0, 40)}"` : typeOfValue(value);
  return `${place} must be ${expected}; it is ${given}.`;
}

/** The schema as providers want it: standard JSON Schema. */
export function toJsonSchema(schema: Schema): { readonly [key: string]: never } {
  return standard(schema) as { readonly [key: string]: never };
}

function standard(schema: Schema): unknown {
  if (schema.type === 'array') {
    return { ...schema, items: standard(schema.items) };
  }
  if (schema.type === 'object') {
    const { open, properties, ...others } = schema;
    const entries = Object.entries(properties).map(([name, item]) => [
      name,
      standard(item)
    ]);
    return {
      ...others,
      properties: Object.fromEntries(entries) as unknown,
      additionalProperties: open === true
    };
  }
  return schema;
}
