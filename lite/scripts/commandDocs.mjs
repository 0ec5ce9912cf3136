// @ts-check
/** Writes `docs/commands.md` from the commands as the application has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Where the page stands. */
export const COMMANDS = join(ROOT, 'docs/commands.md');

/**
 * @typedef {object} ArgumentSchema
 * @property {string | string[]} [type]
 * @property {string} [description]
 * @property {unknown[]} [enum]
 * @property {{ const?: unknown }[]} [oneOf]
 * @property {ArgumentSchema} [items]
 */

/**
 * A command as the registry describes it; `ui-tests/commandList.ts` reads it there.
 * @typedef {object} Command
 * @property {string} id
 * @property {string} label
 * @property {string} caption
 * @property {readonly { keys: readonly string[], selector: string, args: object }[]} bindings
 * @property {{ properties?: Record<string, ArgumentSchema>, required?: string[] } | null} args
 *   JSON schema of the arguments.
 */

/** @typedef {{ title: string, ids: readonly string[] }} Group */

const GROUP = /^\s*\/\/ (?<title>\S.*)$/;
const ID = /^\s*\w+: '(?<id>llmos:[^']+)'/;

/**
 * Ids and headings from the source of `commands.ts`, in its order.
 * @param {string} source
 * @returns {Group[]}
 */
export function readGroups(source) {
  /** @type {{ title: string, ids: string[] }[]} */
  const groups = [];
  const start = source.indexOf('CommandIDs = {');
  const body = source.slice(start, source.indexOf('} as const', start));
  for (const line of body.split('\n')) {
    const title = GROUP.exec(line)?.groups?.title;
    const id = ID.exec(line)?.groups?.id;
    if (title) {
      groups.push({ title, ids: [] });
    } else if (id) {
      if (groups.length === 0) {
        groups.push({ title: 'Commands', ids: [] });
      }
      groups.at(-1)?.ids.push(id);
    }
  }
  return groups;
}

/** @param {string} text Text in a table's cell. */
const cell = text => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/**
 * @param {ArgumentSchema} schema
 * @returns {string}
 */
function typeOf(schema) {
  const values = schema.enum ?? schema.oneOf?.map(each => each.const);
  if (values?.every(value => value !== undefined)) {
    return values.map(value => `\`${JSON.stringify(value)}\``).join(', ');
  }
  const type = [schema.type ?? 'any'].flat().join(' or ');
  return type === 'array' && schema.items ? `array of ${typeOf(schema.items)}` : type;
}

/** @param {Command} command */
function formatArguments({ args }) {
  const rows = Object.entries(args?.properties ?? {}).map(([name, schema]) => {
    const required = args?.required?.includes(name) ? 'yes' : '';
    const what = [typeOf(schema), required, schema.description ?? ''];
    return `| \`${name}\` | ${what.map(cell).join(' | ')} |`;
  });
  return rows.length === 0
    ? ''
    : ['| argument | type | required | what |', '|---|---|---|---|', ...rows, ''].join(
        '\n'
      );
}

/** @param {Command} command */
function formatKeys({ bindings }) {
  return bindings
    .map(({ keys, selector, args }) => {
      const given = Object.keys(args).length ? ` with \`${JSON.stringify(args)}\`` : '';
      return `Keys: ${keys.map(key => `\`${key}\``).join(' ')}${given}, in \`${selector}\`\n`;
    })
    .join('\n');
}

/** @param {Command} command */
function formatCommand(command) {
  const caption = /[.!?…]$/.test(command.caption)
    ? command.caption
    : `${command.caption}.`;
  return [
    `### \`${command.id}\``,
    `**${command.label}** – ${caption}`,
    formatKeys(command),
    formatArguments(command)
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

const INTRODUCTION = `# Commands

<!-- Made by "npm run docs" from the running site. Do not edit. -->

Everything that panels, menus and buttons do is a command of the application. Another extension runs one with \`app.commands.execute(id, args)\`; the palette (Ctrl Shift C, on a Mac Cmd Shift C) has those that need no arguments. All arguments are optional unless the table says otherwise, and a command that asks a person for something does not ask for what its arguments say. Keys can be changed in _Settings › Settings Editor › Keyboard Shortcuts_.
`;

/**
 * The whole page.
 * @param {readonly Group[]} groups
 * @param {ReadonlyMap<string, Command>} commands By id; those that are missing are left
 *   out.
 * @returns {string} Markdown, not yet formatted.
 */
export function formatCommands(groups, commands) {
  const sections = groups.map(({ title, ids }) => {
    const parts = ids.flatMap(id => {
      const command = commands.get(id);
      return command ? [formatCommand(command)] : [];
    });
    return [`## ${title}`, ...parts].join('\n\n');
  });
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

/**
 * Ids that a page has sections for.
 * @param {string} page
 * @returns {string[]}
 */
export function documentedIds(page) {
  return [...page.matchAll(/^### `(llmos:[^`]+)`$/gm)].map(([, id = '']) => id);
}

/**
 * The page as it should be, formatted; faults are commands that only one of application
 * and source knows.
 * @param {readonly Command[]} found Commands of the running application.
 * @returns {Promise<{ page: string, faults: readonly string[] }>}
 */
export async function commandsPage(found) {
  const groups = readGroups(
    readFileSync(join(ROOT, 'extension/src/commands.ts'), 'utf8')
  );
  const commands = new Map(found.map(command => [command.id, command]));
  const named = groups.flatMap(({ ids }) => ids);
  const faults = [
    ...named
      .filter(id => !commands.has(id))
      .map(id => `${id} is in no part of the site`),
    ...found
      .filter(({ id }) => !named.includes(id))
      .map(({ id }) => `${id} is not in extension/src/commands.ts`)
  ];
  // Not there before the setup of a fresh clone, which this file must outlive.
  const { format, resolveConfig } = await import('prettier');
  const options = { ...(await resolveConfig(COMMANDS)), parser: 'markdown' };
  return { page: await format(formatCommands(groups, commands), options), faults };
}
