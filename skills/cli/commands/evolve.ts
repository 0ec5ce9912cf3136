import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mine, parseTraces, type IPattern, type ITrace } from '@llmos-lab/skills';
import type { Command } from 'commander';
import { writeCandidates, type IWritten } from '../evolution/writeCandidates';
import { CommandFailure } from '../failure';
import { count, printJson, printLine } from '../output';
import { readSkills } from '../skillFiles';

interface IOptions {
  readonly volume: string;
  readonly replay: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly minCount: string;
  readonly minSuccess: string;
}

/** `llmos evolve`: the workflows that recur in a volume's traces. */
export function addEvolveCommand(program: Command): void {
  const environment = process.env;
  program
    .command('evolve')
    .description("Find the workflows that recur with success in a volume's traces.")
    .requiredOption('--volume <dir>', 'folder of the volume')
    .option('--dry-run', 'write nothing')
    .option('--no-replay', 'mine only; without it, skills to review are written')
    .option('--json', 'print JSON')
    .option(
      '--min-count <n>',
      'least number of runs',
      environment['LLMOS_MIN_PATTERN_COUNT'] ?? '3'
    )
    .option(
      '--min-success <share>',
      'least share of successful runs, 0 to 1',
      environment['LLMOS_MIN_SUCCESS_RATE'] ?? '0.7'
    )
    .action(evolve);
}

async function evolve(options: IOptions): Promise<void> {
  const minCount = readNumber('--min-count', options.minCount, 1, Infinity);
  const minSuccess = readNumber('--min-success', options.minSuccess, 0, 1);
  const { traces, problems } = await readTraces(options.volume);
  const objectives = await readObjectives(options.volume);
  const mining = { minCount, minSuccess, objectives };
  const patterns = mine(traces, mining);
  const written: IWritten =
    options.replay && !options.dryRun
      ? await writeCandidates(options.volume, traces, mining)
      : { candidates: [], setAside: [] };
  problems.forEach(problem => process.stderr.write(`llmos: ${problem}\n`));
  if (options.json) {
    printJson({
      traces: traces.length,
      patterns: patterns.map(({ traces: ids, ...pattern }) => ({
        ...pattern,
        traces: ids
      })),
      candidates: written.candidates,
      accepted: [],
      rejected: written.setAside
    });
    return;
  }
  for (const pattern of patterns) {
    printPattern(pattern);
  }
  printLine(
    `${count(patterns.length, 'pattern')} in ${count(traces.length, 'trace')}.`
  );
  written.setAside.forEach(({ id, reason }) =>
    printLine(`No skill for ${id}: ${reason}`)
  );
  for (const id of written.candidates) {
    printLine(
      `Wrote evolution/candidates/${id}.md, not replayed: this command runs no skills. ` +
        'The Evolution panel of the site verifies it.'
    );
  }
}

function readNumber(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high)) {
    const range = high === Infinity ? `from ${low}` : `from ${low} to ${high}`;
    throw new CommandFailure(`${name} needs a number ${range}, not "${text}".`, 2);
  }
  return value;
}

/** The runs of all sessions of a volume; unreadable lines are reported and left out. */
async function readTraces(
  volume: string
): Promise<{ readonly traces: ITrace[]; readonly problems: string[] }> {
  const folder = join(volume, 'sessions');
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new CommandFailure(
      `${volume} has no folder "sessions". Give the folder of a volume that has sessions in it.`,
      2
    );
  });
  const traces: ITrace[] = [];
  const problems: string[] = [];
  for (const { name } of entries.filter(entry => entry.isDirectory())) {
    const path = join(folder, name, 'traces.jsonl');
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        // A session in which nothing has run yet.
        return '';
      }
      throw new CommandFailure(`${path} cannot be read: ${error.message}.`);
    });
    const parsed = parseTraces(text);
    problems.push(
      ...parsed.problems.map(({ line, message }) => `${path}:${line}: ${message}`)
    );
    for (const trace of parsed.traces) {
      if (trace.kind === undefined) {
        traces.push(trace);
      }
    }
  }
  return { traces, problems };
}

/** What the volume's skills aim at, by id. */
async function readObjectives(volume: string): Promise<ReadonlyMap<string, string>> {
  const { skills } = await readSkills(volume);
  return new Map(
    skills.flatMap(({ skill }) =>
      skill.kind === 'executable' && skill.objective !== undefined
        ? [[skill.id, skill.objective] as const]
        : []
    )
  );
}

function printPattern(pattern: IPattern): void {
  printLine(pattern.nodes.join(', '));
  const percent = (100 * pattern.success).toFixed(0);
  printLine(
    `    ${count(pattern.count, 'run')} by ${count(pattern.users, 'person')}, ` +
      `${percent} % successful`
  );
  for (const [from, output, to, input] of pattern.edges) {
    printLine(`    ${from}.${output} → ${to}.${input}`);
  }
  for (const [name, parameter] of Object.entries(pattern.parameters)) {
    if (parameter.kind !== 'free') {
      const range =
        parameter.low === null
          ? ''
          : ` (${String(parameter.low)} to ${String(parameter.high)})`;
      printLine(`    ${name} = ${JSON.stringify(parameter.default)}${range}`);
    }
  }
}
