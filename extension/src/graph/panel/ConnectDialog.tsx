import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../../dialogBody';
import type { IGraphView, IPortEdge } from '../graphModel/view';
import type { IConnectionStart, IGraphActions, IPortEnd } from './actions';
import {
  CHOICES,
  closers,
  CYCLIC,
  endsOf,
  joinsList,
  likeness,
  OTHER_TYPE,
  type IConnectionChoice,
  type IEnd,
  type IEnds
} from './connectEnds';
import { portTitle } from './texts';

/** What the dialog needs to know. */
export interface IConnectOptions {
  readonly view: IGraphView;
  /** The cell to begin with, and perhaps one of its ports. */
  readonly start: IConnectionStart;
  /** Why a connection cannot be made; null when it can. */
  readonly faultOf: IGraphActions['connectionFault'];
  readonly trans: TranslationBundle;
}

/**
 * Asks for both ends of a connection.
 *
 * @returns undefined when the person cancels or nothing can be connected.
 */
export async function askConnection(
  options: IConnectOptions
): Promise<IConnectionChoice | undefined> {
  const { trans } = options;
  const dialog = new Dialog<IConnectionChoice | undefined>({
    title: trans.__('Connect'),
    body: new ConnectBody(options),
    focusNodeSelector: 'select',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Connect') })]
  });
  const { button, value } = await dialog.launch();
  return button.accept ? (value ?? undefined) : undefined;
}

class ConnectBody
  extends DialogBody
  implements Dialog.IBodyWidget<IConnectionChoice | undefined>
{
  constructor(private readonly _options: IConnectOptions) {
    super();
    this.addClass('llmos-ConnectDialog');
  }

  getValue(): IConnectionChoice | undefined {
    return this._chosen;
  }

  protected override render(): React.JSX.Element {
    return (
      <ConnectView
        {...this._options}
        choose={chosen => {
          this._chosen = chosen;
        }}
      />
    );
  }

  private _chosen: IConnectionChoice | undefined;
}

/** The choices that are left for the other end of a connection. */
export interface IConnectViewProps extends IConnectOptions {
  readonly choose: (chosen: IConnectionChoice | undefined) => void;
}

/** Two lists: where the value comes from, and which input takes it. */
export function ConnectView(props: IConnectViewProps): React.JSX.Element {
  const { view, choose, trans } = props;
  const { open, from, to, fault, outputs, inputs, setOutput, setInput } =
    useEnds(props);
  const isFault = fault !== null;
  React.useEffect(
    () => choose(from && to && !isFault ? { from, to } : undefined),
    [choose, from, to, isFault]
  );
  if (outputs.isEmpty || inputs.isEmpty) {
    return (
      <p>
        {trans.__(
          'There is nothing to connect it with. Add a skill with inputs, or a cell that defines a variable.'
        )}
      </p>
    );
  }
  const note = fault ?? noteText(view, { from, to, open }, trans);
  return (
    <>
      <EndList
        label={trans.__('Value of')}
        {...{ groups: outputs, chosen: from, choose: setOutput, trans }}
      />
      <EndList
        label={trans.__('into the input')}
        {...{ groups: inputs, chosen: to, choose: setInput, trans, note }}
        isFault={isFault}
        isInput
      />
    </>
  );
}

interface IChosenEnds {
  readonly open: IEnds['open'];
  /** Undefined where a person has to choose. */
  readonly from: IEnd | undefined;
  readonly to: IEnd | undefined;
  /** Why the two cannot be connected. */
  readonly fault: string | null;
  readonly outputs: IGroups;
  readonly inputs: IGroups;
  readonly setOutput: (key: string) => void;
  readonly setInput: (key: string) => void;
}

/** The lists, and what is chosen of them: by the person, else what fits best. */
function useEnds({ view, start, faultOf }: IConnectViewProps): IChosenEnds {
  const { outputs, inputs, open } = endsOf(view, start);
  const [output, setOutput] = React.useState<string | null>(null);
  const [input, setInput] = React.useState<string | null>(null);
  const isOpenInputs = open === 'inputs';
  const [own, free] = isOpenInputs ? [outputs, inputs] : [inputs, outputs];
  const cyclic = React.useMemo(
    () => closers(view, start.cell, open),
    [view, start.cell, open]
  );
  const likenessOf = (mine: IEnd, other: IEnd): number =>
    cyclic.has(other.cell)
      ? CYCLIC
      : isOpenInputs
        ? likeness(mine, other)
        : likeness(other, mine);
  const given =
    find(own, isOpenInputs ? output : input) ??
    byLikeness(own, mine => Math.max(...free.map(each => likenessOf(mine, each))))[0];
  const likenessToIt = (end: IEnd): number => (given ? likenessOf(given, end) : 0);
  const groups = groupsOf(byLikeness(free, likenessToIt), likenessToIt);
  const endsWith = (end: IEnd | undefined): Pick<IChosenEnds, 'from' | 'to'> =>
    isOpenInputs ? { from: given, to: end } : { from: end, to: given };
  const faultWith = (end: IEnd | undefined): string | null => {
    const { from, to } = endsWith(end);
    return from && to ? faultOf(from, to) : null;
  };
  // What does not fit is chosen by nobody but a person; of what is refused, as what is there
  // already, if there is nothing else, the first one says why.
  const picked = find(free, isOpenInputs ? input : output);
  const allowed = picked
    ? undefined
    : groups.fitting.find(end => faultWith(end) === null);
  const chosen = picked ?? allowed ?? groups.fitting[0];
  const fault = allowed ? null : faultWith(chosen);
  return {
    ...{ open, ...endsWith(chosen), fault, setOutput, setInput },
    outputs: isOpenInputs ? groupsOf(outputs) : groups,
    inputs: isOpenInputs ? groups : groupsOf(inputs)
  };
}

