/** @jest-environment node */
import type { IGitTreeItem } from '@llmos-lab/skills';

import { treeChanges } from '../../src/remotes/github/treeChanges';

const FILE = '100644';
const FOLDER = '40000';
const TREES: Readonly<Record<string, readonly IGitTreeItem[]>> = {
  before: [
    { mode: FILE, name: 'a', oid: 'one' },
    { mode: FOLDER, name: 'b', oid: 'b1' },
    { mode: FILE, name: 'run.sh', oid: 'run' },
    { mode: FILE, name: 'same', oid: 'same' }
  ],
  b1: [{ mode: FILE, name: 'x', oid: 'x' }],
  after: [
    { mode: FOLDER, name: 'a', oid: 'a2' },
    { mode: FILE, name: 'b', oid: 'two' },
    { mode: '100755', name: 'run.sh', oid: 'run' },
    { mode: FILE, name: 'same', oid: 'same' }
  ],
  a2: [{ mode: FILE, name: 'y', oid: 'y' }]
};
const read = (oid: string): Promise<readonly IGitTreeItem[]> =>
  Promise.resolve(TREES[oid] ?? []);

describe('the changes that make one tree of another', () => {
  it('delete a file before the folder in its place, and a folder before the file', async () => {
    expect(await treeChanges('before', 'after', read)).toEqual([
      { path: 'a', mode: FILE, oid: null },
      { path: 'a/y', mode: FILE, oid: 'y' },
      { path: 'b/x', mode: FILE, oid: null },
      { path: 'b', mode: FILE, oid: 'two' },
      { path: 'run.sh', mode: '100755', oid: 'run' }
    ]);
  });

  it('are all files of a tree on top of none, and none between equal ones', async () => {
    const paths = (await treeChanges(null, 'before', read)).map(({ path }) => path);
    expect(paths).toEqual(['a', 'b/x', 'run.sh', 'same']);
    expect(await treeChanges('before', 'before', read)).toEqual([]);
  });
});
