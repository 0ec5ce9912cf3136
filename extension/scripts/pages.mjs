/**
 * Pages of their own that the site serves under `llmos/`, beside the application.
 * Run by the build: `npm run build:pages -w @llmos-lab/extension`.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../lib/site');

mkdirSync(target, { recursive: true });
cpSync(join(here, '../pages'), target, { recursive: true });