/** Says that nothing fits, what would move, or which connection would go; else empty. */
function noteText(
  view: IGraphView,
  { from, to, open }: Pick<IChosenEnds, 'from' | 'to' | 'open'>,
  trans: TranslationBundle
): string {
  if (!from || !to) {
    return open === 'inputs'
      ? trans.__('No input of another cell takes this value.')
      : trans.__('No value of another cell fits this input.');
  }
  const old = edgeInto(view, to);
  const node = view.nodes.find(({ id }) => id === old?.from);
  if (!old || !node || (!old.isDirect && joinsList(from.info, to.info))) {
    return '';
  }
  return old.problem?.code === 'late' && isOf(old, from)
    ? trans.__('This moves the cell below %1.', node.title)
    : trans.__('This replaces its connection with "%1" of %2.', old.output, node.title);
}

/** The connection that an input has. */
function edgeInto(view: IGraphView, to: IPortEnd | undefined): IPortEdge | undefined {
  return view.edges.find(
    ({ to: cell, input }) => cell === to?.cell && input === to.port
  );
}

/** Whether an edge brings this very value, and not one that is reckoned with it. */
function isOf(
  { isDirect, from, output }: IPortEdge,
  { cell, port }: IPortEnd
): boolean {
  return isDirect && from === cell && output === port;
}

interface IGroups {
  readonly isEmpty: boolean;
  readonly fitting: readonly IEnd[];
  /** Inputs that take one of a list of choices. */
  readonly choices: readonly IEnd[];
  /** Ends of another type. */
  readonly others: readonly IEnd[];
  /** Ends of cells that a connection would make a cycle with. */
  readonly cyclic: readonly IEnd[];
}

function groupsOf(
  ends: readonly IEnd[],
  likenessToIt: (end: IEnd) => number = () => 0
): IGroups {
  const withLikeness = (isIn: (likeness: number) => boolean): IEnd[] =>
    ends.filter(end => isIn(likenessToIt(end)));
  return {
    isEmpty: ends.length === 0,
    fitting: withLikeness(found => found >= 0),
    choices: withLikeness(found => found === CHOICES),
    others: withLikeness(found => found === OTHER_TYPE),
    cyclic: withLikeness(found => found === CYCLIC)
  };
}

interface IEndListProps {
  readonly label: string;
  readonly groups: IGroups;
  /** Undefined until a person has chosen one. */
  readonly chosen: IEnd | undefined;
  readonly choose: (key: string) => void;
  readonly isInput?: boolean;
  /** What is to be known of the choice. */
  readonly note?: string;
  /** Whether that is why it cannot be connected. */
  readonly isFault?: boolean;
  readonly trans: TranslationBundle;
}

function EndList(props: IEndListProps): React.JSX.Element {
  const { label, groups, chosen, choose, isInput = false, trans } = props;
  const { note = '', isFault = false } = props;
  const noteId = React.useId();
  const select = useValidity(isFault ? note : chosen ? '' : trans.__('Choose one.'));
  const options = (ends: readonly IEnd[]): React.JSX.Element[] =>
    ends.map(end => (
      <option key={keyOf(end)} value={keyOf(end)}>
        {`${end.node.title} · ${portTitle(end.info, isInput, trans)}`}
      </option>
    ));
  const group = (title: string, ends: readonly IEnd[]): React.JSX.Element | null =>
    ends.length > 0 ? <optgroup label={title}>{options(ends)}</optgroup> : null;
  return (
    <>
      <label>
        {label}
        <select
          ref={select}
          className="jp-mod-styled"
          value={chosen ? keyOf(chosen) : ''}
          aria-describedby={isInput && note !== '' ? noteId : undefined}
          onChange={event => choose(event.target.value)}
        >
          {!chosen && (
            <option value="" disabled>
              {trans.__('None that fits')}
            </option>
          )}
          {options(groups.fitting)}
          {group(trans.__('With a list of choices'), groups.choices)}
          {group(trans.__('Of another type'), groups.others)}
          {group(trans.__('Would make a cycle'), groups.cyclic)}
        </select>
      </label>
      {isInput && (
        <p
          id={noteId}
          className={`llmos-ConnectDialog-note${isFault ? ' llmos-mod-fault' : ''}`}
          role="status"
        >
          {note}
        </p>
      )}
    </>
  );
}

/** Says what is wrong with a list, empty when nothing is. */
function useValidity(fault: string): React.RefObject<HTMLSelectElement> {
  const select = React.useRef<HTMLSelectElement>(null);
  React.useEffect(() => {
    select.current?.setCustomValidity(fault);
    // The dialog lets its button be pressed only while all in it is valid; it looks now.
    select.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [fault]);
  return select;
}

function keyOf({ cell, port }: IEnd): string {
  return `${cell} ${port}`;
}

/** The likeliest first; of equals in their order. */
function byLikeness(ends: readonly IEnd[], of: (end: IEnd) => number): IEnd[] {
  return [...ends].sort((a, b) => of(b) - of(a));
}

function find(ends: readonly IEnd[], key: string | null): IEnd | undefined {
  return ends.find(end => keyOf(end) === key);
}
