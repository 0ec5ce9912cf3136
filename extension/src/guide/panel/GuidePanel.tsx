import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import { isOwnSite } from '@llmos-lab/kernel';
import * as React from 'react';

import { ModelPanel } from '../../ModelPanel';
import type { GuideModel, PromptState } from './model';
import { PromptCard } from './PromptCard';
import type { IPrompt } from '../prompts/prompt';

/** Where one can go from the guide; each is a command. */
export interface IGuideActions {
  readonly tour: () => void;
  readonly keys: () => void;
  readonly preflight: () => void;
  readonly templates: () => void;
  readonly close: () => void;
}

/** The guide as a widget: hands the model's state to React. */
export class GuidePanel extends ModelPanel<GuideModel> {
  constructor(
    model: GuideModel,
    private readonly _actions: IGuideActions,
    private readonly _trans: TranslationBundle
  ) {
    super(model);
    this.addClass('llmos-Guide');
  }

  /** Puts the focus on the first prompt, once the panel is drawn. */
  async focusFirst(): Promise<void> {
    await this.focusOn('.llmos-GuidePrompt button');
  }

  protected override draw(): React.JSX.Element {
    const { model } = this;
    return (
      <GuideView
        prompts={model.prompts}
        running={model.running}
        state={id => model.state(id)}
        start={id => void model.start(id)}
        stop={() => model.stop()}
        actions={this._actions}
        trans={this._trans}
      />
    );
  }
}

/** The guide by props. */
export interface IGuideViewProps {
  readonly prompts: readonly IPrompt[];
  readonly running: string | null;
  readonly state: (id: string) => PromptState;
  readonly start: (id: string) => void;
  readonly stop: () => void;
  readonly actions: IGuideActions;
  readonly trans: TranslationBundle;
}

/** Prompts to run, and the ways on from there. */
export function GuideView(props: IGuideViewProps): React.JSX.Element {
  const { prompts, running, state, start, stop, actions, trans } = props;
  return (
    <div className="llmos-Guide-view">
      <div className="llmos-Guide-head">
        <h2>{trans.__('Guide')}</h2>
        <button
          type="button"
          className="llmos-Guide-close"
          title={trans.__('Close the guide; it is in the Help menu')}
          aria-label={trans.__('Close the guide')}
          onClick={actions.close}
        >
          <closeIcon.react tag="span" aria-hidden="true" />
        </button>
      </div>
      <p>
        {isOwnSite()
          ? trans.__(
              'Everything here is computed in this browser, without a key or an account. Run one:'
            )
          : trans.__(
              'Everything here is computed without a key or an account. Run one:'
            )}
      </p>
      <ul>
        {prompts.map(prompt => (
          <PromptCard
            key={prompt.id}
            isBlocked={running !== null && running !== prompt.id}
            state={state(prompt.id)}
            {...{ prompt, start, stop, trans }}
          />
        ))}
      </ul>
      <h3>{trans.__('And then')}</h3>
      <div className="llmos-Guide-ways">
        <Way onClick={actions.tour}>{trans.__('Take the tour')}</Way>
        <Way onClick={actions.templates}>
          {trans.__('New notebook from a template…')}
        </Way>
        <Way onClick={actions.keys}>{trans.__('Keyboard map')}</Way>
        <Way onClick={actions.preflight}>{trans.__('What this browser can do')}</Way>
      </div>
    </div>
  );
}

function Way({
  onClick,
  children
}: {
  readonly onClick: () => void;
  readonly children: string;
}): React.JSX.Element {
  return (
    <button type="button" className="llmos-Guide-link" onClick={onClick}>
      {children}
    </button>
  );
}
