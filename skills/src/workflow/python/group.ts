import type { Expression } from './ast';

/** Anything that only evaluates its parts; `consumes` where it also uses their values up. */
export function group(
  items: readonly Expression[],
  start: number,
  end: number,
  { consumes = false } = {}
): Expression {
  return { kind: 'Group', items, start, end, ...(consumes && { consumes }) };
}
