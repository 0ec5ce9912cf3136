import type { CodeMirrorEditor } from '@jupyterlab/codemirror';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { FileEditor } from '@jupyterlab/fileeditor';
import type { TranslationBundle } from '@jupyterlab/translation';
import { runIcon, saveIcon, ToolbarButton } from '@jupyterlab/ui-components';
import type { IProblem } from '@llmos-lab/skills';
import { BoxPanel, SplitPanel, type BoxLayout, type Widget } from '@lumino/widgets';

import { skillsIcon } from '../icons';
import { cannotBeSaved } from '../notebook/readOnly';
import type { RenderMarkdown } from '../skills/markdown';
import type { SkillEditorModel } from './editorModel';
import type { ISkillLint } from './lint';
import { SkillSide } from './SkillSide';

/** Below this width of the document the side goes under the text, in pixels. */
const NARROW = 720;

/** What the document is made of, beyond a file editor and its context. */
export interface ISkillDocumentOptions extends DocumentWidget.IOptions<FileEditor> {
  readonly model: SkillEditorModel;
  readonly lint: ISkillLint;
  readonly renderMarkdown: RenderMarkdown;
  readonly trans: TranslationBundle;
}

/**
 * A skill file: JupyterLab's own text editor, with problems, preview and test beside it.
 * The text editor stays the document's content, so that search, the cursor's position in
 * the status bar and the editor's commands work as for any text.
 */
export class SkillDocument extends DocumentWidget<FileEditor> {
  constructor(options: ISkillDocumentOptions) {
    super(options);
    this.skill = options.model;
    this._lint = options.lint;
    this.addClass('llmos-SkillDocument');
    this.title.icon = skillsIcon;
    const { trans, renderMarkdown } = options;
    const show = (problem: IProblem): void => this.showLine(problem.line);
    const side = new SkillSide(this.skill, show, renderMarkdown, trans);
    this._split = new SplitPanel({ spacing: 1 });
    this._split.addWidget(this.content);
    this._split.addWidget(side);
    this._split.setRelativeSizes([3, 2]);
    BoxPanel.setStretch(this._split, 1);
    (this.layout as BoxLayout).addWidget(this._split);
    this._addButtons(trans);
    this.skill.test.changed.connect(this._onTest, this);
    void this.context.ready.then(() => this._onReady());
  }

  readonly skill: SkillEditorModel;

  override dispose(): void {
    if (!this.isDisposed) {
      this.skill.dispose();
      super.dispose();
    }
  }

  /** Puts the cursor in a 1-based line. */
  showLine(line: number): void {
    const { editor } = this.content;
    const position = { line: Math.max(line - 1, 0), column: 0 };
    editor.setCursorPosition(position);
    editor.revealPosition(position);
    editor.focus();
  }

  protected override onResize(msg: Widget.ResizeMessage): void {
    super.onResize(msg);
    const width = msg.width < 0 ? this.node.offsetWidth : msg.width;
    this._split.orientation = width < NARROW ? 'vertical' : 'horizontal';
  }

  private _addButtons(trans: TranslationBundle): void {
    this.toolbar.addItem(
      'save',
      new ToolbarButton({
        icon: saveIcon,
        tooltip: trans.__('Save the skill'),
        enabled: true,
        onClick: () => void this.context.save()
      })
    );
    this.toolbar.addItem(
      'test',
      new ToolbarButton({
        icon: runIcon,
        label: trans.__('Test'),
        tooltip: trans.__('Save the skill and run it with the inputs of the Test tab'),
        onClick: () => {
          this.skill.setTab('test');
          void this.skill.test.run();
        }
      })
    );
  }

  private _onReady(): void {
    if (!this.isDisposed) {
      const isReadOnly = cannotBeSaved(this.context);
      this.content.editor.setOption('readOnly', isReadOnly);
      // Later texts come from the linter, once a person stops typing.
      this.skill.setText(this.context.model.toString());
    }
  }

  /** A failed run is marked at its line, until the next one. */
  private _onTest(): void {
    const { failure } = this.skill.test.state;
    if (failure !== this._failure && !this.isDisposed) {
      this._failure = failure;
      const problems = failure && failure.line > 0 ? [failure] : [];
      this._lint.setOthers(problems, (this.content.editor as CodeMirrorEditor).editor);
    }
  }

  private readonly _split: SplitPanel;
  private readonly _lint: ISkillLint;
  private _failure: IProblem | undefined;
}
