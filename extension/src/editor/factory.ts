import { EditorView } from '@codemirror/view';
import type { IEditorServices } from '@jupyterlab/codeeditor';
import { ABCWidgetFactory, type DocumentRegistry } from '@jupyterlab/docregistry';
import { FileEditor } from '@jupyterlab/fileeditor';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ServiceManager } from '@jupyterlab/services';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { ISkillIndex } from '@llmos-lab/kernel';
import { parseSkill } from '@llmos-lab/skills';

import { cannotBeSaved } from '../notebook/readOnly';
import { markdownRenderer } from '../skills/markdown';
import { sha256Name } from '../sha256';
import type { ISkillLibrary } from '../tokens';
import { splitDrive } from '../volumes/copyToUser';
import { SkillEditorModel } from './editorModel';
import { showFrontMatter } from './frontMatter';
import { createSkillLint } from './lint';
import { SkillDocument } from './SkillDocument';
import { isWaitingFile, SKILL_EDITOR } from './skillFile';
import { TestModel, type ITestedSkill } from './testModel';

/** What the documents are made with. */
export interface ISkillEditorServices {
  readonly library: ISkillLibrary;
  /** Where kernels find versions that are not in the library. */
  readonly index: Pick<ISkillIndex, 'earlier'>;
  readonly editors: IEditorServices;
  readonly rendermime: IRenderMimeRegistry;
  readonly services: ServiceManager.IManager;
  readonly translator: ITranslator;
  readonly trans: TranslationBundle;
}

/** Makes the documents of skill files. */
export class SkillEditorFactory extends ABCWidgetFactory<
  SkillDocument,
  DocumentRegistry.ICodeModel
> {
  constructor(private readonly _services: ISkillEditorServices) {
    super({
      name: SKILL_EDITOR,
      label: _services.trans.__('Skill editor'),
      fileTypes: ['markdown'],
      translator: _services.translator
    });
  }

  protected override createNewWidget(
    context: DocumentRegistry.CodeContext
  ): SkillDocument {
    const { editors, rendermime, services, trans } = this._services;
    const path = (): string => context.path;
    const test = new TestModel({
      services,
      rendermime,
      path,
      prepare: () => this._prepare(context),
      trans
    });
    const model = new SkillEditorModel(test, path);
    const lint = createSkillLint(text => model.setText(text));
    const content = new FileEditor({
      context,
      mimeTypeService: editors.mimeTypeService,
      factory: options =>
        editors.factoryService.newDocumentEditor({
          ...options,
          extensions: [
            ...(options.extensions ?? []),
            lint.extension,
            showFrontMatter(),
            EditorView.contentAttributes.of({
              'aria-label': trans.__('Text of the skill')
            })
          ]
        })
    });
    const renderMarkdown = markdownRenderer(rendermime);
    return new SkillDocument({ content, context, model, lint, renderMarkdown, trans });
  }

  /** Saves the text, so that kernels run what is seen, and finds the skill that it is. */
  private async _prepare(context: DocumentRegistry.CodeContext): Promise<ITestedSkill> {
    const { library, trans } = this._services;
    if (context.model.dirty && !cannotBeSaved(context)) {
      await context.save();
    }
    if (isWaitingFile(context.path)) {
      return this._prepareWaiting(context);
    }
    await library.refresh();
    const own = library.entries.find(entry => entry.path === context.path);
    if (own?.skill.kind === 'executable') {
      return { skill: own.skill };
    }
    const shadowing = library.entries.find(({ shadows }) =>
      shadows.includes(context.path)
    );
    throw new Error(
      shadowing
        ? trans.__('%1 is used instead of this file: test it there.', shadowing.path)
        : trans.__('The library does not have this skill. Mend its problems first.')
    );
  }

  /** One that no library has is called by its version, in the text as it is. */
  private async _prepareWaiting({
    path,
    model
  }: DocumentRegistry.CodeContext): Promise<ITestedSkill> {
    const { index, trans } = this._services;
    const text = model.toString();
    const { skill } = parseSkill(text, path);
    if (skill?.kind !== 'executable') {
      throw new Error(trans.__('This is no skill that runs. Mend its problems first.'));
    }
    const version = await sha256Name(new TextEncoder().encode(text));
    const { drive: volume } = splitDrive(path);
    const others = index.earlier.filter(each => each.path !== path);
    index.earlier = [...others, { skill, text, version, path, volume, shadows: [] }];
    return { skill, version };
  }
}
