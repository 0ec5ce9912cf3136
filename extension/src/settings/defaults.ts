import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  JSONExt,
  type PartialJSONObject,
  type PartialJSONValue,
  type ReadonlyPartialJSONObject,
  type ReadonlyPartialJSONValue
} from '@lumino/coreutils';

/** Keywords that give defaults to what a value holds. */
const FOLLOWED = ['$ref', 'allOf', 'oneOf', 'properties', 'items'];

/** Keywords that give some to what its members hold: to none that is no object or array. */
const OF_MEMBERS = ['additionalProperties', 'patternProperties'];

/** Keywords that give none: they check, or describe. */
const WITHOUT = [
  ...['$comment', '$schema', 'const', 'default', 'definitions', 'description', 'enum'],
  ...['examples', 'format', 'maximum', 'maxItems', 'maxLength', 'minimum', 'minItems'],
  ...['minLength', 'pattern', 'required', 'title', 'type', 'uniqueItems']
];

const KNOWN = new Set([...FOLLOWED, ...OF_MEMBERS, ...WITHOUT]);

/**
 * What a plugin's settings are where nobody has set any: the defaults of its schema, by the
 * rules of Ajv's `useDefaults` (https://ajv.js.org/guide/modifying-data.html), with those
 * inside of objects and arrays that are defaults themselves. Whether they are what the
 * schema asks for is not checked.
 *
 * @returns null for a schema with keywords that this does not follow, where a value has them
 */
export function defaultsOf(schema: ISettingRegistry.ISchema): PartialJSONObject | null {
  const values: PartialJSONObject = {};
  // Names of JupyterLab's own at the top are no keywords of the schema.
  const keywords = Object.entries(schema).filter(
    ([name]) => !name.startsWith('jupyter.lab.')
  );
  const root = Object.fromEntries(keywords) as ReadonlyPartialJSONObject;
  return root.type === 'object' && fill(values, root, root) ? values : null;
}

/** Gives a value the defaults of its schema; says whether all are certain. */
function fill(
  value: PartialJSONValue | undefined,
  schema: ReadonlyPartialJSONValue | undefined,
  root: ReadonlyPartialJSONObject
): boolean {
  if (value === undefined || JSONExt.isPrimitive(value) || schema === true) {
    return true;
  }
  if (!isObject(schema) || !Object.keys(schema).every(name => KNOWN.has(name))) {
    return false;
  }
  const { $ref, allOf, oneOf, properties, items } = schema;
  const also = [
    ...($ref === undefined ? [] : [definition($ref, root)]),
    ...branches(oneOf, root),
    ...listed(allOf)
  ];
  if (!also.every(part => fill(value, part, root))) {
    return false;
  }
  if (Array.isArray(value)) {
    return items === undefined || value.every(item => fill(item, items, root));
  }
  const parts = isObject(properties) ? Object.entries(properties) : [];
  for (const [name, part] of parts) {
    if (value[name] === undefined && isObject(part) && part.default !== undefined) {
      value[name] = JSONExt.deepCopy(part.default) as PartialJSONValue;
    }
  }
  const isFlat = Object.values(value).every(each => JSONExt.isPrimitive(each ?? null));
  return (
    parts.every(([name, part]) => fill(value[name], part, root)) &&
    (isFlat || !OF_MEMBERS.some(name => isObject(schema[name])))
  );
}

/**
 * What gives defaults of the branches of `oneOf`: Ajv takes none of theirs, but those that
 * come by a reference to something with references of its own, for which it makes another
 * function (https://ajv.js.org/options.html#inlinerefs). Of a branch that is not that
 * plain it is not known.
 */
function branches(
  oneOf: ReadonlyPartialJSONValue | undefined,
  root: ReadonlyPartialJSONObject
): readonly (ReadonlyPartialJSONValue | undefined)[] {
  return listed(oneOf)
    .filter(refers)
    .flatMap(branch => {
      const { $ref, ...others } = isObject(branch) ? branch : {};
      const named = $ref === undefined ? undefined : definition($ref, root);
      const isPlain = Object.keys(others).length === 0 && named !== undefined;
      return isPlain && !refers(named) ? [] : [isPlain ? named : undefined];
    });
}

function refers(schema: ReadonlyPartialJSONValue): boolean {
  return JSON.stringify(schema).includes('"$ref"');
}

/** The definition that a reference names; undefined for a reference of another form. */
function definition(
  reference: ReadonlyPartialJSONValue,
  { definitions }: ReadonlyPartialJSONObject
): ReadonlyPartialJSONValue | undefined {
  const text = typeof reference === 'string' ? reference : '';
  const [, name = ''] = /^#\/definitions\/([\w-]+)$/.exec(text) ?? [];
  return isObject(definitions) ? definitions[name] : undefined;
}

function listed(
  value: ReadonlyPartialJSONValue | undefined
): readonly ReadonlyPartialJSONValue[] {
  return value !== undefined && JSONExt.isArray(value) ? value : [];
}

function isObject(
  value: ReadonlyPartialJSONValue | undefined
): value is ReadonlyPartialJSONObject {
  return value !== undefined && JSONExt.isObject(value);
}
