// @ts-check
/** Where things stand in the repository and in the built site. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';

export const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const LITE = join(ROOT, 'lite');
/** Downloads and stamps: kept between builds, shared by them, never committed. */
export const CACHE = join(LITE, '.cache');
/** The static site. */
export const SITE = join(LITE, 'dist');
/** The site with Galata's helper in it, for tests only. */
export const TEST_SITE = join(CACHE, 'test-site');
/** Wheels: `llmos`, and `llmos-lab` with the labextensions. */
export const WHEELS = join(ROOT, 'dist');
export const VENV = join(ROOT, '.venv');
const VENV_BIN = join(VENV, windows ? 'Scripts' : 'bin');
export const PYTHON = join(VENV_BIN, windows ? 'python.exe' : 'python');
export const JUPYTER = join(VENV_BIN, windows ? 'jupyter.exe' : 'jupyter');

/** The page that `npm run lab` opens. */
export const START_PAGE = 'lab/index.html?path=h2-vqe.ipynb';
