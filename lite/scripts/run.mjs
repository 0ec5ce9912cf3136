// @ts-check
/** Child processes: quiet while they work, whole output when they fail. */
import { spawn } from 'node:child_process';
import { SetupError } from './log.mjs';
import { ROOT } from './paths.mjs';

const KEEP_LINES = 60;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] Default: the repository.
 * @property {Record<string, string | undefined>} [env] Added to the environment.
 * @property {boolean | 'errors'} [show] Pass the output on while it runs, or only what
 *   goes to standard error.
 * @property {string} [hint] What to do when it fails.
 * @property {string} [input] Text for its standard input.
 * @property {number} [timeoutMs] Ends it after this time.
 */

/**
 * @typedef {object} RunResult
 * @property {number} code Exit code; 127 if the command does not exist.
 * @property {string} output Standard output and error, in the order they came.
 */

/**
 * Runs a command and returns its exit code and output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function tryRun(command, args, options = {}) {
  return new Promise(done => {
    const child = spawn(command, [...args], {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      chunks.push(chunk);
      if (options.show === true) {
        process.stdout.write(chunk);
      }
    });
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
      chunks.push(chunk);
      if (options.show !== undefined && options.show !== false) {
        process.stderr.write(chunk);
      }
    });
    const finish = (/** @type {number} */ code) =>
      done({ code, output: Buffer.concat(chunks).toString('utf8') });
    child.on('error', error => {
      chunks.push(Buffer.from(error.message));
      finish(127);
    });
    child.on('close', code => finish(code ?? 1));
    child.stdin.on('error', () => {
      // The child has closed its input already: its exit code tells what matters.
    });
    child.stdin.end(options.input ?? '');
  });
}

/**
 * Runs a command that has to succeed; throws with the end of its output otherwise.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} Its output.
 */
export async function run(command, args, options = {}) {
  const { code, output } = await tryRun(command, args, options);
  if (code === 0) {
    return output;
  }
  const tail = options.show ? '' : `\n${lastLines(output)}`;
  throw new SetupError(
    `"${[command, ...args].join(' ')}" ended with code ${code}.${tail}`,
    options.hint
  );
}

/** @param {string} text */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-KEEP_LINES).join('\n');
}
