import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../cli/makeFolder';

describe('makeFolder', () => {
  const root = mkdtempSync(join(tmpdir(), 'llmos-folder-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('makes what is missing, and leaves what is there', async () => {
    const folder = join(root, 'a/b/c');
    await Promise.all([makeFolder(folder), makeFolder(folder)]);
    expect(existsSync(folder)).toBe(true);
    await makeFolder(folder);
  });

  it('says what is in the way', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(makeFolder(join(root, 'file'))).rejects.toThrow('EEXIST');
    await expect(makeFolder(join(root, 'file/a/b'))).rejects.toThrow(/EEXIST|ENOTDIR/);
    if (process.platform === 'linux') {
      await expect(makeFolder('/proc/nope/a')).rejects.toThrow('ENOENT');
    }
  });
});
