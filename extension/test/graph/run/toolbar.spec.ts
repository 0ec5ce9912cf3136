import '../../browser';

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ToolbarWidgetRegistry } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { RunMenu } from '../../../src/graph/run/RunMenu';
import { addRunToolbar } from '../../../src/graph/run/toolbar';
import type { INotebookRun, INotebookRuns } from '../../../src/graph/run/tokens';

interface ISchema {
  readonly 'jupyter.lab.toolbars': {
    readonly Notebook: readonly { readonly name: string; readonly rank: number }[];
  };
}

it('has the run controls made where the settings place them: first', () => {
  const defaultFactory = (): Widget => {
    throw new Error('Nobody makes this item.');
  };
  const toolbars = new ToolbarWidgetRegistry({ defaultFactory });
  const owner = {};
  const run = {
    ...{
      path: 'a.ipynb',
      states: new Map(),
      isRunning: false,
      canStop: false,
      progress: null
    },
    ...{ shownPlan: null, changed: new Signal<unknown, unknown>(owner) }
  } as unknown as INotebookRun;
  const runs = { of: () => run } as unknown as INotebookRuns;
  const trans = nullTranslator.load('llmos');
  addRunToolbar(toolbars, runs, new CommandRegistry(), trans);

  const file = join(__dirname, '../../../schema/run.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as ISchema;
  const [item] = schema['jupyter.lab.toolbars'].Notebook;
  // JupyterLab's own first item, "save", has rank 10.
  expect(item?.rank).toBeLessThan(10);
  const made = toolbars.createWidget('Notebook', new Widget(), {
    name: item?.name ?? ''
  });
  expect(made.hasClass('llmos-RunToolbarItem')).toBe(true);
  made.dispose();
});

it('gives the focus back to the button when the menu closes', () => {
  const button = document.createElement('button');
  document.body.append(button);
  const menu = new RunMenu(new CommandRegistry(), []);
  menu.openBelow(button);
  expect(menu.isAttached).toBe(true);
  menu.close();
  expect(document.activeElement).toBe(button);
  menu.dispose();
  button.remove();
});
