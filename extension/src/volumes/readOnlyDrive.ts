import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';

import { BesideStore, type IReadOnlyFiles } from './besideStore';
import { VolumeDrive, type DriveAccess } from './volumeDrive';

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
  const store = new BesideStore(files);
  const open = () => Promise.resolve(store);
  const access = besideAccess(files, refusal);
  contents.addDrive(
    new VolumeDrive({ name, access, serverSettings, open, refusal, trans })
  );
}

/** Refuses all that would change the files, and nothing beside them. */
function besideAccess(
  files: IReadOnlyFiles,
  refusal: (path: string) => string
): DriveAccess {
  const yes = { allowed: true } as const;
  return {
    can: () => yes, // all is read
    write: async path =>
      (await files.kindOf(path)) ? { allowed: false, reason: refusal(path) } : yes,
    saves: () => yes
  };
}
