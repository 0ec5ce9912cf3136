import * as React from 'react';

import { CommandIDs } from '../../commands';
import { isUndoKey, stepBack } from '../../undoKeys';
import type { IGraphView } from '../graphModel/view';
import { useGraph } from './context';
import { useKeptFocus, type LostFocus } from './keptFocus';
import { isKeyOf } from './nodeKeys';
import { OutlineRow, targetOf, type IOutlineActions } from './OutlineRow';
import { outlineMove, outlineRows, type IOutlineRow } from './outlineTree';

/** The graph as a tree, for keyboards, screen readers and narrow panels. */
export interface IOutlineProps extends IOutlineActions {
  readonly view: IGraphView;
  readonly folded: ReadonlySet<string>;
  readonly lost: LostFocus;
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
  // What the search finds is seen, also in folded sections.
  const rows = outlineRows(shown, found ? null : folded, opened);
  const [active] = selected;
  const keys = rows.map(({ key }) => key);
  const tabStop = [current, active].find(key => keys.includes(key ?? '')) ?? keys[0];
  useShownSelection(tree, active, setCurrent);
  const focus = (key: string): void => {
    setCurrent(key);
    rowElement(tree.current, key)?.focus();
  };
  useKeptFocus(tree, props.lost);
  const hold = useHeldFocus(tree, rows, { tabStop, active }, focus);
  const onKeyDown = useOutlineKeys(props, rows, {
    tree,
    tabStop,
    toggle: key => setOpened(ids => toggled(ids, key)),
    focus
  });
  return (
    <div
      ref={tree}
      className="llmos-GraphOutline"
      role="tree"
      aria-label={trans.__('Cells of the notebook')}
      aria-multiselectable={true}
      onKeyDown={onKeyDown}
      {...hold}
    >
      {rows.map(row => (
        <OutlineRow
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

/** Brings the row of what is selected elsewhere into sight, and Tab to it. */
function useShownSelection(
  tree: React.RefObject<HTMLElement>,
  active: string | undefined,
  setCurrent: (key: null) => void
): void {
  React.useEffect(() => {
    if (active !== undefined && !tree.current?.contains(document.activeElement)) {
      setCurrent(null);
      rowElement(tree.current, active)?.scrollIntoView({ block: 'nearest' });
    }
  }, [tree, active, setCurrent]);
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

/**
 * Focuses another row where the one that has the focus goes: of a cell that of the cell that
 * is selected now, if it is seen, else what comes in its place. The next key, such as undo,
 * would be lost. Browsers tell no blur where an element is removed.
 */
function useHeldFocus(
  tree: React.RefObject<HTMLElement>,
  rows: readonly IOutlineRow[],
  { tabStop, active }: Record<'tabStop' | 'active', string | undefined>,
  focus: (key: string) => void
): Pick<React.DOMAttributes<HTMLElement>, 'onFocus' | 'onBlur'> {
  const isHeld = React.useRef(false);
  const former = React.useRef({ place: 0, isCell: false });
  React.useLayoutEffect(() => {
    if (tree.current?.contains(document.activeElement)) {
      const place = rows.findIndex(({ key }) => key === tabStop);
      former.current = { place, isCell: rows[place]?.about.kind === 'cell' };
    } else if (isHeld.current) {
      const { place, isCell } = former.current;
      const selected = isCell ? rows.find(({ key }) => key === active) : undefined;
      const row = selected ?? rows[Math.min(place, rows.length - 1)];
      if (row) {
        focus(row.key);
      }
    }
  });
  return {
    onFocus: () => {
      isHeld.current = true;
    },
    onBlur: () => {
      isHeld.current = false;
    }
  };
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
      props.openMenu(at, targetOf(row, props.selected));
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
  row: IOutlineRow,
  props: IOutlineProps,
  actions: ReturnType<typeof useGraph>['actions']
): boolean {
  const { key } = event;
  const { about } = row;
  const { cells } = targetOf(row, props.selected);
  const isControl = event.ctrlKey || event.metaKey;
  const node = about.kind === 'section' ? null : about.node;
  if (isUndoKey(event)) {
    stepBack(event, actions);
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
  } else if (isKeyOf(CommandIDs.graphDelete, event)) {
    if (about.kind === 'input') {
      void actions.disconnect(about.edges);
    } else if (about.kind === 'cell') {
      void actions.delete(cells);
    }
  } else if (isKeyOf(CommandIDs.graphRenameVariable, event)) {
    actions.rename(node.id, about.kind === 'output' ? about.port.name : undefined);
  } else if (isKeyOf(CommandIDs.graphDuplicate, event)) {
    void actions.duplicate(cells);
  } else {
    return false;
  }
  return true;
}
