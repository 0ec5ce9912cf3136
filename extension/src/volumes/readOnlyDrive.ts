import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';

import { VolumeAccess } from './access';
import { ReadOnlyStore, type IReadOnlyFiles } from './readOnlyStore';
import { VolumeDrive } from './volumeDrive';

/**
 * Adds a drive that can only be read: commits as they were, shares of others. Trust is
 * stripped from what it gives, as by every drive of ours.
 *
 * @param refusal what to tell a person who tries to change a file there
 */
export function addReadOnlyDrive(
  { app, trans }: { readonly app: JupyterFrontEnd; readonly trans: TranslationBundle },
  name: string,
  files: IReadOnlyFiles,
  refusal: (path: string) => string
): void {
  const { contents, serverSettings } = app.serviceManager;
  // Nobody writes to the system volume by hand; the same rule holds here.
  const access = new VolumeAccess(
    () => ({ kind: 'system' }),
    () => ({ kind: 'user', id: '', teams: [] })
  );
  const store = new ReadOnlyStore(files);
  const open = () => Promise.resolve(store);
  contents.addDrive(
    new VolumeDrive({ name, access, serverSettings, open, refusal, trans })
  );
}
