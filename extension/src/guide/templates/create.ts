import type { Contents } from '@jupyterlab/services';
import {
  fromWorkflow,
  isSkillNode,
  notebookFile,
  type IWorkflow
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import { isThere } from '../../graph/files/paths';
import type { ISkillLibrary } from '../../tokens';

/** What a notebook is made with. */
export interface ITemplateServices {
  readonly contents: Contents.IManager;
  readonly library: Pick<ISkillLibrary, 'ready' | 'get'>;
}

/**
 * Writes a new notebook of a workflow into a folder, under the workflow's name or the
 * first free one like it.
 *
 * @returns the notebook's path
 */
export async function createNotebook(
  { contents, library }: ITemplateServices,
  folder: string,
  workflow: IWorkflow
): Promise<string> {
  await library.ready;
  const path = await freePath(contents, folder, workflow.name);
  const cells = fromWorkflow(
    withVersions(workflow, library),
    id => library.get(id)?.skill,
    () => UUID.uuid4()
  );
  const content = notebookFile(cells);
  await contents.save(path, { type: 'notebook', format: 'json', content });
  return path;
}

/** The skills as they are now: the notebook says which ones it was made with. */
function withVersions(
  workflow: IWorkflow,
  library: Pick<ISkillLibrary, 'get'>
): IWorkflow {
  const nodes = workflow.nodes.map(node => {
    const version = isSkillNode(node) ? library.get(node.skill)?.version : undefined;
    return version === undefined ? node : { ...node, version };
  });
  return { ...workflow, nodes };
}

async function freePath(
  contents: Contents.IManager,
  folder: string,
  name: string
): Promise<string> {
  const start = folder === '' || folder.endsWith(':') ? folder : `${folder}/`;
  for (let count = 1; ; count++) {
    const path = `${start}${name}${count === 1 ? '' : `-${count}`}.ipynb`;
    if (!(await isThere(contents, path))) {
      return path;
    }
  }
}
