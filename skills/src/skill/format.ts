import { isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { isRecord } from '../json';
import { dataOf, editCode, partsOf } from './editCode';
import { readFrontMatter, YAML_OPTIONS } from './frontMatter';
import { createReport } from './problems';
import type { ISkill, JsonValue } from './skill';
import { sameJson } from './values';
import { toYaml, toYamlEntry } from './yamlText';

/** What to change in a skill file; everything not named stays byte for byte. */
export interface ISkillEdits {
  /** Front-matter keys and their new values; undefined takes a key away. */
  readonly keys?: Readonly<Record<string, JsonValue | undefined>>;
  /** The whole Markdown below the front matter. */
  readonly body?: string;
  /** The content of the code block alone. */
  readonly code?: string;
}

/** Older names of keys: an edit of the first goes to the second where only that is written. */
const OLDER_KEYS: Readonly<Record<string, string>> = {
  type: 'language',
  keywords: 'tags'
};

/**
 * The text of a skill file. Given a text, it makes the edits in it and keeps all else;
 * given a skill, it writes a new file.
 *
 * @throws Error when the text has no readable front matter; `parseSkill` says why.
 * @example
 * formatSkill(text, { keys: { name: 'Better name' } });
 */
export function formatSkill(source: string | ISkill, edits: ISkillEdits = {}): string {
  let text = typeof source === 'string' ? source : writeSkill(source);
  for (const [key, value] of Object.entries(edits.keys ?? {})) {
    text = editKey(text, key, value);
  }
  if (edits.body !== undefined) {
    text = text.slice(0, partsOf(text).bodyStart) + edits.body;
  }
  return edits.code === undefined ? text : editCode(text, edits.code);
}

function editKey(text: string, key: string, value: JsonValue | undefined): string {
  const parts = partsOf(text);
  const yaml = text.slice(parts.frontStart, parts.frontEnd);
  const before = dataOf(yaml);
  const older = OLDER_KEYS[key];
  if (older !== undefined && Object.hasOwn(before, older)) {
    // With both written, the older one goes first, so that one remains.
    return Object.hasOwn(before, key)
      ? editKey(editKey(text, older, undefined), key, value)
      : editKey(text, older, value);
  }
  const old = Object.hasOwn(before, key) ? before[key] : undefined;
  if (value === undefined ? old === undefined : sameJson(old, value)) {
    return text;
  }
  const after = { ...before };
  delete after[key];
  const wanted = value === undefined ? after : { ...after, [key]: value };
  const spliced = spliceKey(yaml, key, value, parts.eol);
  const report = createReport('');
  const check = readFrontMatter(spliced, 1, report);
  const edited =
    check && sameJson(check.value, wanted)
      ? spliced
      : rewrite(yaml, key, value, parts.eol);
  return text.slice(0, parts.frontStart) + edited + text.slice(parts.frontEnd);
}

/** Edits one key in place. The caller checks the result: odd YAML may defeat it. */
function spliceKey(
  yaml: string,
  key: string,
  value: JsonValue | undefined,
  eol: string
): string {
  const root = parseDocument(yaml, YAML_OPTIONS).contents;
  const pairs = isMap(root) && !root.flow ? root.items : [];
  const pair = pairs.find(item => isScalar(item.key) && String(item.key.value) === key);
  if (!pair) {
    if (value === undefined) {
      return yaml;
    }
    const gap = yaml === '' || yaml.endsWith('\n') ? '' : eol;
    return `${yaml}${gap}${toYamlEntry(key, value, eol)}`;
  }
  const start = (pair.key as Node).range?.[0] ?? 0;
  const lineStart = yaml.lastIndexOf('\n', start - 1) + 1;
  const node = pair.value as Node | null;
  if (value !== undefined && node) {
    const small = spliceNode(yaml, node, value);
    if (small !== null) {
      return small;
    }
  }
  const last = node ? endOf(node) : ((pair.key as Node).range?.[1] ?? start);
  const end = lineEnd(yaml, Math.max(last, start));
  const entry = value === undefined ? '' : toYamlEntry(key, value, eol);
  return yaml.slice(0, lineStart) + entry + yaml.slice(end);
}

/** Replaces the smallest part that differs; null when the node must be written anew. */
function spliceNode(yaml: string, node: Node, value: JsonValue): string | null {
  const [start, end] = node.range ?? [0, 0];
  if (isSeq(node) && !node.flow) {
    const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
    return list.length === node.items.length && list.length > 0
      ? spliceChildren(
          yaml,
          node.items.map((item, index) => [item as Node, list[index] ?? null])
        )
      : null;
  }
  if (isMap(node) && !node.flow) {
    const record = isRecord(value) ? value : {};
    const keys = node.items.map(item =>
      String(isScalar(item.key) ? item.key.value : '')
    );
    return keys.length === Object.keys(record).length &&
      keys.every(key => Object.hasOwn(record, key))
      ? spliceChildren(
          yaml,
          node.items.map((item, index) => [
            item.value as Node,
            record[keys[index] ?? ''] ?? null
          ])
        )
      : null;
  }
  const source = yaml.slice(start, end);
  const inner = isRecord(value) || Array.isArray(value);
  if (/^[|>&!*]/.test(source) || (inner && !/^[[{]/.test(source)) || source === '') {
    return null;
  }
  return yaml.slice(0, start) + toYaml(value) + yaml.slice(end);
}

/** Edits the children that differ, last first, so that earlier offsets stay right. */
function spliceChildren(
  yaml: string,
  children: readonly (readonly [Node | null, JsonValue])[]
): string | null {
  let text: string | null = yaml;
  for (const [node, value] of [...children].reverse()) {
    if (text === null || !node) {
      return null;
    }
    if (!sameJson((node as { toJSON(): unknown }).toJSON(), value)) {
      text = spliceNode(text, node, value);
    }
  }
  return text;
}

/** Where the last value within a node ends: a block's own range may reach over comments. */
function endOf(node: Node): number {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last: unknown = node.items[node.items.length - 1];
    const child = isMap(node)
      ? ((last as { value?: Node | null } | undefined)?.value ?? null)
      : ((last as Node | null | undefined) ?? null);
    return child
      ? Math.max(endOf(child), child.range?.[0] ?? 0)
      : (node.range?.[1] ?? 0);
  }
  return node.range?.[1] ?? 0;
}

/** Start of the line after the one in which the character before `offset` stands. */
function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') {
    return offset;
  }
  const next = text.indexOf('\n', offset);
  return next < 0 ? text.length : next + 1;
}

