import type { TranslationBundle } from '@jupyterlab/translation';
import type { IGitObject, INamedObject } from '@llmos-lab/skills';

import type { IWatch } from '../archive/longWork';
import type { IArchiveIn } from '../archive/zipReader';
import { neededBy, readLoose } from './backup';
import { HEADS, MAIN } from './branchNames';
import { PackFault, readPack } from './packFile';
import type { VolumeRepository } from './repository';

/** A Git repository as a zip has it, as far as a volume lacks it. */
export interface IReadRepository {
  readonly objects: readonly INamedObject[];
  /** Where the branch is that the files stand on. */
  readonly head: string;
  /** The others, by name. */
  readonly branches: ReadonlyMap<string, string>;
}

/**
 * Reads a repository from a zip: a bare one, such as a volume was exported as, or the
 * folder of a clone. Nothing is written. Tags are left out.
 *
 * @throws Error when there is none, or not all of its history is there
 */
export async function readRepository(
  files: IArchiveIn,
  volume: Pick<VolumeRepository, 'object'>,
  watch: IWatch,
  trans: TranslationBundle
): Promise<IReadRepository> {
  const root = rootOf(files.paths);
  if (root === undefined) {
    throw new Error(trans.__('There is no Git repository in this zip.'));
  }
  const refs = await readRefs(files, root);
  const head = await readHead(files, root, refs);
  if (!head) {
    throw new Error(trans.__('The branch of this repository has no commits.'));
  }
  const found = new Map<string, IGitObject>();
  const stored = files.paths.filter(path => path.startsWith(`${root}objects/`));
  for (const [at, path] of stored.entries()) {
    watch.signal.throwIfAborted();
    const loose = /objects\/([0-9a-f]{2})\/([0-9a-f]{38})$/.exec(path);
    if (loose) {
      const oid = `${loose[1]}${loose[2]}`;
      found.set(oid, await readLoose(await files.read(path), oid, trans));
    } else if (path.endsWith('.pack')) {
      const index = await files.read(path.replace(/pack$/, 'idx'));
      const packed = await readPack(await files.read(path), index).catch(
        (error: unknown) => {
          throw error instanceof PackFault
            ? new Error(trans.__('A pack of the repository is damaged.'))
            : error;
        }
      );
      packed.forEach((object, oid) => found.set(oid, object));
    }
    watch.progress((at + 1) / stored.length);
  }
  const branches = new Map(
    [...refs].flatMap(([ref, oid]) =>
      ref.startsWith(HEADS) && ref !== head.ref ? [[ref.slice(HEADS.length), oid]] : []
    )
  );
  const objects = await reachable(
    [head.oid, ...branches.values()],
    found,
    volume,
    trans
  );
  return { objects, head: head.oid, branches };
}

/** Folder with `HEAD`, `objects` and `refs`, the outermost one. */
function rootOf(paths: readonly string[]): string | undefined {
  const [root] = paths
    .filter(path => /(?:^|\/)HEAD$/.test(path))
    .map(path => path.slice(0, -'HEAD'.length))
    .filter(root => paths.some(path => path.startsWith(`${root}objects/`)))
    .sort((a, b) => a.length - b.length);
  return root;
}

async function readRefs(
  files: IArchiveIn,
  root: string
): Promise<ReadonlyMap<string, string>> {
  const text = async (path: string): Promise<string> =>
    new TextDecoder().decode(await files.read(path));
  const refs = new Map<string, string>();
  if (files.paths.includes(`${root}packed-refs`)) {
    const lines = (await text(`${root}packed-refs`)).split('\n');
    for (const line of lines) {
      const [, oid, name] = /^([0-9a-f]{40}) (refs\/\S+)$/.exec(line) ?? [];
      if (oid !== undefined && name !== undefined) {
        refs.set(name, oid);
      }
    }
  }
  for (const path of files.paths.filter(each => each.startsWith(`${root}refs/`))) {
    const oid = (await text(path)).trim();
    if (/^[0-9a-f]{40}$/.test(oid)) {
      refs.set(path.slice(root.length), oid);
    }
  }
  return refs;
}

/** The branch that the repository stands on; null where that has no commits. */
async function readHead(
  files: IArchiveIn,
  root: string,
  refs: ReadonlyMap<string, string>
): Promise<{ readonly ref: string; readonly oid: string } | null> {
  const text = new TextDecoder().decode(await files.read(`${root}HEAD`)).trim();
  const named = /^ref: (\S+)$/.exec(text)?.[1] ?? MAIN;
  const ref = refs.has(named) ? named : MAIN;
  const oid = refs.get(ref);
  return oid === undefined ? null : { ref, oid };
}

/**
 * What the branches need and the volume does not have; what it has, it has with all that
 * belongs to it.
 */
async function reachable(
  heads: readonly string[],
  found: ReadonlyMap<string, IGitObject>,
  volume: Pick<VolumeRepository, 'object'>,
  trans: TranslationBundle
): Promise<readonly INamedObject[]> {
  const wanted = new Map<string, INamedObject>();
  const seen = new Set<string>();
  const open = [...heads];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (seen.has(oid)) {
      continue;
    }
    seen.add(oid);
    const object = found.get(oid);
    if (await volume.object(oid)) {
      continue;
    }
    if (!object) {
      throw new Error(
        trans.__('The repository lacks the object %1. Is it a whole clone?', oid)
      );
    }
    const named = { oid, ...object };
    wanted.set(oid, named);
    open.push(...neededBy(named));
  }
  return [...wanted.values()];
}
