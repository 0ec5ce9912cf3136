import { assetUrl, isOwnSite } from '@llmos-lab/kernel';

import { probeBrowser, type IFinding, type IProbeOptions } from './probes';

/** Tries the browser; only our own site has a service worker. */
export function probeHere(options: IProbeOptions = {}): Promise<readonly IFinding[]> {
  return probeBrowser({
    ...options,
    // Without scripts in its address this worker does nothing.
    ...(isOwnSite() && { worker: assetUrl('precompile.worker.js') })
  });
}
