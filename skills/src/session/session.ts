/** A session: a notebook with its conversation, run traces and artifacts (R5.1). */
import { isRecord } from '../json';
import type { JsonValue } from '../skill/skill';
import { ENGLISH, type IWording } from '../wording';

/** How a session may stand. */
export const SESSION_STATUSES = ['active', 'paused', 'completed'] as const;

/** Where a session stands; only people change it. */
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** `session.json` in a volume; times in ISO 8601 UTC. */
export interface ISession {
  readonly v: 1;
  readonly id: string;
  readonly name: string;
  readonly volume: 'user' | 'team' | 'system';
  readonly volume_id: string;
  readonly status: SessionStatus;
  /** Contents path of the working notebook. */
  readonly path: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly user: string;
  readonly metadata: { readonly [key: string]: JsonValue };
}

/** Longest name of a session, in characters. */
const SESSION_NAME_LIMIT = 100;

/** What is wrong with a session's name, in a sentence for people, or `null`. */
export function sessionNameProblem(
  name: string,
  trans: IWording = ENGLISH
): string | null {
  const { length } = [...name];
  if (name.trim() === '') {
    return trans.__(
      'A session needs a name of 1 to 100 characters; this one is empty.'
    );
  }
  if (length > SESSION_NAME_LIMIT) {
    return trans.__(
      "A session's name has 1 to 100 characters; this one has %1.",
      length
    );
  }
  // eslint-disable-next-line no-control-regex -- a name is one line of a commit message
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(name)) {
    return trans.__(
      "A session's name is one line, without tabs and other control characters."
    );
  }
  return name === name.trim()
    ? null
    : trans.__("A session's name does not begin or end with a space.");
}

/** `session.json` as text, keys in a fixed order, so that equal sessions are equal bytes. */
export function formatSession(session: ISession): string {
  const { v, id, name, volume, volume_id, status, path, ...rest } = session;
  const { created_at, updated_at, user, metadata, ...unknown } = rest;
  const ordered = {
    v,
    id,
    name,
    volume,
    volume_id,
    status,
    path,
    created_at,
    updated_at
  };
  return `${JSON.stringify({ ...ordered, user, metadata, ...unknown }, null, 2)}\n`;
}

/**
 * Reads `session.json`; unknown keys are kept.
 *
 * @returns the session, or what is wrong in a sentence that names key, expected and found
 */
export function parseSession(text: string): ISession | { readonly problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { problem: `session.json is not JSON: ${String(error)}` };
  }
  if (!isRecord(data)) {
    return { problem: 'session.json must hold an object.' };
  }
  for (const [key, expected, fits] of RULES) {
    if (!fits(data[key])) {
      const found = JSON.stringify(data[key]) ?? 'nothing';
      return { problem: `session.json: "${key}" must be ${expected}; found ${found}.` };
    }
  }
  return { metadata: {}, ...data } as unknown as ISession;
}

/**
 * The user id of the person whose session a `session.json` is; `''`, which is nobody, where
 * it does not say.
 */
export function sessionOwnerIn(text: string): string {
  const session = parseSession(text);
  return 'problem' in session ? '' : session.user;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isNotebook = (value: unknown): boolean =>
  typeof value === 'string' && /[^/:]\.ipynb$/i.test(value);
const isTime = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
const oneOf =
  (values: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && values.includes(value);

const RULES: readonly (readonly [string, string, (value: unknown) => boolean])[] = [
  ['v', '1', value => value === 1],
  ['id', 'a text such as "s-01J5"', isText],
  [
    'name',
    '1 to 100 characters on one line',
    value => typeof value === 'string' && sessionNameProblem(value) === null
  ],
  ['volume', 'user, team or system', oneOf(['user', 'team', 'system'])],
  ['volume_id', 'a text', isText],
  ['status', 'active, paused or completed', oneOf(SESSION_STATUSES)],
  ['path', 'the path of a notebook (.ipynb)', isNotebook],
  ['created_at', 'a time in ISO 8601 UTC', isTime],
  ['updated_at', 'a time in ISO 8601 UTC', isTime],
  ['user', 'a user id', isText],
  ['metadata', 'an object', value => value === undefined || isRecord(value)]
];
