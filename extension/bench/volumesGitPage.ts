/** isomorphic-git on lightning-fs, the usual way to have Git in a browser. */
import LightningFS from '@isomorphic-git/lightning-fs';
import type * as isomorphicGit from 'isomorphic-git';

import { loadGit } from '../src/net/git/bytesBuffer';
import { notebook, timed, type IVolumeTimes } from './volumesPage';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', timestamp: 1763719200 };
const DIR = '/repository';

/** The same work as `ours` in `volumesPage.ts`. */
async function theirs(count: number): Promise<IVolumeTimes> {
  // The whole of it, of which the product packs a part.
  const git = (await loadGit()) as unknown as typeof isomorphicGit;
  const fs = new LightningFS(`bench-${Date.now()}`);
  const cache = {};
  const shared = { fs, cache, dir: DIR };
  await fs.promises.mkdir(DIR);
  await git.init({ fs, dir: DIR, defaultBranch: 'main' });
  const save = (size: number, at: number): Promise<number> => {
    const filepath = `n-${at % 100}.ipynb`;
    const bytes = notebook(size, at);
    return timed(async () => {
      await fs.promises.writeFile(`${DIR}/${filepath}`, bytes);
      await git.add({ ...shared, filepath });
      await git.commit({ ...shared, message: `Change ${at}`, author: AUTHOR });
    });
  };
  const commits: number[] = [];
  for (let at = 0; at < count; at++) {
    commits.push(await save(8_000, at));
  }
  const large: number[] = [];
  for (let at = 0; at < 5; at++) {
    large.push(await save(1_000_000, count + at));
  }
  const log = [await timed(() => git.log({ ...shared, ref: 'main' }))];
  const entries = (await git.log({ ...shared, ref: 'main' })).length;
  return { commits, large, log, entries };
}

Object.assign(globalThis, { gitBench: { theirs } });
