import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { CommandIDs } from '../../commands';
import { codeSkillIcon } from '../../icons';
import { categoryLook } from '../../skills/category';
import type { IGraphNode } from '../graphModel/view';
import { StatusIcon } from '../status/StatusIcon';
import { formatDuration } from '../status/statuses';
import { useCellState, useGraph, useLatest, useSweep } from './context';
import { cellsWith, type IMenuTarget } from './menuTarget';
import { NODE_KEYS } from './nodeKeys';
import type { IOutlineRow } from './outlineTree';
import { problemText } from './texts';

/** What people can do with rows. */
export interface IOutlineActions {
  /** Ids of the selected cells. */
  readonly selected: ReadonlySet<string>;
  readonly select: (ids: readonly string[]) => void;
  readonly openMenu: (event: MouseEvent, target: IMenuTarget) => void;
}

/** What the context menu of a row is about: its cell first, of a selected one all that are. */
export function targetOf(
  { about }: IOutlineRow,
  selected: ReadonlySet<string>
): IMenuTarget {
  const edge = about.kind === 'input' ? (about.edges[0]?.id ?? null) : null;
  if (about.kind === 'section') {
    return { cells: [], edge, keys: [] };
  }
  const { id } = about.node;
  const cells = about.kind === 'cell' ? cellsWith(id, selected) : [id];
  return { cells, edge, keys: ROW_KEYS[about.kind] };
}

/** Letters go to the next row that begins with them. */
const ROW_KEYS = {
  cell: NODE_KEYS.filter(command => command !== CommandIDs.graphChooseConnection),
  input: [
    CommandIDs.graphDisconnect,
    CommandIDs.graphRenameVariable,
    CommandIDs.graphDuplicate
  ],
  output: [CommandIDs.graphRenameVariable, CommandIDs.graphDuplicate]
};

/** A row of the outline: a cell, one of its ports, or a section. */
export interface IRowProps extends IOutlineActions {
  readonly row: IOutlineRow;
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  readonly focus: () => void;
  readonly toggle: () => void;
}

/** A section, a cell or a port in the outline. */
export const OutlineRow = React.memo(function OutlineRow(
  props: IRowProps
): React.JSX.Element {
  const { row, isTabStop, isSelected, focus, openMenu, select } = props;
  const { actions } = useGraph();
  const { about } = row;
  return (
    <div
      role="treeitem"
      className={`llmos-GraphOutline-row llmos-mod-${about.kind}`}
      aria-level={row.level}
      aria-expanded={row.isOpen}
      aria-selected={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      data-key={row.key}
      style={{ paddingLeft: 6 + (row.level - 1) * 14 }}
      onFocus={focus}
      onClick={event => {
        event.currentTarget.focus();
        if (about.kind === 'cell') {
          select(
            event.ctrlKey || event.metaKey
              ? [...props.selected, about.node.id]
              : [about.node.id]
          );
        }
      }}
      onDoubleClick={() => about.kind === 'cell' && actions.edit(about.node.id)}
      onContextMenu={event => {
        openMenu(event.nativeEvent, targetOf(row, props.selected));
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <FoldCaret {...props} />
      {about.kind === 'section' && (
        <span className="llmos-GraphOutline-title">{about.title}</span>
      )}
      {about.kind === 'cell' && <CellText node={about.node} />}
      {(about.kind === 'input' || about.kind === 'output') && (
        <PortText about={about} />
      )}
    </div>
  );
});

/** The arrow that folds a section, or a cell's ports. */
function FoldCaret({ row, toggle }: IRowProps): React.JSX.Element {
  const { toggleFold } = useGraph();
  const { about, isOpen } = row;
  const Caret = isOpen ? caretDownIcon : caretRightIcon;
  return (
    <span
      className="llmos-GraphOutline-caret"
      aria-hidden={true}
      onClick={event => {
        event.stopPropagation();
        if (about.kind === 'section') {
          toggleFold(about.id);
        } else {
          toggle();
        }
      }}
    >
      {isOpen !== undefined && <Caret.react tag="span" width="14px" height="14px" />}
    </span>
  );
}

function CellText({ node }: { readonly node: IGraphNode }): React.JSX.Element {
  const { trans } = useGraph();
  const state = useCellState(node.id);
  const { text, whole, isError, isOlder } = useLatest(node.id);
  const sweep = useSweep(node.id);
  const look = node.category === null ? null : categoryLook(node.category);
  const Icon = (look?.icon ?? codeSkillIcon).react;
  const hue = look ? ({ '--llmos-hue': String(look.hue) } as React.CSSProperties) : {};
  return (
    <>
      <span style={hue} className="llmos-GraphOutline-look">
        <Icon tag="span" className="llmos-GraphNode-icon" />
      </span>
      <span className="llmos-GraphOutline-title">{node.title}</span>
      {node.kind === 'missing' && (
        <span className="llmos-GraphNode-missing">{trans.__('missing')}</span>
      )}
      <span
        className={`llmos-GraphOutline-value${isOlder ? ' llmos-mod-older' : ''}`}
        title={isError ? whole : isOlder ? trans.__('Older result') : undefined}
      >
        {sweep ?? text}
      </span>
      {state?.ms !== undefined && (
        <span className="llmos-GraphNode-time">{formatDuration(state.ms)}</span>
      )}
      {state && <StatusIcon status={state.status} trans={trans} title={state.reason} />}
    </>
  );
}

function PortText(props: {
  readonly about: Extract<IOutlineRow['about'], { readonly kind: 'input' | 'output' }>;
}): React.JSX.Element {
  const { kind, port, edges } = props.about;
  const { trans, graph } = useGraph();
  const titleOf = (id: string): string =>
    graph?.view.nodes.find(node => node.id === id)?.title ?? id;
  const isInput = kind === 'input';
  const ends = edges.map(edge =>
    isInput
      ? `${titleOf(edge.from)}.${edge.output}`
      : `${titleOf(edge.to)}.${edge.input}`
  );
  const problem = edges.flatMap(edge => edge.problem ?? [])[0];
  const other =
    ends.length > 0
      ? isInput
        ? trans.__('from %1', ends.join(', '))
        : trans.__('to %1', ends.join(', '))
      : isInput && port.text !== null
        ? `= ${port.text}`
        : isInput && port.required
          ? trans.__('not connected')
          : '';
  return (
    <>
      <span className="llmos-GraphOutline-side">
        {isInput ? trans.__('in') : trans.__('out')}
      </span>
      <span className="llmos-GraphOutline-title">{port.name}</span>
      {port.type !== null && (
        <span className="llmos-GraphOutline-type">{port.type}</span>
      )}
      <span className="llmos-GraphOutline-value">{other}</span>
      {problem && (
        <span className="llmos-GraphOutline-problem">
          {problemText(problem, trans)}
        </span>
      )}
      {port.missing !== null && (
        <span className="llmos-GraphOutline-problem">
          {trans.__('No cell gives "%1".', port.missing)}
        </span>
      )}
    </>
  );
}
