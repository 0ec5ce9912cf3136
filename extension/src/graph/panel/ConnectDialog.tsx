import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { connects } from '@llmos-lab/skills';
import * as React from 'react';

import type { IGraphNode, IGraphPort, IGraphView } from '../graphModel/view';
import type { IPortEnd } from './actions';
import { portTitle } from './texts';

/** An output and an input that could be connected. */
export interface IConnectionChoice {
  readonly from: IPortEnd;
  readonly to: IPortEnd;
}

/** A port with its cell, as an entry of a list. */
interface IEnd extends IPortEnd {
  readonly node: IGraphNode;
  readonly info: IGraphPort;
}

/**
 * Asks for both ends of a connection, beginning with a cell and perhaps one of its ports.
 *
 * @returns undefined when the person cancels or nothing can be connected.
 */
export async function askConnection(
  view: IGraphView,
  cell: string,
  port: string | undefined,
  trans: TranslationBundle
): Promise<IConnectionChoice | undefined> {
  const dialog = new Dialog<IConnectionChoice | undefined>({
    title: trans.__('Connect'),
    body: new ConnectBody(view, { cell, port: port ?? null }, trans),
    focusNodeSelector: 'select',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Connect') })]
  });
  const { button, value } = await dialog.launch();
  return button.accept ? (value ?? undefined) : undefined;
}

interface IStart {
  readonly cell: string;
  readonly port: string | null;
}

class ConnectBody
  extends ReactWidget
  implements Dialog.IBodyWidget<IConnectionChoice | undefined>
{
  constructor(
    private readonly _view: IGraphView,
    private readonly _start: IStart,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-ConnectDialog');
  }

  getValue(): IConnectionChoice | undefined {
    return this._chosen;
  }

  protected override render(): React.JSX.Element {
    return (
      <ConnectView
        view={this._view}
        start={this._start}
        choose={chosen => {
          this._chosen = chosen;
        }}
        trans={this._trans}
      />
    );
  }

  private _chosen: IConnectionChoice | undefined;
}

export interface IConnectViewProps {
  readonly view: IGraphView;
  readonly start: IStart;
  readonly choose: (chosen: IConnectionChoice | undefined) => void;
  readonly trans: TranslationBundle;
}

/** Two lists: where the value comes from, and which input takes it. */
export function ConnectView(props: IConnectViewProps): React.JSX.Element {
  const { view, start, choose, trans } = props;
  const { outputs, inputs } = endsOf(view, start);
  const [output, setOutput] = React.useState(0);
  const from = outputs[output];
  const fitting = inputs.filter(
    end => end.cell !== from?.cell && (!from || fits(from.info, end.info))
  );
  const [input, setInput] = React.useState(0);
  const to = fitting[Math.min(input, fitting.length - 1)];
  React.useEffect(
    () => choose(from && to ? { from, to } : undefined),
    [choose, from, to]
  );
  if (outputs.length === 0 || inputs.length === 0) {
    return (
      <p>
        {trans.__(
          'There is nothing to connect it with. Add a skill with inputs, or a cell that defines a variable.'
        )}
      </p>
    );
  }
  return (
    <>
      <EndList
        label={trans.__('Value of')}
        ends={outputs}
        chosen={output}
        choose={setOutput}
        trans={trans}
      />
      <EndList
        label={trans.__('into the input')}
        ends={fitting}
        chosen={Math.min(input, fitting.length - 1)}
        choose={setInput}
        isInput
        trans={trans}
      />
      {fitting.length === 0 && (
        <p role="status">{trans.__('No input takes a value of this type.')}</p>
      )}
    </>
  );
}

function EndList(props: {
  readonly label: string;
  readonly ends: readonly IEnd[];
  readonly chosen: number;
  readonly choose: (index: number) => void;
  readonly isInput?: boolean;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { label, ends, chosen, choose, isInput = false, trans } = props;
  return (
    <label>
      {label}
      <select
        className="jp-mod-styled"
        value={chosen}
        onChange={event => choose(Number(event.target.value))}
      >
        {ends.map((end, at) => (
          <option key={`${end.cell} ${end.port}`} value={at}>
            {`${end.node.title} · ${portTitle(end.info, isInput, trans)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function fits(output: IGraphPort, input: IGraphPort): boolean {
  return !output.type || !input.type || connects(output.type, input.type);
}

/** The ends to choose from: one list holds the start alone, the other the rest. */
function endsOf(
  view: IGraphView,
  start: IStart
): { readonly outputs: readonly IEnd[]; readonly inputs: readonly IEnd[] } {
  const list = (side: 'inputs' | 'outputs'): IEnd[] =>
    view.nodes
      .filter(({ kind }) => side === 'outputs' || kind === 'skill')
      .flatMap(node =>
        node[side].map(info => ({ cell: node.id, port: info.name, node, info }))
      );
  const [outputs, inputs] = [list('outputs'), list('inputs')];
  const isStart = (end: IEnd): boolean =>
    end.cell === start.cell && (start.port === null || end.port === start.port);
  const ownInputs = inputs.filter(isStart);
  const ownOutputs = outputs.filter(isStart);
  if (ownInputs.length > 0 && (start.port !== null || ownOutputs.length === 0)) {
    const fitting = outputs.filter(
      from => from.cell !== start.cell && ownInputs.some(to => fits(from.info, to.info))
    );
    return { outputs: likelyFirst(fitting, ownInputs), inputs: ownInputs };
  }
  return { outputs: ownOutputs, inputs: ownOutputs.length > 0 ? inputs : [] };
}

/** Ends that share name or type with one of the others come first. */
function likelyFirst(ends: readonly IEnd[], others: readonly IEnd[]): IEnd[] {
  const likeness = ({ info }: IEnd): number =>
    others.some(({ port }) => port === info.name)
      ? 2
      : others.some(other => info.type !== null && other.info.type === info.type)
        ? 1
        : 0;
  return [...ends].sort((a, b) => likeness(b) - likeness(a));
}
