/** @jest-environment node */
import 'fake-indexeddb/auto';

import { nullTranslator } from '@jupyterlab/translation';
import type { IMergePlan, MergeChoice } from '@llmos-lab/skills';

import { NetWorker } from '../../src/net/netWorker';
import type { ITokenCheck } from '../../src/remotes/github/check';
import { Github } from '../../src/remotes/github/github';
import {
  GithubRemote,
  type IGithubConnection
} from '../../src/remotes/github/githubRemote';
import type { IVolumes } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import type { IMergeOptions } from '../../src/volumes/merging';
import { bytesOf, textOf } from '../volumes/bytes';
import type { Git } from './git';
import { GithubServer, TOKEN } from './githubServer';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const PLACE = { owner: 'ana', name: 'volume' };
const NEW = { ...PLACE, isPrivate: true, description: 'My volume' };
let count = 0;

describe('a volume on GitHub', () => {
  let server: GithubServer;
  let store: DatabaseFileStore;
  let github: Github;

  const open = (files: DatabaseFileStore): Github => {
    const volumes = { get: () => ({ repository: files.repository }) };
    const net = new NetWorker({
      // The pace is the worker's own test.
      throttle: { enabled: false },
      retry: { retryAfterBaseValue: 1 }
    });
    const trans = nullTranslator.load('');
    const startNet = () => Promise.resolve(net);
    return new Github(volumes as unknown as IVolumes, startNet, trans);
  };
  const commit = async (
    path: string,
    text: string,
    message = `Change ${path}`
  ): Promise<string> => {
    await store.write(path, bytesOf(text));
    return (await store.repository.commit({ message, author: AUTHOR })) ?? '';
  };
  const merge = (choice: MergeChoice | null = null): IMergeOptions => ({
    author: AUTHOR,
    message: 'Merge from GitHub',
    choose: (plan: IMergePlan) =>
      Promise.resolve(
        choice && new Map(plan.conflicts.map(({ path }) => [path, choice]))
      )
  });
  const signIn = async (): Promise<void> =>
    github.use('user', await github.signIn(TOKEN, server.url));
  const push = (): ReturnType<Github['push']> => github.push('user', PLACE);
  const pull = (choice?: MergeChoice): ReturnType<Github['pull']> =>
    github.pull('user', PLACE, merge(choice));
  const remoteOf = (
    connection: IGithubConnection,
    askSignIn = (): Promise<boolean> => Promise.resolve(false)
  ): GithubRemote =>
    new GithubRemote(github, 'user', connection, askSignIn, () => Promise.resolve());
  const git = (): Git => server.repository('volume');
  const main = (): string => git().run(['rev-parse', 'main']);

  beforeEach(async () => {
    server = await GithubServer.start();
    store = new DatabaseFileStore(`github-${count++}`, { folders: ['skills'] });
    github = open(store);
    git();
    await signIn();
  });
  afterEach(async () => {
    store.dispose();
    await server.stop();
  });

  /** A commit that somebody pushed with Git. */
  const commitThere = (path: string, text: string, message = 'Theirs'): string =>
    git().commit(path, text, message);

  it('is created, and where the token may not, gives the form filled in', async () => {
    const account = await github.signIn(TOKEN, server.url);
    const wanted = { ...NEW, name: 'new' };
    const place = { owner: 'ana', name: 'new' };
    expect(await account.createRepository(wanted)).toEqual({ kind: 'created', place });
    expect(await account.createRepository(wanted)).toEqual({ kind: 'exists' });
    server.mayCreate = false;
    expect(await account.createRepository({ ...NEW, name: 'other' })).toEqual({
      kind: 'not-allowed',
      formUrl: expect.stringMatching(
        /\/new\?owner=ana&name=other&visibility=private/
      ) as unknown
    });
  });

  it('arrives in an empty repository with the same hashes, and Git finds it sound', async () => {
    const binary = Uint8Array.from({ length: 300 }, (_, at) => at % 256);
    await store.write('skills/empty.md', bytesOf(''));
    await store.write('skills/data.bin', binary);
    await store.write('skills/bom.md', bytesOf('\ufeffÄ\r\n'));
    const first = await commit('a.ipynb', '{}\n');
    await store.remove('skills/data.bin');
    const second = await commit('skills/b.md', 'two', 'Skill b\n\nSkill: b');
    expect(await push()).toEqual({ kind: 'pushed', commits: 2 });
    expect(git().run(['rev-list', 'main']).split('\n')).toEqual([second, first]);
    git().run(['fsck', '--strict']);
    expect(await push()).toEqual({ kind: 'up-to-date' });
  });

  it('sends what is new in two requests a commit, and one for the branch', async () => {
    await commit('a.md', 'one');
    await push();
    server.seen.length = 0;
    await commit('a.md', 'two');
    const head = await commit('skills/b.md', 'three');
    await push();
    const each = ['POST git/trees', 'POST git/commits'];
    expect(server.writes()).toEqual([...each, ...each, 'PATCH git/refs/heads/main']);
    expect(main()).toBe(head);
  });

  it('keeps the modes of files', async () => {
    await commit('a', 'one');
    await push();
    const blob = git().run(['rev-parse', 'main:a']);
    const tree = git().run(
      ['mktree'],
      `100755 blob ${blob}\trun.sh\n100644 blob ${blob}\ta\n`
    );
    const oid = git().run(['commit-tree', tree, '-p', 'main', '-m', 'A script']);
    git().run(['update-ref', 'refs/heads/main', oid]);
    await pull();
    const head = await commit('run.sh', 'three');
    expect(await push()).toEqual({ kind: 'pushed', commits: 1 });
    expect(main()).toBe(head);
    expect(git().run(['ls-tree', 'main', 'run.sh'])).toMatch(/^100755/);
  });

  it('goes on after a failure in the middle, without sending anything twice', async () => {
    for (const text of ['one', 'two', 'three']) {
      await commit('a.md', text);
    }
    server.instead = (_, path) =>
      path.endsWith('/git/commits') && server.writes().length > 3
        ? { status: 500, data: { message: 'Oops' } }
        : undefined;
    await expect(push()).rejects.toMatchObject({ code: 'server-failed' });
    server.instead = () => undefined;
    server.seen.length = 0;
    // Another page, with nothing in memory.
    github = open(store);
    await signIn();
    expect(await push()).toEqual({ kind: 'pushed', commits: 2 });
    const sent = server.writes().filter(write => write === 'POST git/commits');
    expect(sent).toHaveLength(2);
    expect(main()).toBe(await store.repository.store.head());
    git().run(['fsck', '--strict']);
  });

  it('is pulled into an empty volume, with the hashes that Git gave', async () => {
    await commit('a.md', 'one');
    await push();
    const head = commitThere('b.md', 'two', 'Of the command line');
    store.dispose();
    store = new DatabaseFileStore(`github-${count++}`, { folders: ['skills'] });
    github = open(store);
    await signIn();
    expect(await pull()).toMatchObject({ kind: 'forward', oid: head });
    expect(textOf(await store.read('b.md'))).toBe('two');
    expect(await store.repository.status()).toEqual([]);
    expect(await pull()).toMatchObject({ kind: 'up-to-date' });
    expect(await push()).toEqual({ kind: 'up-to-date' });
  });

  it('asks for a hundred commits at once, and keeps the files that have arrived', async () => {
    for (let at = 0; at < 30; at += 1) {
      await commit('a.md', String(at));
    }
    await Promise.all(
      Array.from({ length: 120 }, (_, at) =>
        store.write(`f${at}.md`, bytesOf(`file ${at}`))
      )
    );
    await commit('b.md', 'last');
    await push();
    store.dispose();
    store = new DatabaseFileStore(`github-${count++}`, { folders: ['skills'] });
    github = open(store);
    await signIn();
    server.seen.length = 0;
    const blobs = (): number =>
      server.seen.filter(({ path }) => path.includes('/git/blobs/')).length;
    server.instead = (_, path) =>
      path.includes('/git/blobs/') && blobs() >= 140
        ? { status: 403, data: { message: 'Limit' } }
        : undefined;
    await expect(pull()).rejects.toMatchObject({ code: 'forbidden' });
    const lists = server.seen.filter(({ path }) => path.endsWith('/commits'));
    expect(lists).toHaveLength(1);
    server.instead = () => undefined;
    server.seen.length = 0;
    expect(await pull()).toMatchObject({ kind: 'forward' });
    expect(blobs()).toBeLessThan(60);
    expect(await store.repository.status()).toEqual([]);
  });

  it('fetches nothing twice, and asks for free where the branch is', async () => {
    await commit('a.md', 'one');
    await push();
    await pull();
    server.seen.length = 0;
    await pull();
    expect(server.seen.every(({ status }) => status === 304)).toBe(true);
  });

  it('must be pulled before it is pushed when others were first, and then unites', async () => {
    await commit('a.md', 'one');
    await push();
    const theirs = commitThere('b.md', 'theirs');
    await commit('c.md', 'mine');
    expect(await push()).toEqual({ kind: 'pull-first' });
    expect(main()).toBe(theirs);
    expect(await pull()).toMatchObject({ kind: 'merged' });
    expect(await push()).toEqual({ kind: 'pushed', commits: 2 });
    expect(git().run(['ls-tree', '--name-only', 'main'])).toBe('a.md\nb.md\nc.md');
  });

  it('never overwrites what others push while it is sending', async () => {
    await commit('a.md', 'one');
    await push();
    await commit('a.md', 'two');
    let theirs = '';
    server.instead = (method, path) => {
      if (path.endsWith('/git/commits') && method === 'POST' && theirs === '') {
        theirs = commitThere('b.md', 'theirs');
      }
      return undefined;
    };
    expect(await push()).toEqual({ kind: 'pull-first' });
    expect(main()).toBe(theirs);
  });

  it.each([1, 2])(
    'never overwrites the first push of others, made before commit %s of its own',
    async before => {
      await commit('a.md', 'one');
      await commit('a.md', 'two');
      let theirs = '';
      let commits = 0;
      server.instead = (method, path) => {
        commits += method === 'POST' && path.endsWith('/git/commits') ? 1 : 0;
        if (commits === before && theirs === '') {
          theirs = commitThere('b.md', 'theirs');
        }
        return undefined;
      };
      expect(await push()).toEqual({ kind: 'pull-first' });
      expect(main()).toBe(theirs);
      server.instead = () => undefined;
      expect(await pull()).toMatchObject({ kind: 'merged' });
      expect(await push()).toMatchObject({ kind: 'pushed' });
      expect(git().run(['ls-tree', '--name-only', 'main'])).toContain('a.md\nb.md');
    }
  );

  it('asks about a file that both sides changed', async () => {
    await commit('a.ipynb', 'one');
    await push();
    commitThere('a.ipynb', 'theirs');
    await commit('a.ipynb', 'mine');
    expect(await pull()).toMatchObject({ kind: 'cancelled' });
    expect(textOf(await store.read('a.ipynb'))).toBe('mine');
    expect(await pull('theirs')).toMatchObject({ kind: 'merged' });
    expect(textOf(await store.read('a.ipynb'))).toBe('theirs');
    expect(await push()).toMatchObject({ kind: 'pushed' });
  });

  it('keeps both names of a commit to which the server gives another hash', async () => {
    const first = await commit('a.md', 'one', 'Ends in a line end\n');
    await commit('a.md', 'two');
    expect(await push()).toEqual({ kind: 'pushed', commits: 2 });
    const names = git().run(['rev-list', 'main']).split('\n');
    expect(names).not.toContain(first);
    expect(await push()).toEqual({ kind: 'up-to-date' });
    commitThere('b.md', 'theirs');
    expect(await pull()).toMatchObject({ kind: 'forward' });
    await commit('a.md', 'three');
    expect(await push()).toEqual({ kind: 'pushed', commits: 1 });
    git().run(['fsck', '--strict']);
    expect(git().run(['show', 'main:b.md'])).toBe('theirs');
  });

  it('takes signed commits, and those of other time zones, under their own names', async () => {
    await commit('a.md', 'one');
    await push();
    const raw = git().run(['cat-file', 'commit', main()]);
    const [head = ''] = raw.split('\n\n');
    const zones = head
      .replace(/^tree.*$/m, line => `${line}\nparent ${main()}`)
      .replace(/(author.*)\+0000/, '$1+0530')
      .replace(/(committer.*)\+0000/, '$1-0700');
    const add = (text: string): string =>
      git().run(['hash-object', '-t', 'commit', '-w', '--stdin'], text);
    const foreign = add(`${zones}\n\nFar away\n`);
    const signature = 'gpgsig -----BEGIN SSH SIGNATURE-----\n abc\n \n def';
    const onTop = zones.replace(main(), foreign);
    const signed = add(`${onTop}\n${signature}\n\nSigned\n`);
    git().run(['update-ref', 'refs/heads/main', signed]);
    expect(await pull()).toMatchObject({ kind: 'forward', oid: signed });
    const log = await store.repository.store.log();
    expect(log.map(({ oid }) => oid).slice(0, 2)).toEqual([signed, foreign]);
  });

  it('refuses more than a hundred commits at once, and sends none of them', async () => {
    for (let at = 0; at <= 100; at += 1) {
      await commit('a.md', String(at));
    }
    server.seen.length = 0;
    expect(await push()).toEqual({ kind: 'backlog', commits: 101 });
    expect(server.writes()).toEqual([]);
  });

  it('says until when GitHub wants it to wait, and keeps what is here', async () => {
    const oid = await commit('a.md', 'one');
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900000000' };
    server.instead = method =>
      method === 'POST'
        ? { status: 403, data: { message: 'Limit' }, headers }
        : undefined;
    const told = { code: 'rate-limited', resetsAt: 1_900_000_000_000 };
    await expect(push()).rejects.toMatchObject(told);
    expect(await store.repository.store.head()).toBe(oid);
    server.instead = () => undefined;
    expect(await push()).toEqual({ kind: 'pushed', commits: 1 });
    expect(main()).toBe(oid);
  });

  it('says that a token has expired, and asks for another', async () => {
    await commit('a.md', 'one');
    const expired = { code: 'unauthorized' };
    await expect(github.signIn('old', server.url)).rejects.toMatchObject(expired);
    const connection = { ...PLACE, server: server.url };
    const again = async (): Promise<boolean> => {
      server.instead = () => undefined;
      await signIn();
      return true;
    };
    const remote = remoteOf(connection, again);
    expect(remote.isReady).toBe(true);
    server.instead = () => ({ status: 401, data: { message: 'Bad credentials' } });
    await expect(remote.push()).rejects.toMatchObject(expired);
    expect(remote.isReady).toBe(false);
    await expect(remote.push()).rejects.toMatchObject({ code: 'not-open' });
    expect(await remote.signIn()).toBe(true);
    expect(await remote.push()).toEqual({ kind: 'pushed', commits: 1 });
  });

  it('forgets a token when no volume uses it any more', async () => {
    const account = await github.signIn(TOKEN, server.url);
    await github.use('user', account);
    await github.use('team-a', account);
    await github.use('user', null);
    expect(await account.check(PLACE)).toMatchObject({ repository: 'writable' });
    await github.use('team-a', null);
    await expect(account.check(PLACE)).rejects.toMatchObject({ code: 'not-open' });
  });

  it('says how the volume stands, without merging and offline', async () => {
    const connection = { ...PLACE, server: server.url };
    const remote = remoteOf(connection);
    await commit('a.md', 'one');
    expect(await remote.status()).toEqual({ head: null, ahead: 1, behind: 0 });
    await remote.push();
    commitThere('b.md', 'theirs');
    await commit('a.md', 'two');
    await commit('a.md', 'three');
    await remote.fetch();
    expect(await remote.status()).toMatchObject({ ahead: 2, behind: 1 });
    await github.use('user', null);
    expect(await remote.status()).toMatchObject({ ahead: 2, behind: 1 });
    expect(await store.read('a.md')).toEqual(bytesOf('three'));
  });

  it('hears from a push that nothing is left, and follows a renamed branch', async () => {
    const connection = { ...PLACE, server: server.url };
    const remote = remoteOf(connection);
    const first = await commit('a.md', 'one');
    const second = await commit('a.md', 'two');
    await remote.push();
    const [name = ''] = (await store.repository.refs('refs/remotes/')).keys();
    // As after a push by hand: the server has it, and nobody here was told.
    await store.repository.receive([], `refs/remotes/${name}`, first);
    expect(await remote.status()).toMatchObject({ head: first, ahead: 1 });
    expect(await remote.push()).toEqual({ kind: 'up-to-date' });
    expect(await remote.status()).toMatchObject({ head: second, ahead: 0 });
    const theirs = commitThere('b.md', 'theirs');
    git().run(['update-ref', 'refs/heads/trunk', theirs]);
    git().run(['symbolic-ref', 'HEAD', 'refs/heads/trunk']);
    git().run(['update-ref', '-d', 'refs/heads/main']);
    server.branch = 'trunk';
    await remote.fetch();
    expect(await remote.status()).toEqual({ head: theirs, ahead: 0, behind: 1 });
  });

  it('sends a backlog as one commit, which then stands for all of it', async () => {
    await commit('a.md', 'zero');
    await push();
    const before = main();
    for (let at = 0; at <= 100; at += 1) {
      await commit('a.md', String(at), `Step ${at}`);
    }
    const asOne = { asOne: true };
    expect(await github.push('user', PLACE, asOne)).toEqual({
      ...{ kind: 'pushed', commits: 101 }
    });
    expect(git().run(['rev-parse', 'main^'])).toBe(before);
    expect(git().run(['show', 'main:a.md'])).toBe('100');
    const message = git().run(['log', '-1', '--format=%B', 'main']);
    expect(message).toContain('session-bundle: 101 commits');
    expect(message).toContain('Step 57');
    expect(await push()).toEqual({ kind: 'up-to-date' });
    commitThere('b.md', 'theirs');
    await commit('c.md', 'mine');
    expect(await pull()).toMatchObject({ kind: 'merged' });
    expect(await push()).toEqual({ kind: 'pushed', commits: 2 });
    git().run(['fsck', '--strict']);
    expect(git().run(['ls-tree', '--name-only', 'main'])).toBe('a.md\nb.md\nc.md');
  });

  it('tells of each object that has arrived, in both directions', async () => {
    await store.write('skills/data.bin', Uint8Array.of(0, 1, 2));
    await commit('a.md', 'one');
    const told: string[] = [];
    const onProgress = (done: number, total: number): void => {
      told.push(`${done} of ${total}`);
    };
    await github.push('user', PLACE, { onProgress });
    expect(told.at(0)).toBe('0 of 4');
    expect(told.at(-1)).toBe('4 of 4');
    const files = new DatabaseFileStore(`github-${count++}`, { folders: ['skills'] });
    const other = open(files);
    await other.use('user', await other.signIn(TOKEN, server.url));
    told.length = 0;
    await other.pull('user', PLACE, merge(), { onProgress });
    expect(told.at(-1)).toBe('3 of 3');
    files.dispose();
  });

  it('stops when asked to, between two commits', async () => {
    await commit('a.md', 'one');
    await commit('a.md', 'two');
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const { signal } = stop;
    const stopped = github.push('user', PLACE, { signal, onProgress });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await push()).toEqual({ kind: 'pushed', commits: 2 });
  });

  it('stops at once when a request hangs', async () => {
    await commit('a.md', 'one');
    const stop = new AbortController();
    const hanging = new Promise<void>(done => {
      server.before = path => {
        if (path.endsWith('/git/trees')) {
          done();
          return new Promise(() => undefined);
        }
        return Promise.resolve();
      };
    });
    const push = github.push('user', PLACE, { signal: stop.signal });
    await hanging;
    stop.abort();
    await expect(push).rejects.toMatchObject({ name: 'AbortError' });
  });

  describe('with a token', () => {
    const check = async (name = 'volume'): Promise<ITokenCheck> => {
      const account = await github.signIn(TOKEN, server.url);
      expect(account.login).toBe('ana');
      return account.check({ owner: 'ana', name });
    };

    it.each([
      ['repo, gist', 'writable', []],
      ['gist', 'readable', ['repo']],
      ['public_repo', 'readable', ['repo']]
    ])('of the scopes "%s" is %s', async (scopes, repository, missing) => {
      server.scopes = scopes;
      expect(await check()).toEqual({ repository, missing });
    });

    it('of the fine-grained kind is tried', async () => {
      await commit('a.md', 'one');
      await push();
      expect(await check()).toEqual({ repository: 'writable', missing: [] });
      expect(await check('none')).toMatchObject({ repository: 'absent' });
      const message = 'Resource not accessible by personal access token';
      server.instead = method =>
        method === 'POST' ? { status: 403, data: { message } } : undefined;
      expect(await check()).toEqual({
        ...{ repository: 'readable', missing: ['Contents: Read and write'] }
      });
    });

    it('lists the repositories that it sees', async () => {
      const account = await github.signIn(TOKEN, server.url);
      expect(await account.repositories()).toEqual([{ owner: 'ana', name: 'volume' }]);
    });
  });
});
