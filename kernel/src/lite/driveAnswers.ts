import {
  DriveContentsProcessor,
  type TDriveMethod,
  type TDriveRequest,
  type TDriveResponse
} from '@jupyterlite/services';

import { refusalOf } from './driveRefusal';

/**
 * Lets every request of Python to a drive have an answer. JupyterLite answers nothing
 * where Contents throws, as a volume that may not be changed does, and Python, which
 * waits for the answer, would do so for ever. Both ways to the page, by service worker
 * and by shared memory, make their own processor of this class.
 */
export function answerRefusals(): void {
  const { prototype } = DriveContentsProcessor;
  const process = prototype.processDriveRequest;
  prototype.processDriveRequest = async function <T extends TDriveMethod>(
    request: TDriveRequest<T>
  ): Promise<TDriveResponse<T>> {
    try {
      return (await process.call(this, request)) as TDriveResponse<T>;
    } catch (error) {
      // The worker takes it out before anyone reads it as an answer.
      return refusalOf(error) as unknown as TDriveResponse<T>;
    }
  };
}
