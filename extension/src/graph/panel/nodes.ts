import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import * as React from 'react';

import type { Places } from '../layout/arrange';
import type { DrawnItem, IDrawing } from '../layout/drawing';
import { useGraph } from './context';
import { toFlowNodes, type FlowNode } from './flow';
import { movedPlaces } from './moves';
import { itemLabel } from './texts';

interface INodesOptions {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly selected: ReadonlySet<string>;
  readonly select: (ids: readonly string[]) => void;
  readonly move: (places: Places) => void;
}

interface INodes {
  readonly nodes: FlowNode[];
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onNodeDragStop: () => void;
  /** For the canvas: a key that is held moves many times, which is one step of undo. */
  readonly onLetGo: Pick<React.DOMAttributes<HTMLElement>, 'onKeyUp' | 'onBlur'>;
}

const NONE: Places = new Map();

/**
 * Keeps React Flow's nodes in step with the drawing, and lets them be dragged, or moved by
 * the arrow keys. What is moved stays where it is until it is kept, also where the drawing
 * changes meanwhile, as when a run brings a picture.
 */
export function useNodes(options: INodesOptions): INodes {
  const { drawing, places, selected, select, move } = options;
  const { trans } = useGraph();
  const moved = React.useRef<Places>(NONE);
  const [nodes, setNodes] = React.useState<FlowNode[]>([]);
  React.useLayoutEffect(() => {
    const label = (item: DrawnItem): string => itemLabel(item, trans);
    const now =
      moved.current.size === 0 ? places : new Map([...places, ...moved.current]);
    setNodes(former => toFlowNodes(drawing, { places: now, selected, label }, former));
  }, [drawing, places, selected, trans]);
  const keep = (): void => {
    // A cell may have gone since.
    const drawn = new Set(drawing.items.map(({ id }) => id));
    const kept = [...moved.current].filter(([id]) => drawn.has(id));
    moved.current = NONE;
    if (kept.length > 0) {
      move(new Map(kept));
    }
  };
  return {
    nodes,
    onNodesChange: changes => {
      const picks = changes.flatMap(change => (change.type === 'select' ? change : []));
      if (picks.length > 0) {
        const ids = new Set(selected);
        picks.forEach(pick => (pick.selected ? ids.add(pick.id) : ids.delete(pick.id)));
        select([...ids]);
      }
      const moves = changes.flatMap(change =>
        change.type === 'position' ? change : []
      );
      if (moves.length > 0) {
        moved.current = new Map([...moved.current, ...movedPlaces(nodes, moves)]);
        setNodes(former => applyNodeChanges(moves, former));
      }
    },
    onNodeDragStop: keep,
    onLetGo: {
      onKeyUp: ({ key }) => {
        if (key.startsWith('Arrow')) {
          keep();
        }
      },
      onBlur: ({ currentTarget, relatedTarget }) => {
        // Once the focus has gone the key is let go elsewhere.
        if (!currentTarget.contains(relatedTarget)) {
          keep();
        }
      }
    }
  };
}
