import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, InputDialog, Notification, showDialog } from '@jupyterlab/apputils';
import { FileDialog, type IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  formatWorkflow,
  toWorkflow,
  WORKFLOW_SUFFIX,
  type ISkill
} from '@llmos-lab/skills';
import type { ReadonlyJSONObject } from '@lumino/coreutils';

import { addCommand } from '../../addCommand';
import { askItem } from '../../askItem';
import { CommandIDs } from '../../commands';
import { workflowIcon } from '../../icons';
import { download } from '../../download';
import { STAYS } from '../../stays';
import { optionalText, type Args } from '../edit/arguments';
import { findNotebook } from '../edit/findNotebook';
import { readCells } from '../edit/notebookCells';
import type { IGraphPictures } from '../tokens';
import {
  EXPORT_FORMATS,
  exportGraph,
  saveExport,
  type ExportFormat
} from './exportGraph';
import { besides, isThere, nameOf, workflowPath } from './paths';
import { WORKFLOW_FACTORY, type IWorkflowServices } from './workflowFactory';

/** What the commands work with. */
export interface IFileCommandContext extends IWorkflowServices {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  readonly browser: IDefaultFileBrowser | null;
  readonly pictures: IGraphPictures | null;
}

/** What the commands return; a dialog that was left is no success and shows nothing. */
export type FileOutcome =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/** Adds the commands that save, open and export workflows. */
export function addFileCommands(context: IFileCommandContext): void {
  const { trans } = context;
  add(context, CommandIDs.workflowSave, {
    label: trans.__('Save as workflow…'),
    caption: trans.__('Save the notebook as a workflow file (JSON)'),
    args: {
      ...NOTEBOOK,
      path: string('Path of the file; without it a dialog asks'),
      overwrite: OVERWRITE
    },
    execute: args => saveWorkflow(context, args)
  });
  add(context, CommandIDs.workflowOpen, {
    label: trans.__('Open workflow…'),
    caption: trans.__('Open a workflow file as a notebook'),
    args: { path: string('Path of the file; without it a dialog asks') },
    execute: args => openWorkflow(context, args)
  });
  add(context, CommandIDs.graphExport, {
    label: trans.__('Export workflow…'),
    caption: trans.__('Export as a notebook, Python script, Mermaid chart or picture'),
    args: {
      ...NOTEBOOK,
      format: {
        type: 'string',
        enum: [...EXPORT_FORMATS],
        description: 'Kind of file; without it a dialog asks'
      },
      path: string('Path to save to; without it the browser downloads the file'),
      overwrite: OVERWRITE
    },
    execute: args => exportFile(context, args)
  });
}

function string(description: string): ReadonlyJSONObject {
  return { type: 'string', description };
}

const OVERWRITE = { type: 'boolean', description: 'Replace a file without asking' };

const NOTEBOOK = {
  notebook: string('Path of an open notebook; without it, the one in front')
};

interface ICommand {
  readonly label: string;
  readonly caption: string;
  readonly args: ReadonlyJSONObject;
  /** Resolves to the path of the file, to null when a dialog was left. */
  readonly execute: (args: Args) => Promise<string | null>;
}

/** Adds one command; a failure is shown here, once, and returned. */
function add(context: IFileCommandContext, id: string, command: ICommand): void {
  const { trans } = context;
  const { execute, ...text } = command;
  const onFault = (reason: string): FileOutcome => {
    Notification.error(reason, { autoClose: STAYS.error });
    return { ok: false, reason };
  };
  const run = async (args: Args): Promise<FileOutcome> => {
    const path = await execute(args);
    return path === null
      ? { ok: false, reason: trans.__('Cancelled.') }
      : { ok: true, path };
  };
  addCommand(context, id, { ...text, icon: workflowIcon, onFault }, run);
}

async function saveWorkflow(
  context: IFileCommandContext,
  args: Args
): Promise<string | null> {
  const { library, documents, trans } = context;
  const notebook = findNotebook(context, optionalText(args, 'notebook'));
  const name = nameOf(notebook.context.path);
  const given =
    optionalText(args, 'path') ??
    (await askPath(context, besides(notebook.context.path, name + WORKFLOW_SUFFIX)));
  if (given === undefined || !notebook.model) {
    return null;
  }
  const path = workflowPath(given);
  if (!(await mayWrite(context, path, args))) {
    return null;
  }
  await library.ready;
  const workflow = toWorkflow(name, {
    cells: readCells(notebook.model),
    find: id => library.get(id)?.skill
  });
  const content = formatWorkflow(workflow);
  await documents.services.contents.save(path, {
    ...{ type: 'file', format: 'text', content }
  });
  Notification.success(trans.__('Saved the workflow as %1.', path), {
    autoClose: 5000
  });
  return path;
}

