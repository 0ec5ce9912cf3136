/** @jest-environment node */
import 'fake-indexeddb/auto';

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { nullTranslator } from '@jupyterlab/translation';
import type { IMergePlan, MergeChoice } from '@llmos-lab/skills';

import { BytesBuffer } from '../../src/net/git/bytesBuffer';
import { NetWorker } from '../../src/net/netWorker';
import { GitRemote } from '../../src/remotes/git/gitRemote';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import type { IMergeOptions } from '../../src/volumes/merging';
import { bytesOf, textOf } from '../volumes/bytes';
import type { Git } from './git';
import { GitServer, pageFetch, PASSWORD, USER } from './gitServer';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;

// What isomorphic-git gets in a browser, too.
Object.assign(globalThis, { Buffer: BytesBuffer });

describe('a volume on any Git server', () => {
  let server: GitServer;
  let store: DatabaseFileStore;
  let git: Git;
  let url: string;

  const connect = async (
    password = PASSWORD,
    user = USER,
    proxy = ''
  ): Promise<GitRemote> => {
    const net = new NetWorker({ fetch: pageFetch });
    const remote = new GitRemote({
      connection: { url, user, proxy, signsIn: password !== '' },
      repository: store.repository,
      startNet: () => Promise.resolve(net),
      trans: nullTranslator.load(''),
      askPassword: () => Promise.resolve(password),
      disconnect: () => Promise.resolve()
    });
    expect(remote.isReady).toBe(false);
    expect(await remote.signIn()).toBe(true);
    return remote;
  };
  const commit = async (path: string, text: string): Promise<string> => {
    await store.write(path, bytesOf(text));
    const message = `Change ${path}`;
    return (await store.repository.commit({ message, author: AUTHOR })) ?? '';
  };
  const merge = (choice: MergeChoice | null = null): IMergeOptions => ({
    ...{ author: AUTHOR, message: 'Merge from the server' },
    choose: (plan: IMergePlan) =>
      Promise.resolve(
        choice && new Map(plan.conflicts.map(({ path }) => [path, choice]))
      )
  });
  /** A commit that somebody makes with Git, in a clone that is pushed. */
  const commitThere = (path: string, text: string): string => {
    const clone = server.clone('volume');
    writeFileSync(join(clone.folder, path), text);
    clone.run(['add', '.']);
    clone.run(['commit', '--quiet', '-m', 'Theirs']);
    clone.run(['push', '--quiet']);
    return clone.run(['rev-parse', 'HEAD']);
  };

  beforeEach(async () => {
    server = await GitServer.start();
    ({ git, url } = server.create('volume'));
    store = new DatabaseFileStore(`git-${count++}`, { folders: ['skills'] });
  });
  afterEach(async () => {
    store.dispose();
    await server.stop();
  });

  it('arrives with the same hashes, goes on in a clone, and comes back', async () => {
    const remote = await connect();
    expect(await remote.pull(merge())).toEqual({ kind: 'empty' });
    await commit('skills/a.md', 'one\n');
    await commit('big.bin', 'x'.repeat(300_000));
    const head = await commit('skills/b.md', 'Ä\r\n');
    expect(await remote.status()).toEqual({ head: null, ahead: 3, behind: 0 });
    const told: number[][] = [];
    const pushed = await remote.push({ onProgress: (...args) => told.push(args) });
    expect(pushed).toEqual({ kind: 'pushed', commits: 3 });
    expect(told.at(-1)).toEqual([11, 11]);
    git.run(['fsck', '--strict']);
    expect(git.run(['rev-parse', 'main'])).toBe(head);
    expect(await remote.push()).toEqual({ kind: 'up-to-date' });

    const theirs = commitThere('new.md', 'from a clone\n');
    expect(await remote.pull(merge())).toMatchObject({ kind: 'forward', oid: theirs });
    expect(textOf(await store.read('new.md'))).toBe('from a clone\n');
    expect(await remote.status()).toEqual({ head: theirs, ahead: 0, behind: 0 });
    expect(await remote.pull(merge())).toMatchObject({ kind: 'up-to-date' });
  });

  it('pulls from a server whose default branch is one that nobody has pushed', async () => {
    ({ git, url } = server.create('fresh', 'master'));
    const remote = await connect();
    await commit('a.md', 'one\n');
    await remote.push();
    const clone = server.clone('fresh');
    clone.run(['checkout', '--quiet', 'main']);
    writeFileSync(join(clone.folder, 'b.md'), 'two\n');
    clone.run(['add', '.']);
    clone.run(['commit', '--quiet', '-m', 'Theirs']);
    clone.run(['push', '--quiet']);
    expect(git.can(['rev-parse', '--verify', '--quiet', 'HEAD'])).toBe(false);
    const theirs = clone.run(['rev-parse', 'HEAD']);
    expect(await remote.pull(merge())).toMatchObject({ kind: 'forward', oid: theirs });
    expect(textOf(await store.read('b.md'))).toBe('two\n');
  });

  it('comes whole into an empty volume, and what is packed as differences too', async () => {
    const remote = await connect();
    const text = (last: string): string =>
      `${Array.from({ length: 500 }, (_, at) => `line ${at}`).join('\n')}\n${last}\n`;
    const clone = server.clone('volume');
    for (const last of ['one', 'two', 'three']) {
      writeFileSync(join(clone.folder, 'long.txt'), text(last));
      clone.run(['add', '.']);
      clone.run(['commit', '--quiet', '-m', last]);
    }
    clone.run(['tag', '-a', 'v1', '-m', 'A tag']);
    clone.run(['push', '--quiet', '--follow-tags']);
    git.run(['repack', '-adfq']);
    expect(await remote.pull(merge())).toMatchObject({ kind: 'forward' });
    expect(textOf(await store.read('long.txt'))).toBe(text('three'));
    const log = await store.repository.store.log();
    expect(log.map(({ oid }) => oid)).toEqual(
      git.run(['rev-list', 'main']).split('\n')
    );
  });

  it('merges what both sides did, and asks for files that both changed', async () => {
    const remote = await connect();
    await commit('a.md', 'base');
    await remote.push();
    commitThere('a.md', 'theirs');
    await commit('a.md', 'mine');
    await commit('c.md', 'mine too');
    expect(await remote.push()).toEqual({ kind: 'pull-first' });
    expect(await remote.pull(merge())).toMatchObject({ kind: 'cancelled' });
    expect(await remote.status()).toMatchObject({ ahead: 2, behind: 1 });
    expect(await remote.pull(merge('both'))).toMatchObject({ kind: 'merged' });
    expect(await remote.push()).toEqual({ kind: 'pushed', commits: 3 });
    git.run(['fsck', '--strict']);
    const files = git.run(['ls-tree', '--name-only', 'main']).split('\n');
    expect(files).toHaveLength(3);
  });

  it('sends only what a commit changed', async () => {
    const remote = await connect();
    await store.makeDirectory('sessions');
    for (let at = 0; at < 20; at += 1) {
      await store.makeDirectory(`sessions/s-${at}`);
      await store.write(`sessions/s-${at}/notes.md`, bytesOf(`${at}`));
    }
    await commit('a.md', 'one');
    await remote.push();
    await store.write('sessions/s-3/notes.md', bytesOf('changed'));
    await commit('a.md', 'two');
    const told: number[][] = [];
    await remote.push({ onProgress: (...args) => told.push(args) });
    // Commit, root, sessions, s-3, notes.md, a.md.
    expect(told.at(-1)).toEqual([6, 6]);
    git.run(['fsck', '--strict']);
  });

  it('says when the password is wrong, and what is public needs none', async () => {
    await commit('a.md', 'one');
    await (await connect()).push();
    const wrong = await connect('wrong');
    await expect(wrong.push()).rejects.toMatchObject({ code: 'unauthorized' });
    server.isPrivate = false;
    const anybody = await connect('', '');
    expect(await anybody.pull(merge())).toMatchObject({ kind: 'up-to-date' });
    await commit('a.md', 'two');
    await expect(anybody.push()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('names the header that a server without CORS must send', async () => {
    server.hasCors = false;
    const remote = await connect();
    await expect(remote.pull(merge())).rejects.toMatchObject({
      code: 'no-cors',
      message: expect.stringContaining('Access-Control-Allow-Origin') as unknown
    });
    await server.stop();
    await expect(remote.pull(merge())).rejects.toMatchObject({ code: 'unreachable' });
    server = await GitServer.start();
  });

  it('says when there is no repository, or no Git at all', async () => {
    url = `${server.origin}/other.git`;
    const remote = await connect();
    await expect(remote.pull(merge())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('goes through a proxy only when one is set', async () => {
    const direct = url;
    await commit('a.md', 'one');
    const host = new URL(direct).host;
    // The server answers under the path that a proxy would be asked for.
    const proxy = `${server.origin}/proxy`;
    const remote = await connect(PASSWORD, USER, proxy);
    await expect(remote.push()).rejects.toMatchObject({ code: 'not-found' });
    expect(server.seen.at(-1)).toMatch(`GET /proxy/${host}/volume.git/info/refs`);
  });

  it('is refused by the server with its reason', async () => {
    const remote = await connect();
    await commit('a.md', 'one');
    await remote.push();
    git.run(['config', 'receive.denyDeletes', 'true']);
    writeFileSync(join(git.folder, 'hooks/pre-receive'), '#!/bin/sh\nexit 1\n', {
      mode: 0o755
    });
    await commit('a.md', 'two');
    await expect(remote.push()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('pre-receive hook declined') as unknown
    });
  });

  it('stops when told to', async () => {
    const remote = await connect();
    await commit('a.md', 'one');
    const stop = new AbortController();
    const push = remote.push({ signal: stop.signal });
    stop.abort();
    await expect(push).rejects.toMatchObject({ code: 'stopped' });
    expect(git.can(['rev-parse', '--verify', '--quiet', 'main'])).toBe(false);
  });

  it.each([
    'http://example.org/a.git',
    'https://me@example.org/a.git',
    'https://:s3cret@example.org/a.git',
    'https://example.org/a.git?token=s3cret',
    'https:// s3cret'
  ])('refuses the address %s, and does not repeat it', async address => {
    const open = { url: address, user: '', password: '' };
    const problem = await new NetWorker().openGit(open);
    expect(problem).toMatchObject({ code: 'not-open' });
    expect(problem?.detail).not.toContain('s3cret');
  });
});
