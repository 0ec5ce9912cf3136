import type { IDocumentManager } from '@jupyterlab/docmanager';
import {
  formatWorkflow,
  fromWorkflow,
  notebookCells,
  notebookFile,
  parseWorkflow,
  toWorkflow,
  type IParsedWorkflow,
  type INotebookCell,
  type ISkill,
  type IWorkflow
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import type { ISkillLibrary } from '../../tokens';
import { besides, isThere, nameOf } from './paths';

type Find = (id: string) => ISkill | undefined;

/** Reads a workflow file's text against the skills that are there. */
export async function readWorkflow(
  library: ISkillLibrary,
  text: string
): Promise<IParsedWorkflow> {
  await library.ready;
  return parseWorkflow(text, id => library.get(id)?.skill);
}

/** The notebook that a workflow was opened as. */
interface IOpenedNotebook {
  readonly path: string;
  /** False where one beside the file was that workflow. */
  readonly isNew: boolean;
}

/**
 * Opens a notebook that is this workflow: the one beside its file when that says the same
 * and has no edits that are not saved, else a new one under a name that is free.
 */
export async function openAsNotebook(
  documents: IDocumentManager,
  library: ISkillLibrary,
  path: string,
  workflow: IWorkflow
): Promise<IOpenedNotebook> {
  const { contents } = documents.services;
  const find: Find = id => library.get(id)?.skill;
  const cells = fromWorkflow(workflow, find, () => UUID.uuid4());
  const wanted = workflowText(cells, find);
  for (let count = 1; ; count++) {
    const name = `${nameOf(path)}${count === 1 ? '' : `-${count}`}.ipynb`;
    const notebook = besides(path, name);
    if (!(await isThere(contents, notebook))) {
      const content = notebookFile(cells);
      await contents.save(notebook, { type: 'notebook', format: 'json', content });
      documents.openOrReveal(notebook);
      return { path: notebook, isNew: true };
    }
    const { content: file } = (await contents.get(notebook, {
      type: 'notebook',
      format: 'json',
      content: true
    })) as { content: unknown };
    const old = notebookCells(file);
    const isEdited = documents.findWidget(notebook)?.context.model.dirty === true;
    if (old && !isEdited && workflowText(old, find) === wanted) {
      documents.openOrReveal(notebook);
      return { path: notebook, isNew: false };
    }
  }
}

/** What two notebooks of the same workflow have in common. */
function workflowText(cells: readonly INotebookCell[], find: Find): string {
  return formatWorkflow(toWorkflow('-', { cells, find }));
}
