import { basename } from 'node:path';
import {
  formatWorkflow,
  notebookCells,
  notebookFile,
  toMermaid,
  toScript,
  toWorkflow,
  type INotebookCell,
  type IScript,
  type ISkill
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { withFolders } from '../checkedOut';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { printJson, printLine, warn } from '../output';
import { readNotebookFile } from '../notebookFile';
import { refuseFolder } from '../requireFolder';
import { readSkills } from '../skillFiles';
import { readWorkflowFile } from '../workflow/readWorkflow';
import { writeWhole } from '../writeWhole';
import { addWorkflowRun } from './workflowRun';

const ENDINGS = '.ipynb, .workflow.json, .py or .mmd';

/** `llmos workflow run|convert`. */
export function addWorkflowCommand(program: Command): void {
  const workflow = program
    .command('workflow')
    .description('Work with workflow files and notebooks.');
  addWorkflowRun(workflow);
  workflow
    .command('convert')
    .description(
      'Convert a notebook or a workflow file to a notebook, a workflow file, a Python script or a Mermaid chart.'
    )
    .argument('<input>', 'an .ipynb or .workflow.json file')
    .argument('<output>', `a file that ends in ${ENDINGS}`)
    .option('--skills <path>', 'folder of skills, to check inputs and outputs')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos workflow convert h2-vqe.ipynb h2-vqe.workflow.json'
    )
    .action(convert);
}

type Find = (id: string) => ISkill | undefined;

async function convert(
  input: string,
  output: string,
  options: { skills?: string; json?: boolean }
): Promise<void> {
  refuseFolder(output);
  const find = options.skills === undefined ? undefined : await finder(options.skills);
  const known: Find = find ?? (() => undefined);
  const cells = /\.ipynb$/i.test(input)
    ? await readNotebook(input)
    : await readWorkflowFile(input, find);
  const name = basename(input).replace(/(?:\.workflow\.json|\.[^.]+)$/i, '');
  const { text, notes } = format(output, name, cells, known);
  await writeWhole(output, text);
  if (options.json) {
    printJson({ output, notes });
  } else {
    notes.forEach(warn);
    printLine(output);
  }
}

async function finder(path: string): Promise<Find> {
  const { skills } = await withFolders([path], ([folder = path]) => readSkills(folder));
  const byId = new Map(skills.map(({ skill }) => [skill.id, skill]));
  return id => byId.get(id);
}

function format(
  output: string,
  name: string,
  cells: readonly INotebookCell[],
  find: Find
): IScript {
  if (/\.ipynb$/i.test(output)) {
    return { text: `${JSON.stringify(notebookFile(cells), null, 1)}\n`, notes: [] };
  }
  if (/\.json$/i.test(output)) {
    return { text: formatWorkflow(toWorkflow(name, { cells, find })), notes: [] };
  }
  if (/\.py$/i.test(output)) {
    return toScript(name, cells);
  }
  if (/\.mmd$/i.test(output)) {
    return { text: toMermaid({ cells, find }), notes: [] };
  }
  throw new CommandFailure(
    `${output} has no known ending. Use one that ends in ${ENDINGS}.`,
    WRONG_USAGE
  );
}

async function readNotebook(path: string): Promise<readonly INotebookCell[]> {
  const cells = notebookCells(await readNotebookFile(path));
  if (!cells) {
    throw new CommandFailure(`${path} is no notebook: it has no list of cells.`);
  }
  return cells;
}
