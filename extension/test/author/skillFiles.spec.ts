import '../browser';

import type { Contents, ServerConnection } from '@jupyterlab/services';

import { freeSkillId } from '../../src/author/newId';
import {
  copyToUser,
  deleteSkillFiles,
  readSkillFiles,
  writeSkillFiles
} from '../../src/author/skillFiles';
import { newSkillText } from '../../src/author/template';
import { MemoryFileStore } from '../../src/volumes/memoryStore';
import { VolumeDrive } from '../../src/volumes/volumeDrive';
import { parseSkill, SKILL_TYPES } from '@llmos-lab/skills';
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
      refusal: path => path
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
    const { content } = await contents.get(copy.path, {
      type: 'file',
      format: 'base64'
    });
    expect([copy.path, content]).toEqual(['user:skills/shared/data/y.bin', 'AP8=']);
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
