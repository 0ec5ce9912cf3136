/**
 * Commits between Git's bytes and GitHub's JSON. JSON has times in UTC and messages
 * without the line end that Git's command line adds, so the bytes of a commit are found
 * by trying what they may have been: the hash tells which it was.
 */
import { nameObject } from '@llmos-lab/skills';

import { sha1 } from '../../volumes/objectDatabase';
import type { GithubClient } from './client';

/** Somebody at a time such as `2026-11-21T10:00:00Z`. */
interface IPerson {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** A commit in GitHub's form; the names are those of its side. */
export interface IGithubCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: IPerson;
  readonly committer: IPerson;
  readonly message: string;
}

/** A commit as read from an answer, with what signed commits add. */
export interface IReadCommit extends IGithubCommit {
  readonly signed: { readonly payload: string; readonly signature: string } | null;
}

/** Says of an answer what is missing. */
type AnswerReader = Pick<GithubClient, 'text' | 'list'>;

/** Reads Git's bytes; a signature is left out, since it holds for those bytes only. */
export function toGithubCommit(body: Uint8Array): IGithubCommit {
  const whole = new TextDecoder().decode(body);
  const end = whole.indexOf('\n\n');
  const headers = (end < 0 ? whole : whole.slice(0, end)).split('\n');
  const values = (key: string): readonly string[] =>
    headers
      .filter(line => line.startsWith(`${key} `))
      .map(line => line.slice(key.length + 1));
  const [tree = ''] = values('tree');
  const [author = ''] = values('author');
  const [committer = author] = values('committer');
  return {
    tree,
    parents: values('parent'),
    author: parsePerson(author),
    committer: parsePerson(committer),
    message: end < 0 ? '' : whole.slice(end + 2)
  };
}

/** Reads an item of the answer to `GET /repos/{owner}/{repo}/commits`, by its name. */
export function readListed(
  client: AnswerReader,
  item: unknown
): readonly [string, IReadCommit] {
  const { commit, parents } = item as Readonly<Record<string, unknown>>;
  return [
    client.text(item, 'sha'),
    readCommit(client, { ...(commit as object), parents })
  ];
}

/** Reads the answer to `GET /repos/{owner}/{repo}/git/commits/{sha}`. */
export function readCommit(client: AnswerReader, data: unknown): IReadCommit {
  const person = (role: string): IPerson => ({
    name: client.text(data, role, 'name'),
    email: client.text(data, role, 'email'),
    date: client.text(data, role, 'date')
  });
  const { verification } = data as { readonly verification?: unknown };
  const { payload, signature } = (verification ?? {}) as Record<string, unknown>;
  return {
    tree: client.text(data, 'tree', 'sha'),
    parents: client.list(data, 'parents').map(parent => client.text(parent, 'sha')),
    author: person('author'),
    committer: person('committer'),
    message: client.text(data, 'message'),
    signed:
      typeof payload === 'string' && typeof signature === 'string'
        ? { payload, signature }
        : null
  };
}

/**
 * The bytes of a commit, or `null` when they cannot be found: a commit whose headers
 * JSON does not have.
 */
export async function rebuildCommit(
  commit: IReadCommit,
  oid: string
): Promise<Uint8Array | null> {
  for (const candidate of candidates(commit)) {
    const body = new TextEncoder().encode(candidate);
    if ((await nameObject({ type: 'commit', body }, sha1)).oid === oid) {
      return body;
    }
  }
  return null;
}

/** A commit in UTC, as this application writes them. */
export function writeCommit(commit: IGithubCommit): Uint8Array {
  return new TextEncoder().encode(format(commit, '+0000', '+0000'));
}

function* candidates(commit: IReadCommit): Iterable<string> {
  if (commit.signed) {
    const { payload, signature } = commit.signed;
    const at = payload.indexOf('\n\n') + 1;
    const header = `gpgsig ${signature.trimEnd().split('\n').join('\n ')}\n`;
    yield payload.slice(0, at) + header + payload.slice(at);
  }
  const forms = [commit, { ...commit, message: `${commit.message}\n` }];
  for (const zone of ZONES) {
    for (const form of forms) {
      yield format(form, zone, zone);
    }
  }
  // Written in one time zone and committed in another, as a rebase of others' work does.
  for (const authorZone of ZONES) {
    for (const committerZone of ZONES) {
      for (const form of authorZone === committerZone ? [] : forms) {
        yield format(form, authorZone, committerZone);
      }
    }
  }
}

/** Every quarter of an hour from -12:00 to +14:00, UTC first. */
const ZONES = [
  '+0000',
  ...Array.from({ length: 105 }, (_, at) => formatZone((at - 48) * 15)).filter(
    zone => zone !== '+0000'
  )
];

function formatZone(minutes: number): string {
  const size = Math.abs(minutes);
  const digits = Math.floor(size / 60) * 100 + (size % 60);
  return (minutes < 0 ? '-' : '+') + String(digits).padStart(4, '0');
}

function format(
  commit: IGithubCommit,
  authorZone: string,
  committerZone: string
): string {
  const person = ({ name, email, date }: IPerson, zone: string): string =>
    `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} ${zone}`;
  const headers = [
    `tree ${commit.tree}`,
    ...commit.parents.map(parent => `parent ${parent}`),
    `author ${person(commit.author, authorZone)}`,
    `committer ${person(commit.committer, committerZone)}`
  ];
  return `${headers.join('\n')}\n\n${commit.message}`;
}

function parsePerson(line: string): IPerson {
  const [, name = '', email = '', time = '0'] =
    /^(.*?) ?<([^>]*)> (-?\d+)/.exec(line) ?? [];
  const date = new Date(Number(time) * 1000).toISOString().replace('.000Z', 'Z');
  return { name, email, date };
}
