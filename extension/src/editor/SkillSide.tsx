import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { IProblem } from '@llmos-lab/skills';
import * as React from 'react';

import type { RenderMarkdown } from '../skills/markdown';
import { EditorProblems } from './EditorProblems';
import type { SideTab, SkillEditorModel } from './editorModel';
import { SkillPreview } from './SkillPreview';
import { SkillTest } from './SkillTest';

/** What stands beside the text: its problems, how it reads, and a place to try it. */
export class SkillSide extends ReactWidget {
  constructor(
    private readonly _model: SkillEditorModel,
    private readonly _show: (problem: IProblem) => void,
    private readonly _renderMarkdown: RenderMarkdown,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-SkillSide');
  }

  protected override render(): React.JSX.Element {
    const model = this._model;
    return (
      <UseSignal signal={model.changed}>
        {() => (
          <SkillSideView
            model={model}
            show={this._show}
            renderMarkdown={this._renderMarkdown}
            trans={this._trans}
          />
        )}
      </UseSignal>
    );
  }
}

/** The side of the editor; both tabs keep their state while the other is in front. */
export interface ISkillSideViewProps {
  readonly model: SkillEditorModel;
  readonly show: (problem: IProblem) => void;
  readonly renderMarkdown: RenderMarkdown;
  readonly trans: TranslationBundle;
}

/** Two tabs under the list of problems. */
export function SkillSideView(props: ISkillSideViewProps): React.JSX.Element {
  const { model, trans } = props;
  const { problems, skill, tab } = model;
  const id = React.useId();
  const tabs: readonly (readonly [SideTab, string])[] = [
    ['preview', trans.__('Preview')],
    ['test', trans.__('Test')]
  ];
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const next = tab === 'preview' ? 'test' : 'preview';
      model.setTab(next);
      document.getElementById(`${id}-${next}`)?.focus();
    }
  };
  return (
    <>
      <EditorProblems problems={problems} show={props.show} trans={trans} />
      <div className="llmos-SkillSide-tabs" role="tablist" onKeyDown={onKeyDown}>
        {tabs.map(([key, label]) => (
          <button
            key={key}
            id={`${id}-${key}`}
            type="button"
            role="tab"
            aria-selected={tab === key}
            aria-controls={`${id}-panel`}
            tabIndex={tab === key ? 0 : -1}
            onClick={() => model.setTab(key)}
          >
            {label}
          </button>
        ))}
      </div>
      <div
        className="llmos-SkillSide-panel"
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${tab}`}
      >
        {tab === 'preview' ? (
          <SkillPreview
            skill={skill}
            renderMarkdown={props.renderMarkdown}
            trans={trans}
          />
        ) : (
          <SkillTest model={model.test} skill={skill} show={props.show} trans={trans} />
        )}
      </div>
    </>
  );
}
