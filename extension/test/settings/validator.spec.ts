import '../browser';

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  DefaultSchemaValidator,
  type ISettingRegistry
} from '@jupyterlab/settingregistry';
import * as fc from 'fast-check';

import { defaultsOf } from '../../src/settings/defaults';
import { DefaultsValidator } from '../../src/settings/validator';

const SCHEMAS = join(__dirname, '../../../lite/dist/build/schemas');

function plugin(schema: unknown, raw = '{}', id = 'p'): ISettingRegistry.IPlugin {
  return {
    ...{ id, raw, version: '1', data: { composite: {}, user: {} } },
    schema: schema as ISettingRegistry.ISchema
  };
}

/** What JupyterLab's own validator makes of a plugin's settings. */
function byJupyterLab(given: ISettingRegistry.IPlugin) {
  const own = structuredClone(given);
  const errors = new DefaultSchemaValidator().validateData(own);
  return { errors, data: own.data };
}

const settings = ['all.json', 'all_federated.json'].flatMap(
  name =>
    JSON.parse(readFileSync(join(SCHEMAS, name), 'utf-8')) as ISettingRegistry.IPlugin[]
);

describe("the settings of the site's plugins", () => {
  it.each(settings.map(({ id, schema, raw }) => [id, schema, raw]))(
    '%s has the defaults that JupyterLab finds',
    (id, schema, raw) => {
      const given = plugin(schema, raw, id);
      expect({
        errors: null,
        data: { user: {}, composite: defaultsOf(schema) }
      }).toEqual(byJupyterLab(given));
    }
  );
});

describe('the settings that JupyterLab fills with what plugins bring', () => {
  const menus = settings.flatMap(({ schema }) => schema['jupyter.lab.menus'] ?? []);
  const brought: readonly [string, string, readonly unknown[]][] = [
    [
      '@jupyterlab/mainmenu-extension:plugin',
      'menus',
      menus.flatMap(({ main = [] }) => main)
    ],
    [
      '@jupyterlab/application-extension:context-menu',
      'contextMenu',
      menus.flatMap(({ context = [] }) => context)
    ],
    [
      '@jupyterlab/shortcuts-extension:shortcuts',
      'shortcuts',
      settings.flatMap(({ schema }) => schema['jupyter.lab.shortcuts'] ?? [])
    ],
    ...['filebrowser-extension:widget', 'cell-toolbar-extension:plugin'].map(
      (name): [string, string, readonly unknown[]] => [
        `@jupyterlab/${name}`,
        'toolbar',
        settings.flatMap(({ schema }) =>
          Object.values(schema['jupyter.lab.toolbars'] ?? {}).flat()
        )
      ]
    )
  ];

  it.each(brought)('%s has the defaults that JupyterLab finds', (id, name, items) => {
    expect(items.length).toBeGreaterThan(20);
    const { schema } = settings.find(each => each.id === id) ?? plugin({});
    const filled = structuredClone(schema);
    Object.assign(filled.properties?.[name] ?? {}, { default: items });
    expect({
      errors: null,
      data: { user: {}, composite: defaultsOf(filled) }
    }).toEqual(byJupyterLab(plugin(filled)));
  });
});

const LEAVES = fc.oneof(
  fc.record(
    { type: fc.constant('number'), default: fc.integer() },
    { requiredKeys: [] }
  ),
  fc.record(
    { type: fc.constant('string'), default: fc.string() },
    { requiredKeys: [] }
  ),
  fc.constant({ $ref: '#/definitions/named' }),
  fc.constant({ $ref: '#/definitions/named', default: { a: 1 } })
);
const NAMES = fc.constantFrom('a', 'b', 'c');
const { schema } = fc.letrec<{ schema: object }>(tie => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    LEAVES,
    fc.record(
      {
        properties: fc.dictionary(NAMES, tie('schema')),
        default: fc.dictionary(NAMES, fc.constantFrom<unknown>({}, { a: {} }, [{}], 1))
      },
      { requiredKeys: ['properties'] }
    ),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({
      oneOf: fc.tuple(tie('schema'), fc.constant({ type: 'null' })),
      default: fc.constantFrom<unknown>({}, { a: {} }, [{}])
    }),
    fc.record(
      {
        items: tie('schema'),
        default: fc.array(fc.constantFrom<unknown>({}, { b: {} }, [], 2))
      },
      { requiredKeys: ['items'] }
    )
  )
}));

describe('defaultsOf', () => {
  it('are those of Ajv, wherever in a schema they are', () => {
    const parts = fc.dictionary(NAMES, schema, { minKeys: 1 });
    const named = fc.dictionary(
      NAMES,
      LEAVES.filter(part => !('$ref' in part))
    );
    fc.assert(
      fc.property(parts, named, (properties, inNamed) => {
        const whole = {
          ...{ type: 'object', properties, 'jupyter.lab.shortcuts': [] },
          definitions: { named: { properties: inNamed } }
        };
        const { errors, data } = byJupyterLab(plugin(whole));
        // What a schema's own defaults break is not looked for.
        fc.pre(errors === null);
        const known = defaultsOf(whole as unknown as ISettingRegistry.ISchema);
        // Only of what is not plain within `oneOf` it may be unknown.
        fc.pre(known !== null || !JSON.stringify(properties).includes('oneOf'));
        expect(known).toEqual(data.composite);
      })
    );
  });

  it('are not said where a schema gives them by other keywords', () => {
    const of = (part: object) =>
      defaultsOf({ type: 'object', properties: { a: part as never } });
    expect(of({ default: {}, anyOf: [{ properties: {} }] })).toBeNull();
    expect(of({ default: { b: [] }, additionalProperties: { items: {} } })).toBeNull();
    expect(of({ default: { b: 1 }, additionalProperties: { items: {} } })).toEqual({
      a: { b: 1 }
    });
    expect(of({ default: {}, $ref: 'other.json#/definitions/a' })).toBeNull();
    expect(of({ default: 1, anyOf: [{ const: 1 }] })).toEqual({ a: 1 });
  });
});

describe('DefaultsValidator', () => {
  const schema = {
    type: 'object',
    properties: { size: { type: 'number', default: 1 } }
  };

  it('leaves what was set to the validator of JupyterLab, made when it is needed', () => {
    const whole = jest.fn(() => new DefaultSchemaValidator());
    const validator = new DefaultsValidator(whole);
    const unset = plugin(schema, ' {\n} ', 'unset');
    expect(validator.validateData(unset)).toBeNull();
    expect(unset.data).toEqual({ composite: { size: 1 }, user: {} });
    expect(whole).not.toHaveBeenCalled();

    const set = plugin(schema, '// mine\n{"size": 2}', 'set');
    expect(validator.validateData(set)).toBeNull();
    expect(set.data).toEqual({ composite: { size: 2 }, user: { size: 2 } });
    const [error] =
      validator.validateData(plugin(schema, '{"size": "x"}', 'bad')) ?? [];
    expect(error).toMatchObject({ instancePath: '/size', keyword: 'type' });
    expect(validator.validateData(plugin(schema, '{', 'broken'))).toHaveLength(1);
    expect(whole).toHaveBeenCalledTimes(1);
  });

  it('only looks where nothing shall be filled in', () => {
    const given = plugin(schema);
    expect(new DefaultsValidator().validateData(given, false)).toBeNull();
    expect(given.data.composite).toEqual({});
  });

  it('refuses what is not of an object, as JupyterLab does', () => {
    const given = plugin({ type: 'array' });
    expect(new DefaultsValidator().validateData(given)).toEqual(
      byJupyterLab(given).errors
    );
  });
});
