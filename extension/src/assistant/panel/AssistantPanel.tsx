import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import { keptProblemText } from '../provider/problems';
import type { AssistantSettings } from '../settings';
import type { IPanelActions } from './actions';
import { ConversationArtifacts } from './ArtifactList';
import { ApprovalCard } from './ApprovalCard';
import { Composer, type IWaiting } from './Composer';
import { AnswerEnd } from './AnswerEnd';
import { AnswerRow } from './AnswerRow';
import { Gauge } from './Gauge';
import { MessageList } from './MessageList';
import type { IPanelMessage } from './answers';
import type { AssistantModel } from './model';
import { PanelHeader } from './PanelHeader';
import { Question } from './Question';
import type { IQuestion } from './about';
import { cutRows, rowsOf, type IRow } from './rows';

interface IPanelProps {
  readonly model: AssistantModel;
  readonly settings: AssistantSettings;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}

/** What the assistant shows in its place in the application. */
export class AssistantPanel extends ReactWidget {
  constructor(
    private readonly _props: IPanelProps & {
      /** Asks for model, address and key. */
      readonly chooseModel: () => Promise<void>;
    }
  ) {
    super();
    this.addClass('llmos-AssistantPanel');
  }

  get model(): AssistantModel {
    return this._props.model;
  }

  get chooseModel(): () => Promise<void> {
    return this._props.chooseModel;
  }

  /** Puts a question into the field, for the person to send or to change. */
  propose(text: string): void {
    this._draft = { text };
    this._drafted.emit();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._props.model.dispose();
      Signal.clearData(this);
      super.dispose();
    }
  }

  protected override render(): React.JSX.Element {
    const { model } = this._props;
    return (
      <UseSignal signal={this._drafted}>
        {() => (
          <UseSignal signal={model.changed}>
            {() => <PanelView {...this._props} draft={this._draft} />}
          </UseSignal>
        )}
      </UseSignal>
    );
  }

  protected override onActivateRequest(): void {
    // The panel may have been made this moment, and not be drawn.
    void this.renderPromise?.then(() =>
      this.node.querySelector<HTMLElement>('.llmos-Composer textarea')?.focus()
    );
  }

  private readonly _drafted = new Signal<this, void>(this);
  /** Kept, since the panel may not be drawn yet. */
  private _draft: { readonly text: string } | null = null;
}

function PanelView(
  props: IPanelProps & { readonly draft: { readonly text: string } | null }
): React.JSX.Element {
  const { model, settings, actions, draft, trans } = props;
  const { messages, live, approval, queue, conversations, current } = model;
  const { path, title, isInFront } = model;
  const [reveal, setReveal] = React.useState<{ readonly id: string } | null>(null);
  const byId = React.useMemo(
    () => new Map(messages.map(message => [message.id, message])),
    [messages]
  );
  const rows = [
    ...messages.flatMap(rowsOf),
    ...(live && !byId.has(live.id) ? cutRows(live.id, live.parts) : [])
  ];
  const draw = (row: IRow): React.ReactNode => (
    <Row
      {...{ row, model, settings, actions, trans }}
      message={byId.get(row.message)}
    />
  );
  return (
    <>
      <PanelHeader
        {...{ path, title, isInFront, conversations, trans }}
        {...{ current: current.id, isBusy: model.isBusy }}
        who={whoAnswers(props)}
        begin={() => model.begin()}
        open={id => model.open(id)}
        remove={actions.deleteConversation}
        exportChat={actions.exportConversation}
        reveal={(conversation, id) => {
          model.open(conversation);
          setReveal({ id });
        }}
        chooseModel={actions.chooseModel}
      />
      {rows.length === 0 ? (
        <Empty model={model} trans={trans} />
      ) : (
        <MessageList {...{ rows, draw, reveal, trans }} growth={live} />
      )}
      <ConversationArtifacts
        {...{ artifacts: messages.flatMap(each => each.artifacts), actions, trans }}
      />
      {approval && <ApprovalCard approval={approval} trans={trans} />}
      <Composer
        {...{ draft, trans, ready: actions.ready }}
        queue={queue.map(question => waiting(question, path))}
        usesSkills={settings.values.useSkills}
        setSkills={actions.useSkills}
        isBusy={model.isBusy}
        ask={question => void model.ask(question)}
        unqueue={index => model.unqueue(index)}
        stop={() => model.stop()}
      />
      <Gauge {...{ model, settings, actions, trans }} />
    </>
  );
}

function waiting({ text, panel }: IQuestion, shown: string | null): IWaiting {
  const isOther = panel !== null && panel.context.path !== shown;
  return { text, ...(isOther ? { notebook: panel.title.label } : {}) };
}

/** The model's name, or why the library answers. */
function whoAnswers({ model, settings, trans }: IPanelProps): string {
  const { unready } = model;
  if (!unready) {
    return settings.values.model;
  }
  return unready.detail === 'locked'
    ? trans.__(
        'The key is locked: open it under "Model and key". Until then the library answers.'
      )
    : trans.__(
        'Works without a model: it answers from the skill library. A key makes it answer freely.'
      );
}

function Row(
  props: IPanelProps & {
    readonly row: IRow;
    /** Absent while the answer is being written. */
    readonly message: IPanelMessage | undefined;
  }
): React.JSX.Element {
  const { row, message, model, settings, actions, trans } = props;
  const { isBusy } = model;
  if (message?.role === 'user') {
    const { id, content } = message;
    return (
      <Question
        {...{ text: content, isBusy, trans }}
        resend={text => void model.resend(id, text)}
      />
    );
  }
  const end = message && (
    <AnswerEnd
      {...{ message, isBusy, actions, trans }}
      problem={keptProblemText(message.problem, settings.server, trans)}
      canUndo={model.canUndo(message.id)}
      prices={settings.values.prices}
      retry={() => void model.retry(message.id)}
    />
  );
  const activity = message ? null : (model.live?.activity ?? null);
  return <AnswerRow {...{ row, activity, end, actions, trans }} />;
}

/** What the panel is for, and questions to begin with. */
function Empty(props: {
  readonly model: AssistantModel;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { model, trans } = props;
  const examples = [
    trans.__('VQE for H2, plot the convergence, export CSV'),
    trans.__('Which skill simulates an RC filter?'),
    trans.__('What does this cell do?')
  ];
  return (
    <div className="llmos-AssistantPanel-empty">
      <p>
        {trans.__(
          'Ask about skills, about this notebook, or for a workflow. Changes are shown before they are made.'
        )}
      </p>
      <ul>
        {examples.map(example => (
          <li key={example}>
            <button type="button" onClick={() => void model.ask(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
