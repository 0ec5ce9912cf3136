import { readFile } from 'node:fs/promises';
import {
  fromWorkflow,
  parseWorkflow,
  type INotebookCell,
  type ISkill
} from '@llmos-lab/skills';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { unreadable } from '../notebookFile';
import { warn } from '../output';

/**
 * The cells of a workflow file; its faults are said on standard error.
 *
 * @param find knows skills, to check inputs and outputs
 * @throws CommandFailure when it cannot be opened at all
 */
export async function readWorkflowFile(
  path: string,
  find: ((id: string) => ISkill | undefined) | undefined
): Promise<readonly INotebookCell[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error, 'a notebook or a workflow file');
  });
  const { workflow, problems } = parseWorkflow(text, find);
  if (!workflow && !/\.json$/i.test(path)) {
    throw new CommandFailure(
      `${path} is no notebook or workflow file. Give one that ends in .ipynb or .workflow.json.`,
      WRONG_USAGE
    );
  }
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
