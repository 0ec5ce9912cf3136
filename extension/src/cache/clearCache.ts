import type { TranslationBundle } from '@jupyterlab/translation';
import type { IResultCache } from '@llmos-lab/kernel';

/** How clearing speaks with the person. */
export interface IClearing {
  /** Asks whether to go on. */
  confirm(question: string): Promise<boolean>;
  tell(message: string): void;
}

/** Bytes in megabytes as settings count them, with one digit. */
function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/**
 * Forgets all results after telling how much there is; false when the person does not
 * want that after all.
 */
export async function clearCache(
  cache: Pick<IResultCache, 'usage' | 'limit' | 'clear'>,
  trans: TranslationBundle,
  { confirm, tell }: IClearing
): Promise<boolean> {
  const { bytes, entries } = await cache.usage();
  if (entries === 0) {
    tell(
      trans.__(
        'The result cache is empty. Run a cell that calls a skill, and its result is kept here.'
      )
    );
    return false;
  }
  const question = trans._n(
    'It holds the result of %1 skill call, %2 of at most %3 MB. The call will be ' +
      'computed again when it is next made. Notebooks and their outputs stay as they are.',
    'It holds the results of %1 skill calls, %2 of at most %3 MB. Each will be ' +
      'computed again when it is next made. Notebooks and their outputs stay as they are.',
    entries,
    megabytes(bytes),
    megabytes(cache.limit)
  );
  if (!(await confirm(question))) {
    return false;
  }
  await cache.clear();
  tell(
    trans._n(
      'The result cache is empty: %1 result (%2 MB) is gone.',
      'The result cache is empty: %1 results (%2 MB) are gone.',
      entries,
      megabytes(bytes)
    )
  );
  return true;
}