/** Writes the front matter anew through the YAML document: comments and order stay. */
function rewrite(
  yaml: string,
  key: string,
  value: JsonValue | undefined,
  eol: string
): string {
  const document: Document = parseDocument(yaml, YAML_OPTIONS);
  if (value === undefined) {
    document.delete(key);
  } else {
    document.set(key, document.createNode(value));
  }
  const text = document.toString({ lineWidth: 0 });
  return eol === '\n' ? text : text.replace(/\r?\n/g, eol);
}

/** A new file, keys in the usual order. */
function writeSkill(skill: ISkill): string {
  const { id, name, description, category, keywords, aliases, body } = skill;
  const entries: [string, JsonValue | undefined][] = [
    ['skill_id', id],
    ['name', name],
    ['description', description]
  ];
  if (skill.kind === 'executable') {
    entries.push(['type', skill.type]);
  }
  entries.push(
    ['category', category],
    ['keywords', keywords.length > 0 ? keywords : undefined],
    ['aliases', aliases.length > 0 ? aliases : undefined],
    ['license', skill.license],
    ['allowed-tools', skill.allowedTools?.join(' ')]
  );
  if (skill.kind === 'executable') {
    entries.push(
      ['execution_mode', skill.mode],
      ['pure', skill.pure],
      ['inputs', skill.inputs as unknown as JsonValue],
      ['outputs', skill.outputs as unknown as JsonValue],
      ['objective', skill.objective]
    );
  }
  const lines = entries.map(([key, value]) =>
    value === undefined ? '' : toYamlEntry(key, value, '\n')
  );
  const text = `---\n${lines.join('')}---\n${body}`;
  return skill.kind === 'executable' ? editCode(text, skill.code) : text;
}
