import '../browser';

import { ContentsManager, type ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';

import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { enableCopyAcross } from '../../src/volumes/copyAcross';
import { MemoryFileStore } from '../../src/volumes/memoryStore';
import { VolumeDrive } from '../../src/volumes/volumeDrive';
import { accessTo, bytesOf, textOf } from './bytes';

const serverSettings = {} as ServerConnection.ISettings;

function driveOf(name: string, store: MemoryFileStore): VolumeDrive {
  return new VolumeDrive({
    ...{ name, serverSettings, access: accessTo(name) },
    open: () => Promise.resolve(store),
    refusal: (path, reason) => `${path}: ${reason}`,
    trans: UNTRANSLATED
  });
}

describe('copies between volumes', () => {
  let contents: ContentsManager;
  let user: MemoryFileStore;
  let system: MemoryFileStore;

  beforeEach(async () => {
    user = new MemoryFileStore();
    system = new MemoryFileStore();
    const defaultDrive = driveOf('', new MemoryFileStore());
    contents = new ContentsManager({ serverSettings, defaultDrive });
    contents.addDrive(driveOf('user', user));
    contents.addDrive(driveOf('system', system));
    await system.makeDirectory('skills');
    await system.makeDirectory('skills/a');
    await system.write('skills/a.md', bytesOf('a'));
    await system.write('skills/a/x.bin', Uint8Array.from([0, 255, 1]));
    enableCopyAcross(contents, nullTranslator.load(''));
  });
  afterEach(() => contents.dispose());

  it('copy a file byte for byte, under a free name', async () => {
    await contents.copy('system:skills/a/x.bin', 'user:');
    const { path } = await contents.copy('system:skills/a/x.bin', 'user:');
    expect(path).toBe('user:x-Copy1.bin');
    expect([...(await user.read('x-Copy1.bin'))]).toEqual([0, 255, 1]);
  });

  it('copy a folder with all that is in it', async () => {
    await contents.copy('system:skills', 'user:');
    expect(textOf(await user.read('skills/a.md'))).toBe('a');
    expect([...(await user.read('skills/a/x.bin'))]).toEqual([0, 255, 1]);
  });

  it('move nothing away from where the person may not delete', async () => {
    await expect(contents.rename('system:skills/a.md', 'user:a.md')).rejects.toThrow(
      /Copy it instead/
    );
    expect(await user.stat('a.md')).toBeUndefined();
  });

  it('keep the source where the target is refused', async () => {
    await user.write('b.md', bytesOf('b'));
    await expect(contents.rename('user:b.md', 'system:b.md')).rejects.toThrow(
      /read-only/
    );
    expect(textOf(await user.read('b.md'))).toBe('b');
  });

  it('work within a drive as before', async () => {
    await user.write('b.md', bytesOf('b'));
    expect((await contents.copy('user:b.md', 'user:')).path).toBe('user:b-Copy1.md');
    expect((await contents.rename('user:b.md', 'user:c.md')).path).toBe('user:c.md');
  });
});
