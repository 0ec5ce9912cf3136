import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IWorkflow } from '@llmos-lab/skills';

import { isThere } from '../../graph/files/paths';
import { openedForGood } from '../../skills/openedNotebook';
import { createNotebook } from '../templates/create';
import type { IGuideContext } from './prompt';

/** A notebook that a prompt runs. */
export interface IWanted {
  /** Where it stands in the site. */
  readonly path: string;
  /** What it is made of where it is not there, as in ordinary JupyterLab. */
  readonly workflow: () => IWorkflow;
}

/** Opens the notebook of a prompt; makes it where there is none. */
export async function openNotebook(
  context: IGuideContext,
  wanted: IWanted
): Promise<NotebookPanel> {
  const path = await pathOf(context, wanted);
  const opened: unknown = await context.app.commands.execute('docmanager:open', {
    path
  });
  const panel = opened as NotebookPanel;
  await openedForGood(panel);
  return panel;
}

async function pathOf(
  { app, library }: IGuideContext,
  { path, workflow }: IWanted
): Promise<string> {
  const { contents } = app.serviceManager;
  if (await isThere(contents, path)) {
    return path;
  }
  const made = workflow();
  const earlier = `${made.name}.ipynb`;
  return (await isThere(contents, earlier))
    ? earlier
    : createNotebook({ contents, library }, '', made);
}
