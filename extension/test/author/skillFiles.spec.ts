import '../browser';

import type { Contents, ServerConnection } from '@jupyterlab/services';

import { freeSkillId } from '../../src/author/newId';
import {
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
function contentsOf(drive: VolumeDrive): Contents.IManager {
  const local = (path: string): string => path.replace(/^user:/, '');
  return {
    get: (path: string, options: Contents.IFetchOptions) =>
      drive.get(local(path), options),
    save: (path: string, model: Partial<Contents.IModel>) =>
      drive.save(local(path), model),
    delete: (path: string) => drive.delete(local(path))
  } as unknown as Contents.IManager;
}

describe('the files of a skill', () => {
  const drive = new VolumeDrive({
    name: 'user',
    access: accessTo('user'),
    serverSettings: {} as ServerConnection.ISettings,
    open: () => Promise.resolve(new MemoryFileStore(() => 0)),
    refusal: path => path
  });
  const contents = contentsOf(drive);
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
