/** Commit messages for skill files: what changed, so that a history can be read. */
import { canonicalJson } from '../json';
import { parseSkill } from './parse';
import type { IExecutableSkill, IPort, ISkill } from './skill';

/** The longest list of changes in a message; the diff has the rest. */
const MOST = 12;

/**
 * Says what a commit of one skill file does: `skill: Add quantum-vqe`, or
 * `skill: Update quantum-vqe` with one line a change.
 *
 * @param path of the file, whose name is the skill's id where the text does not say
 * @param before the committed text, `null` when there was none
 * @param after the new text, `null` when the file was deleted
 */
export function skillChangeMessage(
  path: string,
  before: string | null,
  after: string | null
): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
  const old =
    before === null ? undefined : (parseSkill(before, path).skill ?? undefined);
  const now = after === null ? undefined : (parseSkill(after, path).skill ?? undefined);
  const id = now?.id ?? old?.id ?? name;
  if (after === null) {
    return `skill: Delete ${id}`;
  }
  if (before === null) {
    return `skill: Add ${id}`;
  }
  const changes = old && now ? skillChanges(old, now) : ['text'];
  const shown = changes.slice(0, MOST).map(change => `- ${change}`);
  const rest = changes.length - MOST;
  if (rest > 0) {
    shown.push(`- and ${rest} more`);
  }
  return [`skill: Update ${id}`, '', ...shown].join('\n').trimEnd();
}

/** What differs between two versions of a skill, in the words of its file. */
export function skillChanges(old: ISkill, now: ISkill): readonly string[] {
  const changes: string[] = [];
  for (const key of [
    'name',
    'description',
    'category',
    'keywords',
    'aliases'
  ] as const) {
    if (canonicalJson(old[key]) !== canonicalJson(now[key])) {
      changes.push(key);
    }
  }
  if (old.kind !== now.kind) {
    changes.push(now.kind === 'executable' ? 'computes now' : 'is a guide now');
  } else if (old.kind === 'executable' && now.kind === 'executable') {
    changes.push(...codeChanges(old, now));
  }
  if (changes.length === 0 && old.body !== now.body) {
    changes.push('text');
  }
  return changes.length > 0 ? changes : ['layout of the file'];
}

function codeChanges(old: IExecutableSkill, now: IExecutableSkill): readonly string[] {
  const changes: string[] = [];
  if (old.type !== now.type) {
    changes.push(`type: ${old.type} → ${now.type}`);
  }
  changes.push(...portChanges('input', old.inputs, now.inputs));
  changes.push(...portChanges('output', old.outputs, now.outputs));
  if (old.code !== now.code) {
    changes.push('code');
  }
  return changes;
}

function portChanges(
  kind: 'input' | 'output',
  old: readonly IPort[],
  now: readonly IPort[]
): readonly string[] {
  const before = new Map(old.map(port => [port.name, port]));
  const changes: string[] = [];
  for (const port of now) {
    const same = before.get(port.name);
    before.delete(port.name);
    if (!same) {
      changes.push(`new ${kind} ${port.name}`);
      continue;
    }
    for (const key of PORT_KEYS) {
      const [a, b] = [show(same[key]), show(port[key])];
      if (a !== b) {
        changes.push(`${key} of ${kind} ${port.name}: ${a} → ${b}`);
      }
    }
  }
  changes.push(...[...before.keys()].map(name => `${kind} ${name} taken away`));
  return changes;
}

const PORT_KEYS = [
  'type',
  'default',
  'minimum',
  'maximum',
  'enum',
  'unit',
  'required',
  'description'
] as const;

/** A short form of a value for one line. */
function show(value: IPort[keyof IPort]): string {
  const text = value === undefined ? 'none' : canonicalJson(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
