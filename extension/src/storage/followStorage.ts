import type { Contents } from '@jupyterlab/services';

import type { IVolumes } from '../tokens';
import type { StorageModel } from './model';

/** While files are saved the room is measured no more often than this. */
export const MEASURE_MS = 10_000;

/**
 * Measures the room as files grow, and asks the browser to keep them once there is
 * something worth keeping: at the first commit, once a page, since a browser may ask the
 * person for it each time.
 */
export function followStorage(parts: {
  readonly volumes: Pick<IVolumes, 'volumes' | 'changed'>;
  readonly contents: Pick<Contents.IManager, 'fileChanged'>;
  readonly model: Pick<StorageModel, 'keep' | 'refresh'>;
  readonly onError: (error: unknown) => void;
}): void {
  const { volumes, contents, model, onError } = parts;
  let isAsked = false;
  let isWaiting = false;
  const measureSoon = (): void => {
    if (!isWaiting) {
      isWaiting = true;
      setTimeout(() => {
        isWaiting = false;
        model.refresh().catch(onError);
      }, MEASURE_MS);
    }
  };
  const onCommit = (): void => {
    if (isAsked) {
      measureSoon();
    } else {
      isAsked = true;
      model.keep().catch(onError);
    }
  };
  const follow = (): void => {
    for (const { repository } of volumes.volumes) {
      // A slot that is connected already is not connected again.
      repository?.committed.connect(onCommit);
    }
  };
  follow();
  volumes.changed.connect(follow);
  contents.fileChanged.connect(measureSoon);
}
