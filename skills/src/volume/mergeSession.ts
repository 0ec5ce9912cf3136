import { isRecord } from '../json';
import { formatSession, parseSession, type ISession } from '../session/session';

/** What a person says of a session: where both sides did, only a person knows which. */
const SAID = ['name', 'status', 'path'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Unites two versions of a `session.json` field by field: every commit of a session writes
 * its time anew, so that both sides always differ. The side that changed a field wins,
 * where both did the one that was saved later; `metadata.outputs`, the files that commits
 * made, unite.
 *
 * @param base null where both sides made the session
 * @returns null when a person must decide, or one of the texts is no session
 */
export function mergeSession(
  base: string | null,
  mine: string,
  theirs: string
): string | null {
  const before = base === null ? {} : fieldsOf(base);
  const [a, b] = [fieldsOf(mine), fieldsOf(theirs)];
  if (!before || !a || !b) {
    return null;
  }
  const both = changedByBoth(before, a, b);
  if (both.some(key => SAID.includes(key))) {
    return null;
  }
  const isMineLater = String(a.updated_at) > String(b.updated_at);
  const metadata = mergeFields(
    recordOf(before.metadata),
    recordOf(a.metadata),
    recordOf(b.metadata),
    isMineLater
  );
  const outputs = [before, a, b].map(side => listOf(recordOf(side.metadata).outputs));
  const merged = {
    ...mergeFields(before, a, b, isMineLater),
    metadata:
      'outputs' in metadata ? { ...metadata, outputs: unite(outputs) } : metadata
  };
  return formatSession(merged as unknown as ISession);
}

function fieldsOf(text: string): Fields | undefined {
  const session = parseSession(text);
  return 'problem' in session ? undefined : (session as unknown as Fields);
}

function changedByBoth(base: Fields, a: Fields, b: Fields): readonly string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].filter(
    key =>
      !isSame(a[key], b[key]) &&
      !isSame(a[key], base[key]) &&
      !isSame(b[key], base[key])
  );
}

function mergeFields(base: Fields, a: Fields, b: Fields, isALater: boolean): Fields {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const both = new Set(changedByBoth(base, a, b));
  return Object.fromEntries(
    [...keys].flatMap(key => {
      const takesA = both.has(key) ? isALater : !isSame(a[key], base[key]);
      const value = takesA ? a[key] : b[key];
      return value === undefined ? [] : [[key, value]];
    })
  );
}

/** What neither side took out, and what either added. */
function unite([
  base = [],
  a = [],
  b = []
]: readonly (readonly unknown[])[]): unknown[] {
  const all = new Set([...a, ...b]);
  return [...all].filter(
    each => !base.includes(each) || (a.includes(each) && b.includes(each))
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function recordOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
