import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Verdict } from '@llmos-lab/skills';

import { VolumeAccess, type ReadFile } from './access';
import { ReadOnlyStore, type IReadOnlyFiles } from './readOnlyStore';
import { VolumeDrive } from './volumeDrive';

/**
 * Adds a drive whose files can only be read: commits as they were, shares of others. What
 * cells write beside them stays in memory. Trust is stripped from what it gives, as by
 * every drive of ours.
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
  const access = new BesideAccess(files);
  const store = new ReadOnlyStore(files);
  const open = () => Promise.resolve(store);
  contents.addDrive(
    new VolumeDrive({ name, access, serverSettings, open, refusal, trans })
  );
}

/** Refuses all that would change the files, and nothing beside them. */
class BesideAccess extends VolumeAccess {
  constructor(private readonly _files: IReadOnlyFiles) {
    // Nobody writes to the system volume by hand; the same rule holds here.
    super(
      () => ({ kind: 'system' }),
      () => ({ kind: 'user', id: '', teams: [] })
    );
  }

  override async write(path: string, read: ReadFile): Promise<Verdict> {
    const isGiven = (await this._files.stat(path)) !== undefined;
    return isGiven ? super.write(path, read) : { allowed: true };
  }
}
