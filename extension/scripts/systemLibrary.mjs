/**
 * Packs the system library (skills/library/system) into one JSON file beside the
 * compiled volumes feature, which the bundler makes a chunk that is loaded on demand.
 * Run before the extension is bundled: `npm run build:library -w @llmos-lab/extension`.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '../../skills/library/system');
const target = join(here, '../lib/volumes/systemLibrary.json');

/** All files below a folder, sorted, without hidden ones. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const paths = filesIn(source);
const files = Object.fromEntries(
  paths.map(path => [
    `skills/${relative(source, path).split(sep).join('/')}`,
    decoder.decode(readFileSync(path))
  ])
);
const modified = Math.max(0, ...paths.map(path => Math.floor(statSync(path).mtimeMs)));

mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, JSON.stringify({ modified, files }));
console.log(`System library: ${paths.length} files`);
