import type { TranslationBundle } from '@jupyterlab/translation';
import { runIcon, stopIcon, UseSignal } from '@jupyterlab/ui-components';
import {
  checkInput,
  type CellArgument,
  type IExecutableSkill,
  type IPort,
  type IProblem,
  type ISkill
} from '@llmos-lab/skills';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import { FormField } from '../form/FormField';
import type { IField } from '../form/fields';
import type { ITestState, TestModel } from './testModel';

export interface ISkillTestProps {
  readonly model: TestModel;
  readonly skill: ISkill | undefined;
  readonly show: (problem: IProblem) => void;
  readonly trans: TranslationBundle;
}

/** A form with the skill's inputs, a button that runs it, and what came out. */
export function SkillTest(props: ISkillTestProps): React.JSX.Element {
  const { model, skill, trans } = props;
  return (
    <UseSignal signal={model.changed}>
      {() => (
        <div className="llmos-SkillTest">
          {skill?.kind === 'executable' ? (
            <Form {...props} skill={skill} />
          ) : (
            <p className="llmos-SkillSide-empty">
              {skill
                ? trans.__('This skill guides the assistant: there is nothing to run.')
                : trans.__('Mend the problems above, then try the skill here.')}
            </p>
          )}
          <Status {...props} />
          <Output model={model} />
        </div>
      )}
    </UseSignal>
  );
}

function Form(
  props: ISkillTestProps & { readonly skill: IExecutableSkill }
): React.JSX.Element {
  const { model, skill, trans } = props;
  const { status, values } = model.state;
  const isBusy = status === 'starting' || status === 'running';
  const fields = skill.inputs.map(port => fieldOf(skill.id, port, values[port.name]));
  return (
    <form
      aria-label={trans.__('Inputs of the test')}
      onSubmit={event => {
        event.preventDefault();
        void model.run();
      }}
    >
      <div className="llmos-CellForm-fields">
        {fields.map(field => (
          <FormField
            key={field.port.name}
            field={field}
            setValue={value => model.setValue(field.port.name, { value })}
            setSource={source => model.setValue(field.port.name, { source })}
            reset={() => model.setValue(field.port.name, undefined)}
            trans={trans}
          />
        ))}
        {fields.length === 0 && <p>{trans.__('The skill takes no inputs.')}</p>}
      </div>
      <div className="llmos-SkillTest-buttons">
        <button
          type="submit"
          className="jp-mod-styled jp-mod-accept"
          disabled={isBusy || fields.some(({ problem }) => problem !== undefined)}
        >
          <runIcon.react tag="span" />
          {trans.__('Save and run')}
        </button>
        {isBusy && (
          <button
            type="button"
            className="jp-mod-styled"
            onClick={() => void model.stop()}
          >
            <stopIcon.react tag="span" />
            {trans.__('Stop')}
          </button>
        )}
      </div>
    </form>
  );
}

function fieldOf(id: string, port: IPort, given: CellArgument | undefined): IField {
  const value = given && 'value' in given ? given.value : undefined;
  const problem =
    given && 'source' in given ? undefined : checkInput(id, port, value)?.message;
  return { port, given, problem };
}

function Status(props: ISkillTestProps): React.JSX.Element {
  const { model, show, trans } = props;
  const { failure } = model.state;
  return (
    <div className="llmos-SkillTest-status">
      <p role="status">{statusText(model.state, trans)}</p>
      {failure && failure.line > 0 && (
        <button type="button" onClick={() => show(failure)}>
          {trans.__('Go to line %1', failure.line)}
        </button>
      )}
      {failure && model.output.model.length === 0 && (
        <p className="llmos-mod-error" role="alert">
          {failure.message}
        </p>
      )}
    </div>
  );
}

function statusText({ status, ms }: ITestState, trans: TranslationBundle): string {
  const time = ms === undefined ? '' : ` ${(ms / 1000).toFixed(2)} s`;
  switch (status) {
    case 'idle':
      return '';
    case 'starting':
      return trans.__('◔ Starting the kernel…');
    case 'running':
      return trans.__('◍ Running…');
    case 'done':
      return trans.__('✓ Done%1', time);
    case 'failed':
      return trans.__('✕ Failed%1', time);
    case 'stopped':
      return trans.__('◻ Stopped');
  }
}

/** The output area is a Lumino widget: it is attached while this is in the page. */
function Output({ model }: Pick<ISkillTestProps, 'model'>): React.JSX.Element {
  const host = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    const { output } = model;
    if (host.current && !output.isDisposed) {
      Widget.attach(output, host.current);
    }
    return () => {
      if (output.isAttached) {
        Widget.detach(output);
      }
    };
  }, [model]);
  return <div className="llmos-SkillTest-host" ref={host} />;
}
