import { findingsNode } from './findings';
import { probeBrowser } from './probes';
import { PLAIN } from './texts';

/** The page that needs nothing of the application: tries the browser and says what it has. */
async function show(): Promise<void> {
  const place = document.querySelector('[role="status"]');
  const worker = new URL('precompile.worker.js', location.href).href;
  place?.replaceChildren(findingsNode(await probeBrowser({ worker }), PLAIN));
}

void show();
