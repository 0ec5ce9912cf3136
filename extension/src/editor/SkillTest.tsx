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
import { fieldWidths } from '../form/widths';
import { problemText } from '../form/fieldText';
import type { IField } from '../form/fields';
import type { ITestState, TestModel } from './testModel';

/** The form in which a skill is tried without a notebook. */
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
  const { values } = model.state;
  const fields = skill.inputs.map(port => fieldOf(skill.id, port, values[port.name]));
  /** What was typed and is no value, by input. */
  const [faults, setFaults] = React.useState<Readonly<Record<string, string>>>({});
  const messages = fields.map(
    ({ port, problem }) =>
      faults[port.name] ?? (problem && problemText(port, problem, trans))
  );
  const told = messages.filter(message => message !== undefined);
  return (
    <form
      aria-label={trans.__('Inputs of the test')}
      onSubmit={event => {
        event.preventDefault();
        void model.run();
      }}
    >
      <div className="llmos-CellForm-fields" style={fieldWidths(skill.inputs)}>
        {fields.map((field, at) => (
          <TestField
            key={field.port.name}
            field={field}
            message={messages[at]}
            setFault={fault => setFaults(old => withFault(old, field.port.name, fault))}
            {...props}
          />
        ))}
        {fields.length === 0 && <p>{trans.__('The skill takes no inputs.')}</p>}
      </div>
      {told.map(message => (
        <p key={message} className="llmos-SkillTest-fault" role="alert">
          {message}
        </p>
      ))}
      <Buttons model={model} isReady={told.length === 0} trans={trans} />
    </form>
  );
}

function Buttons(
  props: Pick<ISkillTestProps, 'model' | 'trans'> & { readonly isReady: boolean }
): React.JSX.Element {
  const { model, isReady, trans } = props;
  const { status } = model.state;
  const isBusy = status === 'starting' || status === 'running';
  return (
    <div className="llmos-SkillTest-buttons">
      <button
        type="submit"
        className="jp-mod-styled jp-mod-accept"
        disabled={isBusy || !isReady}
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
  );
}

function TestField(
  props: ISkillTestProps & {
    readonly field: IField;
    readonly message: string | undefined;
    readonly setFault: (fault: string | undefined) => void;
  }
): React.JSX.Element {
  const { model, field, message, setFault, trans } = props;
  const { name } = field.port;
  return (
    <FormField
      field={field}
      message={message}
      setValue={value => model.setValue(name, { value })}
      setSource={source => model.setValue(name, { source })}
      reset={() => model.setValue(name, undefined)}
      // No cell stands behind a test's inputs.
      jump={() => false}
      setFault={setFault}
      trans={trans}
    />
  );
}

function withFault(
  faults: Readonly<Record<string, string>>,
  name: string,
  fault: string | undefined
): Readonly<Record<string, string>> {
  const others = Object.entries(faults).filter(([key]) => key !== name);
  return Object.fromEntries(fault === undefined ? others : [...others, [name, fault]]);
}

function fieldOf(id: string, port: IPort, given: CellArgument | undefined): IField {
  const value = given && 'value' in given ? given.value : undefined;
  const problem =
    given && 'source' in given ? undefined : (checkInput(id, port, value) ?? undefined);
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
