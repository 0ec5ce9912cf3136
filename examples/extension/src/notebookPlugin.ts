import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  IAssistant,
  IGraphPictures,
  INotebookGraphs,
  INotebookRuns,
  ISkillLibrary,
  ISweeps
} from '@llmos-lab/extension';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { echoProvider } from './echoProvider';

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

/** What a whole run of the notebook would do: one action a code cell, in their order. */
async function planOf(
  runs: INotebookRuns,
  panel: NotebookPanel
): Promise<readonly string[]> {
  const plan = await runs.of(panel).plan({ kind: 'all' });
  return [...plan.cells.values()].map(({ action }) => action);
}

/** Uses what LLMos Lab knows of skills and of the notebook in front. */
export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: 'llmos-example-extension:notebook',
  description: 'Describes the notebook in front, and gives the assistant an echo.',
  autoStart: true,
  requires: [
    INotebookTracker,
    ISettingRegistry,
    ISkillLibrary,
    INotebookGraphs,
    INotebookRuns,
    IGraphPictures,
    IRuntimeHost,
    IAssistant,
    ISweeps
  ],
  activate: (
    { commands }: JupyterFrontEnd,
    notebooks: INotebookTracker,
    settings: ISettingRegistry,
    library: ISkillLibrary,
    graphs: INotebookGraphs,
    runs: INotebookRuns,
    pictures: IGraphPictures,
    host: IRuntimeHost,
    assistant: IAssistant,
    sweeps: ISweeps
  ) => {
    assistant.addProvider(echoProvider);
    commands.addCommand('llmos-example:use-echo', {
      label: 'Let the echo answer',
      caption: 'Set the assistant to the provider of this example',
      describedBy: NO_ARGUMENTS,
      execute: () =>
        settings.set('@llmos-lab/extension:assistant', 'provider', echoProvider.id)
    });
    commands.addCommand('llmos-example:describe-notebook', {
      label: 'Describe this notebook',
      caption: 'Say what the services of LLMos Lab know of the notebook in front',
      describedBy: NO_ARGUMENTS,
      isEnabled: () => notebooks.currentWidget !== null,
      execute: async () => {
        const panel = notebooks.currentWidget;
        if (!panel) {
          return null;
        }
        await Promise.all([library.ready, panel.context.ready]);
        const graph = graphs.of(panel);
        graph.refresh();
        const question = { system: 'Be brief.', text: 'hello' };
        const { signal } = new AbortController();
        return {
          ISkillLibrary: library.search('ground state energy', 1)[0]?.skill.id,
          INotebookGraphs: graph.graph.edges.map(({ name }) => name),
          INotebookRuns: await planOf(runs, panel),
          ISweeps: sweeps.active.length,
          IGraphPictures: (await pictures.draw(panel, 'svg')).type,
          IRuntimeHost: host.hasRuntime('ngspice'),
          IAssistant: await assistant.complete(question, signal)
        };
      }
    });
  }
};
