import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { unzipSync } from 'fflate';

import type { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { QUIET } from './bytes';

/** A clone of what the browser's store exports. */
export async function exportTo(
  folder: string,
  store: DatabaseFileStore
): Promise<string> {
  const blob = await store.repository.export('user.git', QUIET);
  const zip = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  for (const [name, content] of Object.entries(zip)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    if (name.endsWith('/')) {
      mkdirSync(join(folder, name), { recursive: true });
    } else {
      writeFileSync(join(folder, name), content);
    }
  }
  execFileSync('git', ['clone', '--quiet', 'user.git', 'clone'], { cwd: folder });
  return join(folder, 'clone');
}
