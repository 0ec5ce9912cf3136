import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { IEditorServices, IPositionModel } from '@jupyterlab/codeeditor';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { runIcon } from '@jupyterlab/ui-components';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { addCommand, textArg } from '../addCommand';
import { CommandIDs } from '../commands';
import { ISkillLibrary } from '../tokens';
import { SkillEditorFactory } from './factory';
import { preferSkillEditor } from './registry';
import { SkillDocument } from './SkillDocument';
import { SKILL_EDITOR } from './skillFile';

/** The editor for skill files: text, problems, preview and test. */
export const editorPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:editor',
  description: 'Opens skill files in an editor with problems, a preview and a test.',
  autoStart: true,
  requires: [
    ...[ISkillLibrary, IEditorServices, IRenderMimeRegistry, IDocumentManager],
    IRuntimeHost
  ],
  optional: [ITranslator, ILayoutRestorer, IPositionModel, IMainMenu],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    editors: IEditorServices,
    rendermime: IRenderMimeRegistry,
    documents: IDocumentManager,
    host: IRuntimeHost,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    positions: IPositionModel | null,
    menu: IMainMenu | null
  ) => {
    const language = translator ?? nullTranslator;
    const trans = language.load('llmos');
    const services = app.serviceManager;
    const tracker = new WidgetTracker<SkillDocument>({
      namespace: 'llmos-skill-editor'
    });
    const factory = new SkillEditorFactory({
      ...{ library, editors, rendermime, services, trans },
      ...{ index: host.skills, translator: language }
    });
    factory.widgetCreated.connect((_, widget) => {
      widget.context.pathChanged.connect(() => void tracker.save(widget));
      void tracker.add(widget);
    });
    app.docRegistry.addWidgetFactory(factory);
    preferSkillEditor(app.docRegistry);
    void restorer?.restore(tracker, {
      command: 'docmanager:open',
      args: widget => ({ path: widget.context.path, factory: SKILL_EDITOR }),
      name: widget => widget.context.path
    });
    positions?.addEditorProvider(widget =>
      Promise.resolve(widget instanceof SkillDocument ? widget.content.editor : null)
    );
    addUndo(app, menu, trans);
    addTestCommand({ app, trans }, library, documents);
  }
};

/** Lets Edit, Undo and Redo of the menu act on the text. */
function addUndo(
  { commands, shell }: JupyterFrontEnd,
  menu: IMainMenu | null,
  trans: ReturnType<ITranslator['load']>
): void {
  const isEnabled = (): boolean => shell.currentWidget instanceof SkillDocument;
  const schema = { args: { type: 'object', properties: {} } } as const;
  for (const [id, label, method] of [
    [CommandIDs.undoInSkill, trans.__('Undo in the skill'), 'undo'],
    [CommandIDs.redoInSkill, trans.__('Redo in the skill'), 'redo']
  ] as const) {
    commands.addCommand(id, {
      label,
      caption: label,
      isEnabled,
      describedBy: schema,
      execute: () => {
        const widget = shell.currentWidget;
        if (widget instanceof SkillDocument) {
          widget.content.editor[method]();
        }
      }
    });
    menu?.editMenu.undoers[method].add({ id, isEnabled, rank: 10 });
  }
}

function addTestCommand(
  context: Parameters<typeof addCommand>[0],
  library: ISkillLibrary,
  documents: IDocumentManager
): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.testSkill,
    {
      label: trans.__('Test skill'),
      caption: trans.__('Open a skill and run it with its defaults'),
      icon: runIcon,
      args: { id: { type: 'string', description: 'Id of the skill' } },
      required: ['id'],
      isEnabled: args =>
        library.get(textArg(args, 'id') ?? '')?.skill.kind === 'executable'
    },
    async args => {
      const entry = library.get(textArg(args, 'id') ?? '');
      const widget = entry && documents.openOrReveal(entry.path, SKILL_EDITOR);
      if (!(widget instanceof SkillDocument)) {
        throw new Error(trans.__('There is no such skill. Look it up in the library.'));
      }
      await widget.context.ready;
      widget.skill.setTab('test');
      await widget.skill.test.run();
    }
  );
}
