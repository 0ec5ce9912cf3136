// @ts-check
/** What has to be there before a build: Node, Python, the venv, the npm packages. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SetupError, step } from './log.mjs';
import { LITE, PYTHON, ROOT, VENV } from './paths.mjs';
import { run, tryRun } from './run.mjs';
import { hashInputs } from './stamp.mjs';

const NODE_MAJOR = 20;
/** @type {readonly [number, number]} */
const PYTHON_LEAST = [3, 11];

/**
 * Refuses a Node that is too old.
 * @param {string} [version]
 */
export function checkNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) < NODE_MAJOR) {
    throw new SetupError(
      `LLMos Lab needs Node ${NODE_MAJOR} or newer; this is Node ${version}.`,
      'Install a newer Node (https://nodejs.org) and run the command again.'
    );
  }
}

/**
 * Reads "3.11.7" and says whether it is new enough.
 * @param {string} version
 */
export function isPythonNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (
    major > PYTHON_LEAST[0] || (major === PYTHON_LEAST[0] && minor >= PYTHON_LEAST[1])
  );
}

/** @returns {Promise<string>} The command of a Python that is new enough. */
async function findPython() {
  const least = PYTHON_LEAST.join('.');
  /** @type {string[]} */
  const seen = [];
  const commands = process.env.PYTHON
    ? [process.env.PYTHON]
    : ['python3.11', 'python3', 'python3.12', 'python3.13', 'python'];
  for (const command of commands) {
    const { code, output } = await tryRun(command, [
      '-c',
      'import sys; print(".".join(map(str, sys.version_info[:3])))'
    ]);
    const version = output.trim();
    if (code === 0 && isPythonNewEnough(version)) {
      return command;
    }
    if (code === 0) {
      seen.push(`${command} is ${version}`);
    }
  }
  throw new SetupError(
    seen.length
      ? `LLMos Lab needs Python ${least} or newer; ${seen.join(', ')}.`
      : `LLMos Lab needs Python ${least} or newer; none was found.`,
    `Install Python ${least} with its venv module, or name one: PYTHON=/path/to/python3 npm run lab`
  );
}

/** @param {string} venv */
const pythonOf = venv => join(venv, relative(VENV, PYTHON));

/**
 * Makes a virtual environment with the chosen Python, if there is none that works.
 * @param {string} [venv]
 */
export async function makeVenv(venv = VENV) {
  const there = pythonOf(venv);
  if (existsSync(there) && (await tryRun(there, ['-c', 'import pip'])).code === 0) {
    return 'there';
  }
  const python = await findPython();
  rmSync(venv, { recursive: true, force: true });
  await run(python, ['-m', 'venv', venv], {
    hint: 'Install the venv module of your Python (Debian and Ubuntu: apt-get install python3-venv).'
  });
  return 'made';
}

/**
 * Installs one requirements file; nothing to do when it has not changed.
 * @param {string} file Name of a file in `lite/`.
 * @param {{ venv?: string, also?: readonly string[] }} [options] Another environment than
 *   `.venv`, and packages on top of the file.
 */
export async function installRequirements(file, { venv = VENV, also = [] } = {}) {
  const path = join(LITE, file);
  const hash = hashInputs([path], venv, ...also);
  const stamp = join(venv, `.${file}.hash`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return 'there';
  }
  await run(
    pythonOf(venv),
    [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      ...['--retries', '3', '-r', path, ...also]
    ],
    {
      hint: 'The Python package registry could not serve this. Check the network, a proxy (HTTPS_PROXY) or your mirror (PIP_INDEX_URL), then run the command again.'
    }
  );
  writeFileSync(stamp, hash);
  return 'installed';
}

/**
 * Whether `node_modules` holds what the lock file says, told from npm's own record, so
 * that a tree which somebody keeps current by hand is not thrown away.
 * @param {string} lockText package-lock.json
 * @param {string} installedText node_modules/.package-lock.json
 */
export function isInstalled(lockText, installedText) {
  /** @typedef {{ version?: string, optional?: boolean, link?: boolean, peer?: boolean }} Entry */
  const wanted = /** @type {{ packages: Record<string, Entry> }} */ (
    JSON.parse(lockText)
  );
  const there = /** @type {{ packages: Record<string, Entry> }} */ (
    JSON.parse(installedText)
  );
  return Object.entries(wanted.packages).every(
    ([path, entry]) =>
      !path.includes('node_modules/') ||
      entry.optional ||
      (entry.link
        ? there.packages[path]?.link === true
        : there.packages[path]?.version === entry.version)
  );
}

async function installNpm() {
  const lock = join(ROOT, 'package-lock.json');
  const record = join(ROOT, 'node_modules/.package-lock.json');
  if (
    existsSync(record) &&
    isInstalled(readFileSync(lock, 'utf8'), readFileSync(record, 'utf8'))
  ) {
    return 'there';
  }
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const env = { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const { code, output } = await tryRun('npm', ['ci', ...flags], { env });
  if (code === 0) {
    return 'installed';
  }
  if (output.includes('EUSAGE')) {
    throw new SetupError(
      `package-lock.json does not agree with the package.json files.\n${firstLines(output)}`,
      'Run npm install and commit the lock file.'
    );
  }
  throw new SetupError(
    `npm ci ended with code ${code}.\n${firstLines(output)}`,
    'The npm registry could not serve this. Check the network, a proxy or your mirror (npm config get registry), then run the command again.'
  );
}

/** npm tells the cause first and its own usage after it. */
function firstLines(/** @type {string} */ output) {
  return output.split('\n').slice(0, 20).join('\n');
}

/** What a build needs of PyPI, and what the tests need on top. */
const FOR_BUILDS = ['requirements.txt'];
const FOR_TESTS = [...FOR_BUILDS, 'requirements-test.txt'];

/** Everything a build needs. Cheap when it is there already. */
export async function setUp(requirements = FOR_BUILDS) {
  checkNode();
  await step('Python environment (.venv)', () => makeVenv());
  await step('Packages of npm and PyPI', async () => {
    const [npm, pypi] = await Promise.all([installNpm(), installAll(requirements)]);
    return npm === pypi ? npm : `npm ${npm}, PyPI ${pypi}`;
  });
}

/** Everything the tests need. */
export async function setUpTests() {
  await setUp(FOR_TESTS);
}

/**
 * One file after the other: pip cannot work twice in one environment.
 * @param {readonly string[]} files
 */
async function installAll(files) {
  const results = [];
  for (const file of files) {
    results.push(await installRequirements(file));
  }
  return results.includes('installed') ? 'installed' : 'there';
}
