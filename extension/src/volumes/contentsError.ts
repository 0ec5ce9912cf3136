import type { TranslationBundle } from '@jupyterlab/translation';
import { VolumeError, type VolumeErrorCode } from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';
import { ContentFormatError } from './contentsModel';
import { FileStoreError, type FileStoreErrorCode } from './fileStore';

/**
 * A refused or failed operation on a drive. JupyterLab reads `response.status`
 * (404 not there, 409 taken, 403 read only) to offer the right dialog.
 */
export class ContentsError extends Error {
  constructor(status: number, message: string) {
    super(message);
    this.name = 'ContentsError';
    this.response = { status };
  }

  readonly response: { readonly status: number };
}

const STATUS: Record<FileStoreErrorCode, number> = {
  'not-found': 404,
  exists: 409,
  'not-a-directory': 400,
  'is-a-directory': 400,
  'bad-path': 400,
  lost: 500
};

/** Faults of a history; the rest are none of the caller's. */
const HISTORY_STATUS: Partial<Record<VolumeErrorCode, number>> = {
  'no-such-commit': 404,
  'no-such-file': 404,
  'bad-path': 400,
  'not-a-folder': 400,
  'is-a-folder': 400,
  forbidden: 403
};

/** What a store says as an error that Contents clients read. */
export function toContentsError(
  error: unknown,
  { volume, path }: { readonly volume: string; readonly path: string },
  trans: TranslationBundle
): ContentsError {
  if (error instanceof ContentsError) {
    return error;
  }
  if (error instanceof FileStoreError) {
    return new ContentsError(STATUS[error.code], error.say(trans));
  }
  if (error instanceof ContentFormatError) {
    return new ContentsError(400, error.say(trans));
  }
  const reason = reasonOf(error);
  const status = error instanceof VolumeError && HISTORY_STATUS[error.code];
  return status
    ? new ContentsError(status, reason)
    : new ContentsError(
        500,
        trans.__(
          'The volume "%1" could not be reached for "%2": %3',
          ...[volume, path, reason]
        )
      );
}
