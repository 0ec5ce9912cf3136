import { assetUrl } from '@llmos-lab/kernel';

import { SCRIPT_PARAMETER } from './protocol';

/** What of a browser's `Navigator` is asked. */
interface IPrecompiler {
  readonly serviceWorker: Pick<ServiceWorkerContainer, 'register'>;
  /** Only Chromium has it, and only Chromium keeps code that way. */
  readonly userAgentData?: unknown;
}

/**
 * Has Chromium compile the script that starts this page, for later visits: in a worker
 * (`worker/precompile.worker.ts`) that serves no page, so its scope is its own name. To
 * register it again does nothing. The site has to be kept already.
 */
export async function precompileStart(
  { serviceWorker, userAgentData }: IPrecompiler,
  page: Pick<Document, 'querySelector'>
): Promise<void> {
  const script = page.querySelector<HTMLLinkElement>('#jupyter-lite-main')?.href;
  if (!script || userAgentData === undefined) {
    return;
  }
  const worker = new URL(assetUrl('precompile.worker.js'));
  worker.searchParams.set(SCRIPT_PARAMETER, script);
  // Without a network, and where a second worker is refused, the next visit tries again.
  await serviceWorker
    .register(worker, { scope: worker.pathname })
    .catch(() => undefined);
}
