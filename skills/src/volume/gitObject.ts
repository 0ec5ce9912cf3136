/**
 * Git's object format: blobs, trees and commits as bytes, and back.
 * https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
import { VolumeError, type IAuthor } from './store';

/** Annotated tags are left out: nothing in a volume makes or needs them. */
export type GitObjectType = 'blob' | 'tree' | 'commit';

/** An object as Git hashes it, uncompressed. */
export interface IGitObject {
  readonly type: GitObjectType;
  /** The content without Git's `type size\0` header. */
  readonly body: Uint8Array;
}

/** An object and its name. */
export interface INamedObject extends IGitObject {
  /** SHA-1 of header and body, 40 hexadecimal digits. */
  readonly oid: string;
}

/** SHA-1 as 40 hexadecimal digits. Passed in: hosts differ in how they hash. */
export type Hash = (bytes: Uint8Array) => Promise<string>;

/** One line of a tree; the modes are all that Git itself writes. */
export interface IGitTreeItem {
  readonly mode: '100644' | '100755' | '120000' | '40000' | '160000';
  readonly name: string;
  readonly oid: string;
}

/** What we read and write of a commit; author and committer are the same person. */
export interface IGitCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: IAuthor;
  readonly message: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8');

/** Names an object as Git does. */
export async function nameObject(
  object: IGitObject,
  hash: Hash
): Promise<INamedObject> {
  return { ...object, oid: await hash(withHeader(object)) };
}

/** Header and body together, as Git hashes and (compressed) stores them. */
export function withHeader({ type, body }: IGitObject): Uint8Array {
  return concat([encoder.encode(`${type} ${body.length}\0`), body]);
}

/** Writes a tree; items are sorted as Git wants them (folders as if named `name/`). */
export function encodeTree(items: readonly IGitTreeItem[]): IGitObject {
  const parts = items
    .map(item => ({ item, key: encoder.encode(sortName(item)) }))
    .sort((a, b) => compareBytes(a.key, b.key))
    .map(({ item }) =>
      concat([encoder.encode(`${item.mode} ${item.name}\0`), fromHex(item.oid)])
    );
  return { type: 'tree', body: concat(parts) };
}

/** @throws VolumeError `corrupt` */
export function decodeTree(body: Uint8Array): readonly IGitTreeItem[] {
  const items: IGitTreeItem[] = [];
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(0x20, at);
    const nul = body.indexOf(0, space);
    if (space < 0 || nul < 0 || nul + 21 > body.length) {
      throw new VolumeError('corrupt', 'A tree object ends in the middle of an entry.');
    }
    const name = decoder.decode(body.subarray(space + 1, nul));
    if (name === '' || name.includes('/')) {
      throw new VolumeError('corrupt', `A tree object has the name "${name}" in it.`);
    }
    items.push({
      mode: checkMode(decoder.decode(body.subarray(at, space))),
      name,
      oid: toHex(body.subarray(nul + 1, nul + 21))
    });
    at = nul + 21;
  }
  return items;
}

/**
 * Writes a commit with Git's bytes, so that its SHA-1 is the one that Git would give.
 */
export function encodeCommit(commit: IGitCommit): IGitObject {
  const person = formatPerson(commit.author);
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map(parent => `parent ${parent}`),
    `author ${person}`,
    `committer ${person}`
  ];
  return {
    type: 'commit',
    body: encoder.encode(`${lines.join('\n')}\n\n${commit.message}`)
  };
}

/** Reads a commit of any tool; headers that we do not write (`gpgsig`) are skipped. */
export function decodeCommit(body: Uint8Array): IGitCommit {
  const text = decoder.decode(body);
  const end = text.indexOf('\n\n');
  const headers = (end < 0 ? text : text.slice(0, end)).split('\n');
  const values = (key: string): string[] =>
    headers
      .filter(line => line.startsWith(`${key} `))
      .map(line => line.slice(key.length + 1));
  const [tree] = values('tree');
  const [author] = values('author');
  if (tree === undefined || author === undefined) {
    throw new VolumeError('corrupt', 'A commit object has no tree or no author.');
  }
  return {
    tree,
    parents: values('parent'),
    author: parsePerson(author),
    message: end < 0 ? '' : text.slice(end + 2)
  };
}

/** `Name <email> seconds +0000`, without what would break the line. */
function formatPerson({ name, email, time }: IAuthor): string {
  // eslint-disable-next-line no-control-regex -- Git ends the name at these
  const clean = (text: string): string => text.replace(/[\u0000-\u001f<>]/g, '').trim();
  return `${clean(name) || 'unknown'} <${clean(email)}> ${Math.trunc(time)} +0000`;
}

function parsePerson(text: string): IAuthor {
  const match = /^(.*?) ?<([^>]*)> (-?\d+)/.exec(text);
  if (!match) {
    throw new VolumeError('corrupt', `A commit's author cannot be read: "${text}".`);
  }
  return { name: match[1] ?? '', email: match[2] ?? '', time: Number(match[3]) };
}

function checkMode(mode: string): IGitTreeItem['mode'] {
  switch (mode) {
    case '100644':
    case '100755':
    case '120000':
    case '40000':
    case '160000':
      return mode;
    default:
      throw new VolumeError('corrupt', `A tree object has the unknown mode "${mode}".`);
  }
}

function sortName({ name, mode }: IGitTreeItem): string {
  return mode === '40000' ? `${name}/` : name;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function fromHex(hex: string): Uint8Array {
  if (!/^[0-9a-f]{40}$/.test(hex)) {
    throw new VolumeError('corrupt', `"${hex}" is no SHA-1.`);
  }
  return Uint8Array.from({ length: 20 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16)
  );
}

/** Each byte as two digits: a tree of a hundred files has two thousand of them. */
const HEX = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0')
);

/** Bytes as hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    text += HEX[byte] ?? '';
  }
  return text;
}
