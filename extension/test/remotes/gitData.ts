import type { Git } from './git';

/** An answer of the API. */
export interface IReply {
  readonly status: number;
  readonly data: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the API refuses. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

interface IEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha?: string | null;
  readonly content?: string;
}
interface IPerson {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** GitHub's Git Data API over a bare repository. */
export function gitData(
  git: Git,
  method: string,
  path: string,
  body: Record<string, unknown>
): IReply {
  const isEmpty = git.run(['for-each-ref']) === '';
  if (method === 'PUT' && path.startsWith('contents/')) {
    return putFile(git, path.slice('contents/'.length), body, isEmpty);
  }
  if (isEmpty) {
    throw new Refusal(409, 'Git Repository is empty.');
  }
  if (path === 'commits') {
    return { status: 200, data: listCommits(git, String(body.sha)) };
  }
  const [, kind = '', name = ''] = /^git\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  return method === 'GET'
    ? { status: 200, data: read(git, kind, name, body.recursive === '1') }
    : write(git, `${method} ${kind}`, name, body);
}

function read(git: Git, kind: string, name: string, recursive: boolean): unknown {
  switch (kind) {
    case 'ref':
      return readRef(git, name);
    case 'matching-refs':
      return git
        .run(['for-each-ref', `refs/${name}`])
        .split('\n')
        .filter(Boolean);
    case 'commits':
      return readCommit(git, name);
    case 'trees':
      return {
        ...{ sha: name, truncated: false },
        tree: recursive ? walkTree(git, name, '') : readTree(git, check(git, name))
      };
    case 'blobs': {
      const content = git.bytes(['cat-file', 'blob', check(git, name)]);
      // GitHub breaks Base64 into lines.
      const lines = content.toString('base64').replace(/.{60}/g, '$&\n');
      return { sha: name, encoding: 'base64', content: lines };
    }
    default:
      throw new Refusal(404, 'Not Found');
  }
}

function write(
  git: Git,
  what: string,
  name: string,
  body: Record<string, unknown>
): IReply {
  switch (what) {
    case 'POST blobs': {
      const encoding = body.encoding === 'base64' ? 'base64' : 'utf8';
      const sha = addBlob(git, Buffer.from(String(body.content), encoding));
      return { status: 201, data: { sha } };
    }
    case 'POST trees':
      return { status: 201, data: { sha: addTree(git, body) } };
    case 'POST commits':
      return { status: 201, data: readCommit(git, addCommit(git, body)) };
    case 'POST refs': {
      const ref = String(body.ref);
      git.run(['update-ref', ref, check(git, String(body.sha)), '0'.repeat(40)]);
      return { status: 201, data: readRef(git, ref.replace('refs/', '')) };
    }
    case 'PATCH refs':
      return { status: 200, data: moveRef(git, name, body) };
    default:
      throw new Refusal(404, 'Not Found');
  }
}

function readRef(git: Git, name: string): unknown {
  if (!git.can(['rev-parse', '--verify', '--quiet', `refs/${name}`])) {
    throw new Refusal(404, 'Not Found');
  }
  const sha = git.run(['rev-parse', `refs/${name}`]);
  return { ref: `refs/${name}`, object: { sha, type: 'commit' } };
}

function moveRef(git: Git, name: string, body: Record<string, unknown>): unknown {
  const sha = check(git, String(body.sha));
  const isForward = git.can(['merge-base', '--is-ancestor', `refs/${name}`, sha]);
  if (!isForward && body.force !== true) {
    throw new Refusal(422, 'Update is not a fast forward');
  }
  git.run(['update-ref', `refs/${name}`, sha]);
  return readRef(git, name);
}

/** Times in UTC and no line end after the message, as GitHub gives them. */
function readCommit(git: Git, oid: string): unknown {
  const raw = git.run(['cat-file', 'commit', check(git, oid)]);
  const end = raw.indexOf('\n\n');
  const head = raw.slice(0, end);
  const values = (key: string): string[] =>
    [...head.matchAll(new RegExp(`^${key} (.*)$`, 'gm'))].map(
      ([, value = '']) => value
    );
  const person = (role: string): IPerson => {
    const [, name = '', email = '', time = ''] =
      /^(.*) <(.*)> (\d+) /.exec(values(role)[0] ?? '') ?? [];
    const date = new Date(Number(time) * 1000).toISOString().replace('.000', '');
    return { name, email, date };
  };
  const signature = /^gpgsig ((?:.*\n )*.*)$/m.exec(head)?.[0];
  return {
    sha: oid,
    tree: { sha: values('tree')[0] },
    parents: values('parent').map(sha => ({ sha })),
    author: person('author'),
    committer: person('committer'),
    message: raw.slice(end + 2).trimEnd(),
    verification: {
      verified: false,
      signature: signature?.slice('gpgsig '.length).replaceAll('\n ', '\n') ?? null,
      payload: signature
        ? git
            .bytes(['cat-file', 'commit', oid])
            .toString()
            .replace(`${signature}\n`, '')
        : null
    }
  };
}

/** A page of a history, newest first. */
function listCommits(git: Git, from: string): readonly unknown[] {
  const names = git.run(['rev-list', '--max-count=100', check(git, from)]).split('\n');
  return names.map(sha => {
    const { parents, ...commit } = readCommit(git, sha) as { parents: unknown };
    return { sha, parents, commit };
  });
}

function readTree(git: Git, oid: string): readonly IEntry[] {
  return git
    .run(['ls-tree', '-z', oid])
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const [, mode = '', type = '', sha = '', path = ''] =
        /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
      return { mode, type, sha, path };
    });
}

