import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { askItem } from '../askItem';
import { CommandIDs } from '../commands';
import { compassIcon, workflowIcon } from '../icons';
import type { ISkillLibrary } from '../tokens';
import type { Guide } from './guide';
import { fetchLicences } from './licences';
import { LicenceList } from './LicenceList';
import {
  isTemplateId,
  TEMPLATE_IDS,
  templateCards,
  type TemplateId
} from './templates/cards';

/** What the commands work with. */
export interface IGuideCommandContext {
  readonly app: JupyterFrontEnd;
  readonly shell: ILabShell | null;
  readonly guide: Guide;
  readonly library: ISkillLibrary;
  readonly browser: IDefaultFileBrowser | null;
  readonly trans: TranslationBundle;
}

/** Adds the commands that help people begin. */
export function addGuideCommands(context: IGuideCommandContext): void {
  addGuide(context);
  addTemplates(context);
  addTour(context);
  addHelp(context);
}

function addGuide(context: IGuideCommandContext): void {
  const { guide, trans } = context;
  addCommand(
    context,
    CommandIDs.openGuide,
    {
      label: trans.__('Guide'),
      caption: trans.__('Sample prompts that each run something real'),
      icon: compassIcon,
      args: {
        isRestored: {
          type: 'boolean',
          description: 'Only put it in its place, as it was before a reload'
        }
      }
    },
    async args => {
      if (args.isRestored === true) {
        guide.place();
      } else {
        await (await guide.show()).focusFirst();
      }
    }
  );
  addCommand(
    context,
    CommandIDs.runPrompt,
    {
      label: trans.__('Run a sample prompt'),
      caption: trans.__('Run one of the sample prompts of the guide'),
      icon: compassIcon,
      args: { prompt: { type: 'string', description: 'Id of the prompt' } },
      required: ['prompt']
    },
    async args => {
      const { model } = await guide.show();
      const end = await model.start(textArg(args, 'prompt') ?? '');
      return end.phase;
    }
  );
  addCommand(
    context,
    CommandIDs.stopPrompt,
    {
      label: trans.__('Stop the sample prompt'),
      caption: trans.__('Stop the prompt that runs; what it has computed stays'),
      icon: compassIcon
    },
    async () => (await guide.tracker.currentWidget?.content())?.model.stop()
  );
}

function addTemplates(context: IGuideCommandContext): void {
  const { trans } = context;
  const cards = templateCards(trans);
  const cardOf = (args: CommandArgs): (typeof cards)[TemplateId] | undefined =>
    isTemplateId(args['template']) ? cards[args['template']] : undefined;
  addCommand(
    context,
    CommandIDs.newFromTemplate,
    {
      label: trans.__('New notebook from a template…'),
      labelFor: args => cardOf(args)?.label,
      caption: trans.__('A new notebook that is ready to run and to change'),
      captionFor: args => cardOf(args)?.caption,
      icon: workflowIcon,
      iconFor: args => cardOf(args)?.icon,
      args: {
        template: {
          type: 'string',
          enum: [...TEMPLATE_IDS],
          description: 'Which template; without it a dialog asks'
        },
        cwd: { type: 'string', description: 'Folder for the notebook' }
      }
    },
    async args => {
      const given = args['template'];
      const id = isTemplateId(given) ? given : await askTemplate(context);
      return id && newFromTemplate(context, id, textArg(args, 'cwd'));
    }
  );
}

async function askTemplate({
  trans
}: IGuideCommandContext): Promise<TemplateId | undefined> {
  const cards = templateCards(trans);
  const label = await askItem({
    title: trans.__('New notebook from a template'),
    label: trans.__('Template'),
    items: TEMPLATE_IDS.map(id => cards[id].label),
    okLabel: trans.__('Create')
  });
  return TEMPLATE_IDS.find(id => cards[id].label === label);
}

/** Makes the notebook and opens it; the launcher gives its place to what is returned. */
async function newFromTemplate(
  { app, library, browser, trans }: IGuideCommandContext,
  id: TemplateId,
  folder = browser?.model.path ?? ''
): Promise<unknown> {
  const [{ createNotebook }, { templateWorkflow }] = await Promise.all([
    import('./templates/create'),
    import('./templates/workflows')
  ]);
  const { contents } = app.serviceManager;
  const workflow = templateWorkflow(id, trans);
  const path = await createNotebook({ contents, library }, folder, workflow);
  return app.commands.execute('docmanager:open', { path });
}

function addTour(context: IGuideCommandContext): void {
  const { app, shell, trans } = context;
  addCommand(
    context,
    CommandIDs.startTour,
    {
      label: trans.__('Tour of the panels'),
      caption: trans.__('Show the panels one by one; Escape ends it'),
      icon: compassIcon
    },
    async () => {
      const { startTour } = await import('./tour/startTour');
      await startTour({ app, shell, trans });
    }
  );
}

/** What the Help menu has besides: keys, preflight, licences. */
function addHelp(context: IGuideCommandContext): void {
  const { app, trans } = context;
  addCommand(
    context,
    CommandIDs.showKeys,
    {
      label: trans.__('Keyboard map'),
      caption: trans.__('Show the keys of LLMos Lab and of notebooks')
    },
    async () => {
      const { showKeys } = await import('./keys/showKeys');
      await showKeys(app.commands, trans);
    }
  );
  addCommand(
    context,
    CommandIDs.preflight,
    {
      label: trans.__('What this browser can do'),
      caption: trans.__('Try what LLMos Lab uses, and say what a lack costs')
    },
    async () => {
      const { showPreflight } = await import('./preflight/showPreflight');
      await showPreflight(trans);
    }
  );
  addCommand(
    context,
    CommandIDs.showLicences,
    {
      label: trans.__('Licences of LLMos Lab'),
      caption: trans.__('Show what this site ships, and under which licences')
    },
    () => showLicences(context)
  );
}

async function showLicences({ app, trans }: IGuideCommandContext): Promise<void> {
  const licences = await fetchLicences(app.serviceManager.serverSettings, trans);
  await showDialog({
    title: trans.__('Licences of LLMos Lab'),
    body: ReactWidget.create(React.createElement(LicenceList, { licences, trans })),
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
}
