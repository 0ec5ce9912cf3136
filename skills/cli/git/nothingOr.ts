import { VolumeError } from '@llmos-lab/skills';

/** Of a commit that failed: null where all is as it should be already. */
export function nothingOr(error: unknown): null {
  if (error instanceof VolumeError && error.code === 'nothing-to-commit') {
    return null;
  }
  throw error;
}
