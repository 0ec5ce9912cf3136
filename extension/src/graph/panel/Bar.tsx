import {
  addIcon,
  ellipsesIcon,
  runIcon,
  stopIcon,
  type LabIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import { CommandIDs } from '../../commands';
import { STATUS_ICONS } from '../status/statuses';
import { useGraph } from './context';
import { focusCell } from './keptFocus';
import type { GraphPanelModel, GraphTab } from './panelModel';

/** What the tool bar shows as pressed, and what its buttons do. */
export interface IBarProps {
  readonly model: GraphPanelModel;
  readonly openMenu: (event: React.MouseEvent) => void;
}

/** The two views, the runs, and the panel's menu. */
export function Bar(props: IBarProps): React.JSX.Element {
  const { model } = props;
  const { actions, run, trans } = useGraph();
  const isRunning = run?.isRunning === true;
  return (
    <div className="llmos-GraphBar">
      <Tabs model={model} />
      <span
        className="llmos-GraphBar-notebook"
        title={trans.__('The graph of %1', model.notebookName)}
      >
        {model.notebookName}
      </span>
      {run && (
        <>
          <BarButton
            icon={runIcon}
            label={trans.__('Run all')}
            isDisabled={isRunning}
            onClick={() => actions.execute(CommandIDs.runAll)}
            onLook={isLooking => void run.showPlan(isLooking ? { kind: 'all' } : null)}
          />
          <BarButton
            icon={STATUS_ICONS.stale}
            label={trans.__('Run stale')}
            isDisabled={isRunning}
            onClick={() => actions.execute(CommandIDs.runStale)}
            onLook={isLooking =>
              void run.showPlan(isLooking ? { kind: 'stale' } : null)
            }
          />
          <BarButton
            icon={stopIcon}
            label={trans.__('Stop')}
            isDisabled={run?.canStop !== true}
            onClick={() => actions.execute(CommandIDs.stopRun)}
          />
        </>
      )}
      <BarButton
        icon={ellipsesIcon}
        label={trans.__('More')}
        hasMenu
        onClick={props.openMenu}
      />
    </div>
  );
}

function Tabs({ model }: Pick<IBarProps, 'model'>): React.JSX.Element {
  const { trans } = useGraph();
  const tab = (id: GraphTab, label: string): React.JSX.Element => (
    <button
      type="button"
      role="tab"
      id={`llmos-graph-tab-${id}`}
      aria-selected={model.tab === id}
      aria-controls="llmos-graph-body"
      tabIndex={model.tab === id ? 0 : -1}
      onClick={() => {
        model.tab = id;
      }}
    >
      {label}
    </button>
  );
  return (
    <div
      className="llmos-GraphBar-tabs"
      role="tablist"
      aria-label={trans.__('Views of the graph')}
      onKeyDown={event => {
        if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
          model.tab = model.tab === 'canvas' ? 'outline' : 'canvas';
          const other = event.currentTarget.querySelector<HTMLElement>(
            `#llmos-graph-tab-${model.tab}`
          );
          other?.focus();
          event.preventDefault();
        }
      }}
    >
      {tab('canvas', trans.__('Graph'))}
      {tab('outline', trans.__('Outline'))}
    </div>
  );
}

/** Search over the nodes, and the way to the library. */
export function SearchRow({ model }: Pick<IBarProps, 'model'>): React.JSX.Element {
  const { trans, actions, found } = useGraph();
  // The number of the node that was gone to; 0 before the first.
  const [at, setAt] = React.useState(0);
  const ids = [...(found ?? [])];
  return (
    <div className="llmos-GraphSearch">
      <input
        type="search"
        className="jp-mod-styled"
        aria-label={trans.__('Search nodes')}
        placeholder={trans.__('Search nodes')}
        value={model.query}
        onChange={event => {
          setAt(0);
          model.query = event.target.value;
        }}
        onKeyDown={event => {
          const next = at % Math.max(ids.length, 1);
          const id = ids[next];
          if (event.key === 'Enter' && id !== undefined) {
            setAt(next + 1);
            model.select([id]);
            actions.execute(CommandIDs.graphReveal, { cell: id });
          } else if (event.key === 'ArrowDown') {
            event.preventDefault();
            const body = document.getElementById('llmos-graph-body');
            const view = body?.lastElementChild;
            const cell = ids[Math.max(at - 1, 0)] ?? [...model.selected].at(-1);
            focusCell(view instanceof HTMLElement ? view : null, cell);
          }
        }}
      />
      {found && (
        <span className="llmos-GraphSearch-count" role="status">
          {at > 0 && at <= ids.length
            ? trans.__('%1 of %2', at, ids.length)
            : trans._n('%1 node', '%1 nodes', ids.length)}
        </span>
      )}
      <BarButton
        icon={addIcon}
        label={trans.__('Add a skill')}
        isPressed={model.isDrawerOpen}
        onClick={() => {
          model.isDrawerOpen = !model.isDrawerOpen;
        }}
      />
    </div>
  );
}

function BarButton(props: {
  readonly icon: LabIcon;
  readonly label: string;
  readonly onClick: (event: React.MouseEvent) => void;
  readonly isDisabled?: boolean;
  readonly isPressed?: boolean;
  readonly hasMenu?: boolean;
  /** Called when the pointer or focus comes and goes. */
  readonly onLook?: (isLooking: boolean) => void;
}): React.JSX.Element {
  const { icon, label, onClick, isDisabled, isPressed, hasMenu, onLook } = props;
  const look = (isLooking: boolean): void => onLook?.(isLooking && !isDisabled);
  return (
    <button
      type="button"
      className="llmos-GraphButton"
      aria-label={label}
      title={label}
      // Not `disabled`, which would take the focus of the button that was just pressed.
      aria-disabled={isDisabled}
      aria-pressed={isPressed}
      aria-haspopup={hasMenu ? 'menu' : undefined}
      onClick={isDisabled ? undefined : onClick}
      onMouseEnter={() => look(true)}
      onMouseLeave={() => look(false)}
      onFocus={() => look(true)}
      onBlur={() => look(false)}
    >
      <icon.react tag="span" width="16px" height="16px" />
    </button>
  );
}
