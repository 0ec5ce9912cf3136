import { assetUrl } from '@llmos-lab/kernel';

import { SCRIPT_PARAMETER } from './protocol';

/** The scripts that the build has joined, which the page preloads. */
const START = 'link[rel="preload"][as="script"]';

/** What of a browser's `Navigator` is asked. */
interface IPrecompiler {
  readonly serviceWorker: Pick<ServiceWorkerContainer, 'register'>;
  /** Only Chromium has it, and only Chromium keeps code that way. */
  readonly userAgentData?: unknown;
}

/**
 * Has Chromium compile the scripts that start this page, for later visits: in a worker
 * (`worker/precompile.worker.ts`) that serves no page, so its scope is its own name. To
 * register it again does nothing. The site has to be kept already.
 */
export async function precompileStart(
  { serviceWorker, userAgentData }: IPrecompiler,
  page: Pick<Document, 'querySelectorAll'>
): Promise<void> {
  const scripts = page.querySelectorAll<HTMLLinkElement>(START);
  if (scripts.length === 0 || userAgentData === undefined) {
    return;
  }
  const worker = new URL(assetUrl('precompile.worker.js'));
  scripts.forEach(({ href }) => worker.searchParams.append(SCRIPT_PARAMETER, href));
  // Without a network, and where a second worker is refused, the next visit tries again.
  await serviceWorker
    .register(worker, { scope: worker.pathname })
    .catch(() => undefined);
}
