import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  formatWorkflow,
  fromWorkflow,
  notebookCells,
  notebookFile,
  parseWorkflow,
  toMermaid,
  toScript,
  toWorkflow,
  type INotebookCell,
  type ISkill
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { CommandFailure } from '../failure';
import { printLine } from '../output';
import { readSkills } from '../skillFiles';

const ENDINGS = '.ipynb, .workflow.json, .py or .mmd';

/** `llmos workflow convert IN OUT`. */
export function addWorkflowCommand(program: Command): void {
  const workflow = program
    .command('workflow')
    .description('Work with workflow files and notebooks.');
  workflow
    .command('convert')
    .description(
      'Convert a notebook or a workflow file to a notebook, a workflow file, a Python script or a Mermaid chart.'
    )
    .argument('<input>', 'an .ipynb or .workflow.json file')
    .argument('<output>', `a file that ends in ${ENDINGS}`)
    .option('--skills <path>', 'folder of skills, to check inputs and outputs')
    .action(convert);
}

type Find = (id: string) => ISkill | undefined;

async function convert(
  input: string,
  output: string,
  options: { skills?: string }
): Promise<void> {
  const find = options.skills === undefined ? undefined : await finder(options.skills);
  const known: Find = find ?? (() => undefined);
  const cells = /\.ipynb$/i.test(input)
    ? readNotebook(await readText(input), input)
    : readWorkflow(await readText(input), input, find);
  const name = basename(input).replace(/(?:\.workflow\.json|\.[^.]+)$/i, '');
  const text = format(output, name, cells, known);
  await writeFile(output, text).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${output} cannot be written: ${error.message}.`, 2);
  });
  printLine(output);
}

async function finder(path: string): Promise<Find> {
  const { skills } = await readSkills(path);
  const byId = new Map(skills.map(({ skill }) => [skill.id, skill]));
  return id => byId.get(id);
}

function format(
  output: string,
  name: string,
  cells: readonly INotebookCell[],
  find: Find
): string {
  if (/\.ipynb$/i.test(output)) {
    return `${JSON.stringify(notebookFile(cells), null, 1)}\n`;
  }
  if (/\.json$/i.test(output)) {
    return formatWorkflow(toWorkflow(name, { cells, find }));
  }
  if (/\.py$/i.test(output)) {
    const { text, notes } = toScript(name, cells);
    notes.forEach(warn);
    return text;
  }
  if (/\.mmd$/i.test(output)) {
    return toMermaid({ cells, find });
  }
  throw new CommandFailure(
    `${output} has no known ending. Use one that ends in ${ENDINGS}.`,
    2
  );
}

function readWorkflow(
  text: string,
  path: string,
  find: Find | undefined
): readonly INotebookCell[] {
  const { workflow, problems } = parseWorkflow(text, find);
  problems.forEach(({ severity, message }) => warn(`${severity}: ${message}`));
  if (!workflow) {
    throw new CommandFailure(`${path} is no workflow that can be opened.`);
  }
  let count = 0;
  return fromWorkflow(
    workflow,
    find ?? (() => undefined),
    () => `cell-${(count += 1)}`
  );
}

function readNotebook(text: string, path: string): readonly INotebookCell[] {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown fault';
    throw new CommandFailure(
      `${path} is no notebook: its JSON cannot be read (${why}).`
    );
  }
  const cells = notebookCells(data);
  if (!cells) {
    throw new CommandFailure(`${path} is no notebook: it has no list of cells.`);
  }
  return cells;
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      error.code === 'ENOENT'
        ? `There is no file ${path}. Give the path of a notebook or a workflow file.`
        : `${path} cannot be read: ${error.message}.`,
      2
    );
  });
}

/** Remarks go to standard error, so that standard output names the file alone. */
function warn(message: string): void {
  process.stderr.write(`llmos: ${message}\n`);
}
