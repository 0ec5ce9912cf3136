import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { codeSkillIcon } from '../../icons';
import { categoryLook } from '../../skills/category';
import type { IGraphNode, IGraphView } from '../graphModel/view';
import { StatusIcon } from '../status/StatusIcon';
import { formatDuration } from '../status/statuses';
import type { IMenuTarget } from './Canvas';
import { useCellState, useGraph, usePreview } from './context';
import { cutEdge } from './keys';
import { outlineMove, outlineRows, type IOutlineRow } from './outlineTree';
import { problemText } from './texts';

/** The graph as a tree, for keyboards, screen readers and narrow panels. */
export interface IOutlineProps {
  readonly view: IGraphView;
  readonly folded: ReadonlySet<string>;
  readonly selected: ReadonlySet<string>;
  readonly select: (ids: readonly string[]) => void;
  readonly openMenu: (event: MouseEvent, target: IMenuTarget) => void;
}

/** The graph as a tree, from which everything can be done with the keyboard alone. */
export function Outline(props: IOutlineProps): React.JSX.Element {
  const { view, folded, selected } = props;
  const { trans, found } = useGraph();
  const [opened, setOpened] = React.useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = React.useState<string | null>(null);
  const tree = React.useRef<HTMLDivElement>(null);
  const shown = found
    ? { ...view, nodes: view.nodes.filter(({ id }) => found.has(id)) }
    : view;
  const rows = outlineRows(shown, folded, opened);
  const [active] = selected;
  const tabStop =
    rows.find(({ key }) => key === (current ?? active))?.key ?? rows[0]?.key;
  const onKeyDown = useOutlineKeys(props, rows, {
    tree,
    tabStop,
    toggle: key => setOpened(ids => toggled(ids, key)),
    focus: key => {
      setCurrent(key);
      rowElement(tree.current, key)?.focus();
    }
  });
  return (
    <div
      ref={tree}
      className="llmos-GraphOutline"
      role="tree"
      aria-label={trans.__('Cells of the notebook')}
      aria-multiselectable={true}
      onKeyDown={onKeyDown}
    >
      {rows.map(row => (
        <Row
          key={row.key}
          row={row}
          isTabStop={row.key === tabStop}
          isSelected={row.about.kind === 'cell' && selected.has(row.about.node.id)}
          focus={() => setCurrent(row.key)}
          toggle={() => setOpened(ids => toggled(ids, row.key))}
          {...props}
        />
      ))}
    </div>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}

function rowElement(tree: HTMLElement | null, key: string): HTMLElement | undefined {
  return [...(tree?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [])].find(
    row => row.dataset.key === key
  );
}

interface IOutlineFocus {
  readonly tree: React.RefObject<HTMLElement>;
  readonly tabStop: string | undefined;
  readonly toggle: (key: string) => void;
  readonly focus: (key: string) => void;
}

/** Keys of the tree, those of its rows first. */
function useOutlineKeys(
  props: IOutlineProps,
  rows: readonly IOutlineRow[],
  { tree, tabStop, toggle, focus }: IOutlineFocus
): (event: React.KeyboardEvent) => void {
  const { toggleFold, actions } = useGraph();
  return event => {
    const row = rows.find(({ key }) => key === tabStop);
    if (!row) {
      return;
    }
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const key = event.key;
    if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) {
      const element = rowElement(tree.current, row.key);
      const box = element?.getBoundingClientRect();
      const at = new MouseEvent('contextmenu', {
        clientX: (box?.left ?? 0) + 24,
        clientY: box?.bottom ?? 0
      });
      props.openMenu(at, targetOf(row));
    } else if (!onRowKey(event, row, props, actions)) {
      const move = isPlain ? outlineMove(rows, row.key, key) : null;
      if (!move) {
        return;
      }
      if (move.do === 'focus') {
        focus(move.key);
      } else if (row.about.kind === 'section') {
        toggleFold(row.about.id);
      } else {
        toggle(row.key);
      }
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Enter, Space, Delete and the editing keys; false when the key is none of them. */
function onRowKey(
  event: React.KeyboardEvent,
  { about }: IOutlineRow,
  props: IOutlineProps,
  actions: ReturnType<typeof useGraph>['actions']
): boolean {
  const { key } = event;
  const isControl = event.ctrlKey || event.metaKey;
  const node = about.kind === 'section' ? null : about.node;
  const lower = key.toLowerCase();
  if (isControl && lower === 'z') {
    (event.shiftKey ? actions.redo : actions.undo)();
  } else if (isControl && lower === 'y') {
    actions.redo();
  } else if (!node) {
    return false;
  } else if (key === 'Enter' && !isControl) {
    if (about.kind === 'input' || about.kind === 'output') {
      actions.chooseConnection({
        ...{ cell: node.id, port: about.port.name },
        side: about.kind
      });
    } else {
      actions.edit(node.id);
    }
  } else if (key === ' ') {
    props.select(event.shiftKey ? [...props.selected, node.id] : [node.id]);
  } else if (key === 'Delete' || key === 'Backspace') {
    if (about.kind === 'input') {
      cutEdge(about.edges, actions);
    } else if (about.kind === 'cell') {
      void actions.delete(
        props.selected.has(node.id) ? [...props.selected] : [node.id]
      );
    }
  } else if (key === 'F2') {
    actions.rename(node.id, about.kind === 'output' ? about.port.name : undefined);
  } else if (isControl && lower === 'd') {
    void actions.duplicate([node.id]);
  } else {
    return false;
  }
  return true;
}

function targetOf({ about }: IOutlineRow): IMenuTarget {
  const edge = about.kind === 'input' ? (about.edges[0]?.id ?? null) : null;
  return { cells: about.kind === 'section' ? [] : [about.node.id], edge };
}

interface IRowProps extends IOutlineProps {
  readonly row: IOutlineRow;
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  readonly focus: () => void;
  readonly toggle: () => void;
}

const Row = React.memo(function Row(props: IRowProps): React.JSX.Element {
  const { row, isTabStop, isSelected, focus, openMenu, select } = props;
  const { toggleFold, actions } = useGraph();
  const { about } = row;
  const Caret = row.isOpen ? caretDownIcon : caretRightIcon;
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
        openMenu(event.nativeEvent, targetOf(row));
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <span
        className="llmos-GraphOutline-caret"
        aria-hidden={true}
        onClick={event => {
          event.stopPropagation();
          if (about.kind === 'section') {
            toggleFold(about.id);
          } else {
            props.toggle();
          }
        }}
      >
        {row.isOpen !== undefined && (
          <Caret.react tag="span" width="14px" height="14px" />
        )}
      </span>
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

function CellText({ node }: { readonly node: IGraphNode }): React.JSX.Element {
  const { trans } = useGraph();
  const state = useCellState(node.id);
  const preview = usePreview(node.id);
  const look = node.category === null ? null : categoryLook(node.category);
  const Icon = (look?.icon ?? codeSkillIcon).react;
  const hue = look ? ({ '--llmos-hue': String(look.hue) } as React.CSSProperties) : {};
  const latest = state?.message ?? preview?.text ?? '';
  return (
    <>
      <span style={hue} className="llmos-GraphOutline-look">
        <Icon tag="span" className="llmos-GraphNode-icon" />
      </span>
      <span className="llmos-GraphOutline-title">{node.title}</span>
      {node.kind === 'missing' && (
        <span className="llmos-GraphNode-missing">{trans.__('missing')}</span>
      )}
      <span className="llmos-GraphOutline-value">{latest}</span>
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
    </>
  );
}
