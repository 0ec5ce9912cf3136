/** Skills from elsewhere: a folder, a file, a zip or a Git repository. */
import { lstatSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import {
  checkIncoming,
  formatSkill,
  readImport,
  withoutLogin,
  zipReader,
  type IImport,
  type IIncomingFile
} from '@llmos-lab/skills';
import { unzipSync } from 'fflate';
import { listWork } from './clone';
import { CommandFailure, WRONG_USAGE } from './failure';
import { cloneFrom } from './git/cloneFrom';
import { gitIn } from './git/gitIn';
import { placeIn } from './placeIn';
import { withScratchFolder } from './scratchFolder';

const ZIPS = zipReader(unzipSync);

/** The skills of a folder, a Markdown file or a zip. */
export async function readSource(source: string): Promise<IImport> {
  return readImport(await readFiles(source), ZIPS);
}

/**
 * The skills in the newest commit of a repository, each with where it comes from.
 *
 * @param folder within the repository, or empty for all of it
 */
export async function readRepository(url: string, folder: string): Promise<IImport> {
  return withScratchFolder('llmos-import-', async scratch => {
    const clone = join(scratch, 'source');
    await cloneFrom(url, { folder: clone, depth: 1 });
    const commit = (await gitIn(clone).raw('rev-parse', 'HEAD')).trim();
    await rm(join(clone, '.git'), { recursive: true });
    const place = folder === '' ? clone : placeIn(clone, folder);
    const found = readImport(await readFiles(place), ZIPS);
    const source = { url: withoutLogin(url), commit, ...(folder !== '' && { folder }) };
    return {
      ...found,
      skills: found.skills.map(skill => ({
        ...skill,
        text: formatSkill(skill.text, { keys: { imported_from: source } })
      }))
    };
  });
}

/**
 * All files of a folder, or one file; links and Git's own folder are left out. Names and
 * sizes are checked before anything is read.
 *
 * @throws IncomingError when there is more than an import may hold
 */
async function readFiles(source: string): Promise<readonly IIncomingFile[]> {
  const info = lstatSync(source, { throwIfNoEntry: false });
  if (!info) {
    throw new CommandFailure(
      `There is no file or folder ${source}. Give a folder of skills, a skill file, ` +
        'a zip or an address.',
      WRONG_USAGE
    );
  }
  const root = resolve(info.isFile() ? dirname(source) : source);
  const inside = info.isFile() ? [basename(source)] : await listWork(root, '.');
  const paths = inside
    .map(path => relative('.', path).split(sep).join('/'))
    .filter(path => !path.split('/').includes('.git'));
  const isFolderOfOne = paths.some(path => /^skill\.md$/i.test(path));
  const prefix = isFolderOfOne ? `${basename(root)}/` : '';
  checkIncoming(
    paths.map(path => ({
      path: prefix + path,
      size: lstatSync(join(root, path)).size
    }))
  );
  const files: IIncomingFile[] = [];
  for (const path of paths) {
    const bytes = new Uint8Array(await readFile(join(root, path)));
    files.push({ path: prefix + path, bytes });
  }
  return files;
}
