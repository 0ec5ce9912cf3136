import type { IExecutableSkill } from '@llmos-lab/skills';
import type { Drag } from '@lumino/dragdrop';
import { useReactFlow } from '@xyflow/react';
import * as React from 'react';

import { SKILL_MIME } from '../../insert/dragSkill';
import { portOf } from '../graphModel/ports';
import type { Places } from '../layout/arrange';
import { BoxGrid } from '../layout/boxGrid';
import type { IDrawing } from '../layout/drawing';
import { boxesOf, freePlace } from '../layout/placed';
import { shapeOf, type Direction, type ISize } from '../layout/shape';
import type { IBetween } from './actions';
import { useGraph } from './context';
import { showsPicture } from './pictures';

/**
 * Takes skills that are dropped: on an edge they go between, else where they fall, or
 * beside the nodes that are there.
 */
export function useCanvasDrop(
  root: React.RefObject<HTMLElement>,
  drawing: IDrawing,
  places: Places
): { readonly isOver: boolean } {
  const { actions, library } = useGraph();
  const flow = useReactFlow();
  return useSkillDrop(root, (id, { clientX, clientY }, edge) => {
    const at = flow.screenToFlowPosition({ x: clientX, y: clientY });
    const between = betweenOf(drawing, edge?.getAttribute('data-id'));
    const skill = library.get(id)?.skill;
    const direction = drawing.items[0]?.shape.direction;
    const { x, y } =
      skill?.kind === 'executable' && direction
        ? freePlace(
            { ...at, ...newShape(skill, direction) },
            new BoxGrid(boxesOf(drawing, places).values())
          )
        : at;
    void actions.add(id, between ? null : [x, y], between);
  });
}

/** The shape that the node of a skill will have. */
function newShape(skill: IExecutableSkill, direction: Direction): ISize {
  const [inputs, outputs] = [skill.inputs.map(portOf), skill.outputs.map(portOf)];
  const { category } = skill;
  const hasPicture = showsPicture({ kind: 'skill', category, outputs });
  const { width, height } = shapeOf({ inputs, outputs }, direction, hasPicture);
  return { width, height };
}

/** Takes skills that are dropped on an element, and marks an edge that they are over. */
export function useSkillDrop(
  root: React.RefObject<HTMLElement>,
  take: (skill: string, drag: Drag.Event, edge: Element | null) => void
): { readonly isOver: boolean } {
  const [isOver, setOver] = React.useState(false);
  const latest = React.useRef(take);
  latest.current = take;
  React.useEffect(() => {
    const node = root.current;
    let marked: Element | null = null;
    const mark = (edge: Element | null): void => {
      marked?.classList.remove('llmos-mod-dropTarget');
      edge?.classList.add('llmos-mod-dropTarget');
      marked = edge;
    };
    const listener = (event: Event): void => {
      const drag = event as Drag.Event;
      if (!drag.mimeData.hasData(SKILL_MIME)) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const edge = edgeAt(drag);
      setOver(event.type === 'lm-dragenter' || event.type === 'lm-dragover');
      mark(event.type === 'lm-dragover' ? edge : null);
      drag.dropAction = 'copy';
      if (event.type === 'lm-drop') {
        // Else the next key, such as undo, would go to the card that was dragged.
        node?.focus();
        latest.current(String(drag.mimeData.getData(SKILL_MIME)), drag, edge);
      }
    };
    const types = ['lm-dragenter', 'lm-dragover', 'lm-dragleave', 'lm-drop'];
    types.forEach(type => node?.addEventListener(type, listener));
    return () => types.forEach(type => node?.removeEventListener(type, listener));
  }, [root]);
  return { isOver };
}

/** Gives what comes in the place of a skill that was dropped the focus, once. */
export function useFocusOfDrop(
  root: React.RefObject<HTMLElement>,
  isDropped: React.MutableRefObject<boolean>
): void {
  React.useEffect(() => {
    if (isDropped.current) {
      isDropped.current = false;
      root.current?.focus();
    }
  }, [root, isDropped]);
}

/** The edge under the pointer; the drag's own image may lie over it. */
function edgeAt({ clientX, clientY }: Drag.Event): Element | null {
  return (
    document
      .elementsFromPoint(clientX, clientY)
      .map(element => element.closest('.react-flow__edge'))
      .find(edge => edge !== null) ?? null
  );
}

function betweenOf(
  drawing: IDrawing,
  id: string | null | undefined
): IBetween | undefined {
  const [edge] = drawing.edges.find(each => each.id === id)?.edges ?? [];
  return (
    edge && { from: edge.from, output: edge.output, to: edge.to, input: edge.input }
  );
}
