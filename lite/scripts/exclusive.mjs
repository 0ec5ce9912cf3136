// @ts-check
/** One build at a time in a repository: a second one waits for the first. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './log.mjs';

const POLL_MS = 500;

/**
 * Whether the process that wrote the lock still runs.
 * @param {string} path
 */
function isHeld(path) {
  const pid = Number(readFileSync(path, 'utf8'));
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Creates the lock file, unless somebody else has it. One whose process has ended is
 * taken away.
 * @param {string} path
 */
function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') {
      throw error;
    }
  }
  try {
    if (!isHeld(path)) {
      rmSync(path, { force: true });
    }
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') {
      throw error; // Gone meanwhile is fine: the next try takes it.
    }
  }
  return false;
}

/**
 * Does the work while it holds the lock.
 * @template T
 * @param {string} path Lock file.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let told = false; !take(path); told = true) {
    if (!told) {
      say('  … another build is at work here: waiting for it');
    }
    await wait(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
