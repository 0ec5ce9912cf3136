import { readPython } from '../skill/python';
import { isPythonSkill } from '../skill/skill';
import type { Expression } from './python/ast';
import { parsePython } from './python/parse';
import { walkTree } from './python/tree';

/** What is known of an executable skill where calls are resolved. */
export interface ICalledSkill {
  readonly id: string;
  readonly version: string;
  readonly type: string;
  readonly code: string;
}

/**
 * Code in which calls may be, told without parsing it: another name comes from `llmos`, and
 * between a name and the parenthesis of its call are only blanks, closing parentheses,
 * continued lines and comments.
 */
const MAY_CALL = /llmos|\bskill(?:[\s)\\]|#[^\r\n]*[\r\n])*\(/;

/**
 * Ids in the `skill("…")` calls of a skill's Python code, sorted; by the rule by which the
 * kernel makes cache keys (`kernel/py/llmos/_members.py`): `skill` counts by that name,
 * under another name imported from `llmos`, and as `llmos.skill`.
 */
export function calledSkills(code: string): readonly string[] {
  if (!MAY_CALL.test(code)) {
    return [];
  }
  const { statements } = parsePython(code);
  const names = new Set(['skill']);
  const modules = new Set<string>();
  walkTree(statements, node => {
    for (const imported of node.kind === 'Import' ? node.names : []) {
      if (imported.module === 'llmos' && imported.member === 'skill') {
        names.add(imported.name);
      } else if (imported.module === 'llmos' && imported.member === undefined) {
        modules.add(imported.name);
      }
    }
    return true;
  });
  const isSkill = (callee: Expression): boolean =>
    (callee.kind === 'Name' && names.has(callee.id)) ||
    (callee.kind === 'Attribute' &&
      callee.attribute === 'skill' &&
      callee.value.kind === 'Name' &&
      modules.has(callee.value.id));
  const found = new Set<string>();
  walkTree(statements, node => {
    const first =
      node.kind === 'Call' && isSkill(node.callee) ? node.arguments[0] : undefined;
    const text = first?.name === null ? literal(first.value) : undefined;
    if (text !== undefined) {
      found.add(text);
    }
    return true;
  });
  return [...found].sort();
}

function literal(value: Expression): string | undefined {
  const text = value.kind === 'Constant' ? value.text : undefined;
  const read = text === undefined ? undefined : readPython(text);
  return typeof read === 'string' ? read : undefined;
}

/**
 * What decides how a call of a skill is computed: its own version, and those of the
 * skills that its code calls, near and far. A name that is no skill counts as missing.
 */
export function versionWithMembers(
  skill: ICalledSkill,
  find: (name: string) => ICalledSkill | undefined
): string {
  const members = new Map<string, string>();
  const waiting = [skill];
  for (let current = waiting.pop(); current; current = waiting.pop()) {
    const names = isPythonSkill(current.type) ? calledSkills(current.code) : [];
    for (const name of names) {
      const member = find(name);
      const id = member?.id ?? name;
      if (!members.has(id)) {
        members.set(id, member?.version ?? 'missing');
        waiting.push(...(member ? [member] : []));
      }
    }
  }
  const versions = [...members].sort().map(([id, version]) => `${id}@${version}`);
  return [skill.version, ...versions].join(' ');
}
