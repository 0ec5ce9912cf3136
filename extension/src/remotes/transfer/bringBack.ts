import { Notification } from '@jupyterlab/apputils';

import { showProgress } from '../../archive/longWork';
import { openZip } from '../../archive/zipReader';
import { pickFile } from '../../pickFile';
import { STAYS } from '../../stays';
import { HEADS, isBranchName, takenBranchName } from '../../volumes/branchNames';
import { USER_VOLUME } from '../../volumes/copyToUser';
import type { IReadRepository } from '../../volumes/importRepository';
import type { VolumeRepository } from '../../volumes/repository';
import type { ITransferContext } from './context';
import { take } from './pull';

/** Where the branch of a repository that was brought back is remembered. */
const BROUGHT = 'refs/remotes/zip/main';

/**
 * Brings an exported repository back, with what Git has made of it since: into an empty
 * volume as it is, else it is merged as a pull is. Nothing that is here is replaced unasked.
 *
 * @returns whether the volume has now all that it has
 */
export async function bringBack(context: ITransferContext): Promise<boolean> {
  const { trans, volumes } = context;
  const repository = volumes.get(USER_VOLUME)?.repository;
  const file = repository && (await pickFile('.zip'));
  if (!file) {
    return false;
  }
  const { name } = file;
  const read = await showProgress(
    trans.__('Reading "%1"…', name),
    trans,
    async watch => {
      const { readRepository } = await import('../../volumes/importRepository');
      return readRepository(await openZip(file, trans), repository, watch, trans);
    }
  );
  if (!read) {
    return false;
  }
  const isDone = await take(context, USER_VOLUME, {
    name,
    pull: async merge => {
      await repository.receive(read.objects, BROUGHT, read.head);
      return repository.merge(read.head, merge);
    }
  });
  if (isDone) {
    await keepBranches(context, repository, read);
  }
  return isDone;
}

/** Branches that are here stay where they are; one that cannot be here stops no other. */
async function keepBranches(
  { trans }: ITransferContext,
  repository: VolumeRepository,
  { branches }: IReadRepository
): Promise<void> {
  const stayed: string[] = [];
  const unnamed: string[] = [];
  for (const [name, oid] of branches) {
    const here = await repository.refs(HEADS);
    if (here.get(name) === oid) {
      continue;
    }
    if (!isBranchName(name)) {
      unnamed.push(name);
      continue;
    }
    const refs = [...here.keys()].map(each => HEADS + each);
    if (takenBranchName(name, refs, trans) === null) {
      await repository.makeBranch(name, oid);
    } else {
      stayed.push(name);
    }
  }
  if (stayed.length > 0) {
    const text = trans.__(
      'These branches are here already and stay as they are: %1.',
      stayed.join(', ')
    );
    Notification.info(text, { autoClose: STAYS.warning });
  }
  if (unnamed.length > 0) {
    const text = trans.__(
      'These branches were left out, since volumes take no such names: %1. Rename them in Git and bring the repository back again.',
      unnamed.join(', ')
    );
    Notification.warning(text, { autoClose: STAYS.warning });
  }
}
