// @ts-check
/** What the scripts tell the person: one line a step, with its time, and plain faults. */

/**
 * A fault that the person can do something about. Its message is printed without a
 * stack; `hint` says what to do next.
 */
export class SetupError extends Error {
  /**
   * @param {string} message What happened.
   * @param {string} [hint] What to do next.
   */
  constructor(message, hint) {
    super(message);
    this.name = 'SetupError';
    this.hint = hint;
  }
}

/** @param {number} ms */
function formatTime(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** @param {number} bytes */
export function formatSize(bytes) {
  return bytes < 1e6
    ? `${Math.round(bytes / 1e3)} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs one step and prints what it is and how long it took. A step that returns a
 * string adds it to its line ("nothing to do", "39 files").
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const start = performance.now();
  if (process.stdout.isTTY) {
    process.stdout.write(`  … ${name}`);
  }
  const clear = process.stdout.isTTY ? '\r\x1b[K' : '';
  try {
    const result = await work();
    const note = typeof result === 'string' && result ? `: ${result}` : '';
    say(`${clear}  ✓ ${name}${note} (${formatTime(performance.now() - start)})`);
    return result;
  } catch (error) {
    say(`${clear}  ✗ ${name} (${formatTime(performance.now() - start)})`);
    throw error;
  }
}

/**
 * The one place where a script's faults are shown: prints them and sets the exit code.
 * @param {() => Promise<unknown>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SetupError) {
      process.stderr.write(`\nError: ${error.message}\n`);
      if (error.hint) {
        process.stderr.write(`${error.hint}\n`);
      }
      return;
    }
    process.stderr.write(
      `\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
    );
  }
}
