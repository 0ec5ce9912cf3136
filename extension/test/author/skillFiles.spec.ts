import '../browser';

import type { Contents, ServerConnection } from '@jupyterlab/services';

import { fileOfId, freeSkillId, idsOfFiles } from '../../src/author/newId';
import {
  copyToUser,
  deleteSkillFiles,
  readSkillFiles,
  replaceSkillFiles,
  writeSkillFiles
} from '../../src/author/skillFiles';
import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { MemoryFileStore } from '../../src/volumes/memoryStore';
import { VolumeDrive } from '../../src/volumes/volumeDrive';
import { newSkillText, parseSkill, SKILL_TYPES } from '@llmos-lab/skills';
import { libraryOf, VQE } from '../skills/fixtures';
import { accessTo } from '../volumes/bytes';

/** A drive as the contents manager shows it: paths begin with its name. */
function contentsOf(drives: Readonly<Record<string, VolumeDrive>>): Contents.IManager {
  const at = (path: string): readonly [VolumeDrive, string] => {
    const [name = '', local = ''] = path.split(':');
    const drive = drives[name];
    if (!drive) {
      throw new Error(`There is no drive ${name}.`);
    }
    return [drive, local];
  };
  return {
    get: (path: string, options: Contents.IFetchOptions) => {
      const [drive, local] = at(path);
      return drive.get(local, options);
    },
    save: (path: string, model: Partial<Contents.IModel>) => {
      const [drive, local] = at(path);
      return drive.save(local, model);
    },
    delete: (path: string) => {
      const [drive, local] = at(path);
      return drive.delete(local);
    }
  } as unknown as Contents.IManager;
}

describe('the files of a skill', () => {
  const driveOf = (name: string): VolumeDrive =>
    new VolumeDrive({
      name,
      access: accessTo('user'),
      serverSettings: {} as ServerConnection.ISettings,
      open: () => Promise.resolve(new MemoryFileStore(() => 0)),
      refusal: path => path,
      trans: UNTRANSLATED
    });
  const contents = contentsOf({ user: driveOf('user'), team: driveOf('team') });
  const files = {
    path: 'user:skills/a.md',
    text: '---\nname: A\n---\n',
    beside: [
      { path: 'data/x.bin', bytes: new Uint8Array([0, 1, 255]) },
      { path: 'nb.ipynb', bytes: new TextEncoder().encode('{"cells": []}') }
    ]
  };

  it('are written, read back byte for byte, and deleted with their folder', async () => {
    await writeSkillFiles(contents, files);
    expect(await readSkillFiles(contents, files.path)).toEqual(files);
    await deleteSkillFiles(contents, files.path);
    await expect(contents.get('user:skills/a.md')).rejects.toThrow();
    await expect(contents.get('user:skills/a')).rejects.toThrow();
    // Undo writes them again.
    await writeSkillFiles(contents, files);
    expect(await readSkillFiles(contents, files.path)).toEqual(files);
  });

  it('go with it to the user’s volume, once', async () => {
    await writeSkillFiles(contents, { ...files, path: 'team:skills/shared.md' });
    const made = await copyToUser(contents, 'team:skills/shared.md');
    expect(made).toEqual({ path: 'user:skills/shared.md', made: true, beside: 2 });
    expect(await readSkillFiles(contents, made.path)).toEqual({
      ...files,
      path: made.path
    });
    expect(await copyToUser(contents, 'team:skills/shared.md')).toMatchObject({
      made: false
    });
  });

  it('are copied alone too', async () => {
    const path = 'team:skills/shared/data/y.bin';
    await contents.save(path, { type: 'file', format: 'base64', content: 'AP8=' });
    const copy = await copyToUser(contents, path);
    const made = await contents.get(copy.path, { type: 'file', format: 'base64' });
    expect([copy.path, made.content]).toEqual([
      'user:skills/shared/data/y.bin',
      'AP8='
    ]);
  });

  it('of another skill take their place, and no file of the old one stays', async () => {
    await writeSkillFiles(contents, files);
    const next = { ...files, text: '---\nname: B\n---\n', beside: [files.beside[1]] };
    const newer = next as typeof files;
    await replaceSkillFiles(contents, files.path, newer);
    expect(await readSkillFiles(contents, files.path)).toEqual(newer);
    await writeSkillFiles(contents, { ...files, path: 'user:skills/c/SKILL.md' });
    await replaceSkillFiles(contents, 'user:skills/c/SKILL.md', {
      ...files,
      path: 'user:skills/c.md',
      beside: []
    });
    await expect(contents.get('user:skills/c')).rejects.toThrow();
  });

  it('stay when the ones in their place cannot be written', async () => {
    await writeSkillFiles(contents, files);
    const full = {
      ...contents,
      save: () => Promise.reject(new Error('The disk is full'))
    } as unknown as Contents.IManager;
    await expect(
      replaceSkillFiles(full, files.path, { ...files, beside: [] })
    ).rejects.toThrow('full');
    expect(await readSkillFiles(contents, files.path)).toEqual(files);
  });

  it('keep their id to themselves, be they a skill or not', async () => {
    await writeSkillFiles(contents, { ...files, path: 'user:skills/half.md' });
    await writeSkillFiles(contents, { ...files, path: 'user:skills/half-2/SKILL.md' });
    const taken = await idsOfFiles(contents);
    expect(freeSkillId('half', libraryOf().library, taken)).toBe('half-3');
    expect(await fileOfId(contents, 'half')).toBe('user:skills/half.md');
    expect(await fileOfId(contents, 'half-2')).toBe('user:skills/half-2/SKILL.md');
    expect(await fileOfId(contents, 'half-3')).toBeUndefined();
  });

  it('of a folder skill are all that is in the folder', async () => {
    const folder = { ...files, path: 'user:skills/b/SKILL.md' };
    await writeSkillFiles(contents, folder);
    expect(await readSkillFiles(contents, folder.path)).toEqual(folder);
    await deleteSkillFiles(contents, folder.path);
    await expect(contents.get('user:skills/b')).rejects.toThrow();
  });
});

describe('a new skill', () => {
  it.each([...SKILL_TYPES, 'context' as const])('of kind %s has no problem', kind => {
    const text = newSkillText('my-skill', 'My skill', kind);
    expect(parseSkill(text, 'skills/my-skill.md').problems).toEqual([]);
  });

  it('gets an id that is free', () => {
    const { library } = libraryOf(VQE);
    expect(freeSkillId('Quantum VQE', library)).toBe('quantum-vqe-2');
    expect(freeSkillId('x'.repeat(80), library)).toHaveLength(64);
  });
});
