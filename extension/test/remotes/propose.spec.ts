/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';

import { NetWorker } from '../../src/net/netWorker';
import { Github } from '../../src/remotes/github/github';
import type { IProposal } from '../../src/remotes/github/propose';
import type { IVolumes } from '../../src/tokens';
import { bytesOf } from '../volumes/bytes';
import type { Git } from './git';
import { GithubServer, TOKEN } from './githubServer';

const PROPOSAL: IProposal = {
  ...{ branch: 'promote/a-12345678', title: 'skill: Promote a', body: 'It helps.' },
  ...{ message: 'skill: Promote a\n\nIt helps.' },
  author: { name: 'Ana', email: 'ana@example.org', time: 1763719200 },
  changes: [
    { path: 'skills/a.md', content: bytesOf('new') },
    { path: 'skills/old.md', content: null }
  ]
};

describe('a proposal', () => {
  let server: GithubServer;
  let github: Github;

  beforeEach(async () => {
    server = await GithubServer.start();
    const net = new NetWorker({ throttle: { enabled: false } });
    github = new Github(
      {} as IVolumes,
      () => Promise.resolve(net),
      nullTranslator.load('')
    );
    await github.use('user', await github.signIn(TOKEN, server.url));
  });
  afterEach(() => server.stop());

  const withSkills = (name: string): Git => {
    const git = server.repository(name);
    const blob = git.run(['hash-object', '-w', '--stdin'], 'old');
    const skills = git.run(['mktree'], `100644 blob ${blob}\told.md\n`);
    const tree = git.run(['mktree'], `40000 tree ${skills}\tskills\n`);
    const oid = git.run(['commit-tree', tree, '-m', 'First']);
    git.run(['update-ref', 'refs/heads/main', oid]);
    return git;
  };

  it.each([
    ['ana', 'library', 'library', 'ana:'],
    ['llmunix', 'library', 'llmunix/library', 'ana:']
  ])(
    'in a repository of %s is a branch and a pull request',
    async (owner, name, key, head) => {
      const git = withSkills(key);
      const url = await github.propose('user', { owner, name }, PROPOSAL);
      expect(url).toBe(`${server.url}/pull/1`);
      expect(server.pulls).toMatchObject([
        { head: `${head}${PROPOSAL.branch}`, base: 'main', title: 'skill: Promote a' }
      ]);
      expect(git.run(['ls-tree', '-r', '--name-only', PROPOSAL.branch])).toBe(
        'skills/a.md'
      );
      expect(git.run(['log', '-1', '--format=%an %B', PROPOSAL.branch]).trim()).toBe(
        'Ana skill: Promote a\n\nIt helps.'
      );
      // The repository itself is as it was until its owners decide.
      expect(git.run(['ls-tree', '-r', '--name-only', 'main'])).toBe('skills/old.md');
      const isForked = server.seen.some(({ path }) => path.endsWith('/forks'));
      expect(isForked).toBe(owner !== 'ana');
    }
  );

  it('waits for the copy that GitHub makes after it has answered', async () => {
    const git = withSkills('llmunix/library');
    let looks = 0;
    server.instead = (_, path) => {
      const isCopy = path.startsWith('/repos/ana/library/');
      looks += isCopy ? 1 : 0;
      return isCopy && looks === 1
        ? { status: 404, data: { message: 'Not Found' } }
        : undefined;
    };
    const place = { owner: 'llmunix', name: 'library' };
    await github.propose('user', place, PROPOSAL);
    expect(server.pulls).toHaveLength(1);
    expect(git.run(['show', `${PROPOSAL.branch}:skills/a.md`])).toBe('new');
  });

  it('made again moves its branch and opens no second pull request', async () => {
    const git = withSkills('library');
    const place = { owner: 'ana', name: 'library' };
    const first = await github.propose('user', place, PROPOSAL);
    const changes = [{ path: 'skills/a.md', content: bytesOf('newer') }];
    expect(await github.propose('user', place, { ...PROPOSAL, changes })).toBe(first);
    expect(server.pulls).toHaveLength(1);
    expect(git.run(['show', `${PROPOSAL.branch}:skills/a.md`])).toBe('newer');
  });
});
