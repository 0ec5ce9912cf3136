import type { Contents } from '@jupyterlab/services';
import { BrowserStorageDrive } from '@jupyterlite/services';
import { stripTrust } from '@llmos-lab/kernel';

/** JupyterLite's default drive; no notebook that it gives claims to be trusted. */
export class UntrustingDrive extends BrowserStorageDrive {
  override async get(
    path: string,
    options?: Contents.IFetchOptions
  ): Promise<Contents.IModel> {
    return stripTrust(await super.get(path, options));
  }
}