async function askPath(
  { trans }: IFileCommandContext,
  path: string
): Promise<string | undefined> {
  const { button, value } = await InputDialog.getText({
    title: trans.__('Save as workflow'),
    label: trans.__('Path of the file'),
    text: path,
    okLabel: trans.__('Save')
  });
  const text = value?.trim() ?? '';
  return button.accept && text !== '' ? text : undefined;
}

/** What stands at a path is replaced only when a person or an argument says so. */
async function mayWrite(
  { documents, trans }: IFileCommandContext,
  path: string,
  args: Args
): Promise<boolean> {
  if (
    args['overwrite'] === true ||
    !(await isThere(documents.services.contents, path))
  ) {
    return true;
  }
  const { button } = await showDialog({
    title: trans.__('Replace the file?'),
    body: trans.__('"%1" exists already. Its content will be lost.', path),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Replace') })
    ]
  });
  return button.accept;
}

async function openWorkflow(
  { documents, browser, trans }: IFileCommandContext,
  args: Args
): Promise<string | null> {
  const given = optionalText(args, 'path');
  if (given !== undefined) {
    documents.openOrReveal(given, WORKFLOW_FACTORY);
    return given;
  }
  const { button, value } = await FileDialog.getOpenFiles({
    title: trans.__('Open a workflow file'),
    manager: documents,
    ...(browser ? { defaultPath: browser.model.path } : {}),
    filter: ({ type, name }) =>
      type === 'directory' || name.toLowerCase().endsWith(WORKFLOW_SUFFIX) ? {} : null
  });
  const [file] = button.accept ? (value ?? []) : [];
  if (!file || file.type === 'directory') {
    return null;
  }
  documents.openOrReveal(file.path, WORKFLOW_FACTORY);
  return file.path;
}

async function exportFile(
  context: IFileCommandContext,
  args: Args
): Promise<string | null> {
  const { library, pictures, documents, trans } = context;
  const notebook = findNotebook(context, optionalText(args, 'notebook'));
  const format = formatOf(args, context.trans) ?? (await askFormat(context));
  if (!format) {
    return null;
  }
  const path = optionalText(args, 'path');
  if (path !== undefined && !(await mayWrite(context, path, args))) {
    return null;
  }
  await library.ready;
  const find = (id: string): ISkill | undefined => library.get(id)?.skill;
  const services = { find, pictures, trans };
  const { name, blob, notes } = await exportGraph(notebook, format, services);
  if (path === undefined) {
    download(blob, name);
  } else {
    await saveExport(documents.services.contents, path, format, blob);
  }
  if (notes.length > 0) {
    Notification.info(notes.join(' '), { autoClose: 10_000 });
  }
  return path ?? name;
}

function formatOf(args: Args, trans: TranslationBundle): ExportFormat | undefined {
  const value = optionalText(args, 'format');
  const format = EXPORT_FORMATS.find(each => each === value);
  if (value !== undefined && !format) {
    throw new Error(
      trans.__('The argument "format" must be one of %1.', EXPORT_FORMATS.join(', '))
    );
  }
  return format;
}

async function askFormat({
  trans
}: IFileCommandContext): Promise<ExportFormat | undefined> {
  const labels: Readonly<Record<ExportFormat, string>> = {
    notebook: trans.__('Notebook without outputs (.ipynb)'),
    python: trans.__('Python script (.py)'),
    mermaid: trans.__('Mermaid chart (.mmd)'),
    svg: trans.__('Picture of the graph (.svg)'),
    png: trans.__('Picture of the graph (.png)')
  };
  const chosen = await askItem({
    title: trans.__('Export the workflow'),
    label: trans.__('Kind of file'),
    items: EXPORT_FORMATS.map(format => labels[format]),
    okLabel: trans.__('Export')
  });
  return EXPORT_FORMATS.find(format => labels[format] === chosen);
}
