/** @jest-environment node */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { nullTranslator } from '@jupyterlab/translation';
import { encodeTree, parseSkill, readImport } from '@llmos-lab/skills';

import { readGitSource } from '../../src/author/git/address';
import {
  filesIn,
  MAX_GITHUB_FILES,
  readFromGit,
  readFromGithub,
  withSource
} from '../../src/author/git/readRepository';
import { NetWorker } from '../../src/net/netWorker';
import { GithubClient } from '../../src/remotes/github/client';
import type { Git } from '../remotes/git';
import { GithubServer, TOKEN } from '../remotes/githubServer';
import { GitServer, pageFetch } from '../remotes/gitServer';

const trans = nullTranslator.load('');
const WATCH = { signal: new AbortController().signal, progress: () => undefined };

describe('the address of skills', () => {
  const github = { owner: 'ana', name: 'skills' };
  const url = 'https://github.com/ana/skills';
  it.each([
    ['github.com/ana/skills', { url, github, ref: '', folder: '' }],
    ['https://github.com/ana/skills.git', { url, github, ref: '', folder: '' }],
    ['git@github.com:ana/skills.git', { url, github, ref: '', folder: '' }],
    [`${url}/tree/v1/plots/line/`, { url, github, ref: 'v1', folder: 'plots/line' }],
    [`${url}/blob/main/pdf/SKILL.md`, { url, github, ref: 'main', folder: 'pdf' }],
    [
      'https://git.example.org/a/b.git',
      { url: 'https://git.example.org/a/b.git', ref: '', folder: '' }
    ]
  ])('%s', (text, source) => {
    expect(readGitSource(text)).toEqual(source);
  });

  it('takes what is entered beside it', () => {
    expect(readGitSource(`${url}/tree/v1/x`, { ref: 'v2', folder: '/y/' })).toEqual({
      ...{ url, github, ref: 'v2', folder: 'y' }
    });
  });
});

/** Commits files to a clone; a link and a folder of no interest are among them. */
function fill(clone: Git): void {
  const files = {
    'README.md': 'Skills',
    'skills/pdf/SKILL.md': '---\nname: pdf\ndescription: Reads\n---\nUse it.\n',
    'skills/pdf/data/a.bin': '\u0000\u0001'
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(clone.folder, path)), { recursive: true });
    writeFileSync(join(clone.folder, path), text);
  }
  symlinkSync('/etc/passwd', join(clone.folder, 'skills/pdf/link'));
  clone.run(['add', '.']);
  clone.run(['commit', '--quiet', '-m', 'Skills']);
}

describe('skills of any Git server', () => {
  let server: GitServer;
  beforeEach(async () => {
    server = await GitServer.start();
    server.isPrivate = false;
  });
  afterEach(() => server.stop());
  const net = new NetWorker({ fetch: pageFetch });

  it('are the files of a folder in its newest commit, without links', async () => {
    const { url, git } = server.create('library');
    const clone = server.clone('library');
    writeFileSync(join(clone.folder, 'old.md'), 'x'.repeat(1000));
    clone.run(['add', '.']);
    clone.run(['commit', '--quiet', '-m', 'Old']);
    clone.run(['rm', '--quiet', 'old.md']);
    fill(clone);
    clone.run(['push', '--quiet', git.folder, 'HEAD:refs/heads/main']);
    const source = { ...readGitSource(url), folder: 'skills' };
    const { files, commit } = await readFromGit(net, source, WATCH, trans);
    expect(files.map(({ path }) => path)).toEqual(['pdf/SKILL.md', 'pdf/data/a.bin']);
    expect(commit).toBe(git.run(['rev-parse', 'main']));
    const [skill] = withSource(readImport(files), source, commit).skills;
    expect(skill).toMatchObject({ id: 'pdf', beside: [{ path: 'data/a.bin' }] });
    expect(skill?.text).toContain(commit);
    expect(parseSkill(skill?.text ?? '', 'skills/pdf.md').problems).toEqual([]);
    await expect(
      readFromGit(net, { ...source, folder: 'nowhere' }, WATCH, trans)
    ).rejects.toThrow(/no folder "nowhere"/);
    await expect(
      readFromGit(net, { ...source, ref: 'v9' }, WATCH, trans)
    ).rejects.toMatchObject({ name: 'RemoteError' });
  });
});

describe('folders that name one another', () => {
  const oidOf = (at: number): string => at.toString(16).padStart(40, '0');
  /** So many folders in one another, each with ten times the next. */
  const nested = (depth: number, times: number): ReturnType<typeof filesIn> => {
    const trees = Array.from({ length: depth }, (_, at) => {
      const items = Array.from({ length: times }, (__, name) => ({
        ...{ mode: '40000' as const, name: `f${name}`, oid: oidOf(at + 2) }
      }));
      return [oidOf(at + 1), encodeTree(items).body] as const;
    });
    const person = 'Ana <ana@example.org> 1700000000 +0000';
    const commit = Buffer.from(
      `tree ${oidOf(1)}\nauthor ${person}\ncommitter ${person}\n\nNested`
    );
    const bodies = new Map([
      ...trees,
      [oidOf(depth + 1), encodeTree([]).body] as const,
      [oidOf(0), commit] as const
    ]);
    return filesIn(bodies, oidOf(0), '', trans);
  };

  it('are not walked to their end', () => {
    expect(nested(3, 10)).toEqual([]);
    expect(() => nested(10, 10)).toThrow(/more than 2000/);
    expect(() => nested(5000, 1)).toThrow(/50 deep/);
  });
});

describe('skills on GitHub', () => {
  let server: GithubServer;
  let client: GithubClient;
  beforeEach(async () => {
    server = await GithubServer.start();
    const net = new NetWorker({ throttle: { enabled: false } });
    await net.open(server.url, TOKEN, 'reader');
    client = new GithubClient(net, server.url, 'reader', trans);
  });
  afterEach(() => server.stop());

  const commit = (git: Git, paths: readonly string[]): void => {
    const blob = git.run(['hash-object', '-w', '--stdin'], 'text');
    git.run(['read-tree', '--empty']);
    const lines = paths.map(path => `100644 blob ${blob}\t${path}\n`).join('');
    git.run(
      ['update-index', '--index-info'],
      `${lines}120000 blob ${blob}\tskills/link\n`
    );
    const oid = git.run(['commit-tree', git.run(['write-tree']), '-m', 'Skills']);
    git.run(['update-ref', 'refs/heads/main', oid]);
  };

  it('are read file by file, and only those of the folder', async () => {
    const git = server.repository('library');
    commit(git, ['README.md', 'skills/a.md', 'skills/a/data.csv']);
    const source = readGitSource('github.com/ana/library', { folder: 'skills' });
    const { files } = await readFromGithub(client, source, WATCH, trans);
    expect(files.map(({ path }) => path).sort()).toEqual(['a.md', 'a/data.csv']);
    const blobs = server.seen.filter(({ path }) => path.includes('/git/blobs/'));
    expect(blobs).toHaveLength(2);
  });

  it('are refused before anything is read when there are too many', async () => {
    const git = server.repository('library');
    commit(
      git,
      Array.from({ length: MAX_GITHUB_FILES + 1 }, (_, at) => `skills/${at}.md`)
    );
    const source = readGitSource('github.com/ana/library');
    await expect(readFromGithub(client, source, WATCH, trans)).rejects.toThrow(
      /Name the folder/
    );
    expect(server.seen.filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
  });
});