/** As GitHub lists a tree with all that is below it, with sizes. */
function walkTree(git: Git, tree: string, prefix: string): readonly unknown[] {
  return readTree(git, check(git, tree)).flatMap(item => {
    const path = prefix + item.path;
    if (item.type === 'tree') {
      return [{ ...item, path }, ...walkTree(git, String(item.sha), `${path}/`)];
    }
    return [
      { ...item, path, size: Number(git.run(['cat-file', '-s', String(item.sha)])) }
    ];
  });
}

function addBlob(git: Git, content: Buffer): string {
  return git.run(['hash-object', '-w', '--stdin'], content);
}

/** Paths of all levels in one call, on top of a tree. */
function addTree(git: Git, body: Record<string, unknown>): string {
  const entries = body.tree as readonly IEntry[];
  const base = typeof body.base_tree === 'string' ? body.base_tree : null;
  const tree = makeTree(git, base, entries);
  if (tree === null) {
    throw new Refusal(422, 'Invalid tree info');
  }
  return tree;
}

function makeTree(
  git: Git,
  base: string | null,
  entries: readonly IEntry[]
): string | null {
  const items = new Map(
    (base === null ? [] : readTree(git, base)).map(item => [item.path, item] as const)
  );
  const folders = new Map<string, IEntry[]>();
  for (const entry of entries) {
    const [first = '', ...rest] = entry.path.split('/');
    if (rest.length > 0) {
      const inside = { ...entry, path: rest.join('/') };
      folders.set(first, [...(folders.get(first) ?? []), inside]);
    } else if (entry.sha === null) {
      items.delete(first);
    } else {
      // As on GitHub, an empty text is no text.
      const sha = entry.content ? addBlob(git, Buffer.from(entry.content)) : entry.sha;
      if (sha === undefined) {
        throw new Refusal(422, 'Must supply either tree.sha or tree.content');
      }
      items.set(first, { ...entry, sha });
    }
  }
  for (const [path, inside] of folders) {
    const old = items.get(path);
    const sha = makeTree(git, old?.type === 'tree' ? (old.sha ?? null) : null, inside);
    if (sha === null) {
      items.delete(path);
    } else {
      items.set(path, { path, mode: '040000', type: 'tree', sha });
    }
  }
  const lines = [...items.values()].map(
    ({ mode, type, sha, path }) => `${mode} ${type} ${sha}\t${path}\0`
  );
  return lines.length === 0 ? null : git.run(['mktree', '-z'], lines.join(''));
}

function addCommit(git: Git, body: Record<string, unknown>): string {
  const line = (role: string): string => {
    const { name, email, date } = body[role] as IPerson;
    return `${role} ${name} <${email}> ${Date.parse(date) / 1000} +0000`;
  };
  const parents = (body.parents as readonly string[]).map(
    oid => `parent ${check(git, oid)}\n`
  );
  const message = String(body.message).trimEnd();
  const text =
    `tree ${String(body.tree)}\n${parents.join('')}${line('author')}\n` +
    `${line('committer')}\n\n${message}`;
  return git.run(['hash-object', '-t', 'commit', '-w', '--stdin'], text);
}

/** The first file of an empty repository, in a commit. */
function putFile(
  git: Git,
  path: string,
  body: Record<string, unknown>,
  isEmpty: boolean
): IReply {
  if (!isEmpty) {
    throw new Refusal(422, 'Only the first file is written this way here.');
  }
  const sha = addBlob(git, Buffer.from(String(body.content), 'base64'));
  const tree = git.run(['mktree'], `100644 blob ${sha}\t${path}\n`);
  const commit = git.run(['commit-tree', tree, '-m', String(body.message)]);
  git.run(['update-ref', 'refs/heads/main', commit]);
  return { status: 201, data: { content: { path }, commit: { sha: commit } } };
}

function check(git: Git, oid: string): string {
  if (!git.can(['cat-file', '-e', oid])) {
    throw new Refusal(404, 'Not Found');
  }
  return oid;
}
