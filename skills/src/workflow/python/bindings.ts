import type { Statement } from './ast';

/** How often statements bind or delete a name, in whatever scope. */
export function countBindings(statements: readonly Statement[], name: string): number {
  return count(statements, name, false);
}

/** `isTarget`: whether a name that stands here is bound. */
function count(part: unknown, name: string, isTarget: boolean): number {
  if (typeof part !== 'object' || part === null) {
    return 0;
  }
  const { kind, id, name: bound } = part as Readonly<Record<string, unknown>>;
  // Of an argument it is a keyword, which binds nothing here.
  const binds = kind === 'Name' ? isTarget && id === name : bound === name;
  const isOwn = binds && !('star' in part);
  // `a.b = 1` and `a[b] = 1` change what `a` holds.
  const isWithin = isTarget && kind !== 'Attribute' && kind !== 'Subscript';
  return Object.entries(part).reduce(
    (sum, [key, child]) =>
      sum + count(child, name, isWithin || key === 'target' || key === 'targets'),
    isOwn ? 1 : 0
  );
}
