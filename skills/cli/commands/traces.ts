import { readFile } from 'node:fs/promises';
import { parseTraces, RUN_STATUSES, type TraceRecord } from '@llmos-lab/skills';
import { Option, type Command } from 'commander';
import { withFolders, type Named } from '../checkedOut';
import { byWhom } from '../identity';
import { oneOf } from '../oneOf';
import { readCount, VOLUME_HELP } from '../options';
import { count, minute, printJson, printLine, printTable } from '../output';
import { placeIn } from '../placeIn';
import { volumeOr } from '../places';
import { tracePaths } from '../sessionFiles';

interface IListOptions {
  readonly volume?: string;
  readonly session?: string;
  readonly skill?: string;
  readonly status?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** `llmos traces list|show`. */
export function addTracesCommand(program: Command): void {
  const traces = program
    .command('traces')
    .description('Traces: what ran, with what, and how it went.');
  traces
    .command('list')
    .description('List runs, the newest first.')
    .option('--volume <dir>', VOLUME_HELP)
    .option('--session <id>', 'only those of one session')
    .option('--skill <id>', 'only runs that called this skill')
    .addOption(
      new Option('--status <status>', 'only those that ended so').choices(RUN_STATUSES)
    )
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos traces list --volume . --skill quantum-vqe --status failed'
    )
    .action(list);
  traces
    .command('show')
    .description('Show one run, cell by cell.')
    .argument('<id>', 'id of the run, or how it begins')
    .option('--volume <dir>', VOLUME_HELP)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos traces show 01J5A2 --volume .')
    .action(show);
}

async function list(options: IListOptions): Promise<void> {
  const limit = readCount('--limit', options.limit);
  const { traces, problems } = await readTraces(volumeOr(options.volume));
  const shown = traces
    .filter(
      trace =>
        (options.session ?? trace.session) === trace.session &&
        (options.status ?? trace.status) === trace.status &&
        (options.skill === undefined || skillsOf(trace).includes(options.skill))
    )
    .slice(0, limit);
  if (options.json) {
    printJson({ traces: shown, problems });
  } else {
    printTable(
      shown.map(trace => [
        trace.id,
        minute(trace.started),
        trace.status,
        `${trace.ms} ms`,
        trace.kind === 'chat' ? `chat: ${trace.prompt}` : skillsOf(trace).join(', ')
      ])
    );
    printLine(`${count(shown.length, 'trace')}.`);
    problems.forEach(problem => printLine(problem));
  }
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function skillsOf(trace: TraceRecord): readonly string[] {
  return trace.kind === 'chat'
    ? trace.skills_used
    : trace.nodes.flatMap(({ skill }) => skill ?? []);
}

async function show(
  given: string,
  options: { readonly volume?: string; readonly json?: boolean }
): Promise<void> {
  const volume = volumeOr(options.volume);
  const { traces } = await readTraces(volume);
  const trace = oneOf(traces, given, { noun: 'trace', volume });
  if (options.json) {
    printJson(trace);
    return;
  }
  printLine(`${trace.id}: ${trace.status}, ${trace.ms} ms`);
  printLine(`session ${trace.session}, ${byWhom(trace.user)}started ${trace.started}`);
  if (trace.kind === 'chat') {
    printLine(trace.prompt);
    return;
  }
  for (const { id: node, skill, status, ms, inputs, outputs, error } of trace.nodes) {
    printLine();
    printLine(`${node}  ${skill ?? 'plain cell'}  ${status}  ${ms} ms`);
    printValues('in', inputs);
    printValues('out', outputs);
    if (error) {
      printLine(`    ${error.name}: ${error.message}`);
    }
  }
}

function printValues(
  label: string,
  values: Readonly<Record<string, { readonly value?: unknown; readonly hash?: string }>>
): void {
  for (const [name, { value, hash }] of Object.entries(values)) {
    const shown = value === undefined ? (hash ?? 'not kept') : JSON.stringify(value);
    printLine(`    ${label.padEnd(3)} ${name} = ${shown}`);
  }
}

/** What the traces of a volume's sessions say, and which lines say nothing. */
interface IFoundTraces {
  readonly traces: readonly TraceRecord[];
  readonly problems: readonly string[];
}

/** All records of a volume's sessions, the newest first. */
function readTraces(volume: string): Promise<IFoundTraces> {
  return withFolders([volume], ([folder = volume], named) => tracesIn(folder, named));
}

async function tracesIn(volume: string, named: Named): Promise<IFoundTraces> {
  const traces: TraceRecord[] = [];
  const problems: string[] = [];
  for (const path of await tracePaths(volume)) {
    const place = placeIn(volume, path);
    const read = parseTraces(await readFile(place, 'utf8'));
    traces.push(...read.traces);
    problems.push(
      ...read.problems.map(({ line, message }) => `${named(place)}:${line}: ${message}`)
    );
  }
  const newest = (a: TraceRecord, b: TraceRecord): number =>
    a.started < b.started ? 1 : a.started > b.started ? -1 : a.id < b.id ? 1 : -1;
  return { traces: traces.sort(newest), problems };
}
