import type { Drag } from '@lumino/dragdrop';
import { useReactFlow } from '@xyflow/react';
import * as React from 'react';

import { SKILL_MIME } from '../../insert/dragSkill';
import type { IDrawing } from '../layout/drawing';
import type { IBetween } from './actions';
import { useGraph } from './context';

/** Takes skills that are dropped: on an edge they go between, else where they fall. */
export function useCanvasDrop(
  root: React.RefObject<HTMLElement>,
  drawing: IDrawing
): { readonly isOver: boolean } {
  const { actions } = useGraph();
  const flow = useReactFlow();
  return useSkillDrop(root, (skill, { clientX: x, clientY: y }, edge) => {
    const place = flow.screenToFlowPosition({ x, y });
    const between = betweenOf(drawing, edge?.getAttribute('data-id'));
    void actions.add(skill, between ? null : [place.x, place.y], between);
  });
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
        latest.current(String(drag.mimeData.getData(SKILL_MIME)), drag, edge);
      }
    };
    const types = ['lm-dragenter', 'lm-dragover', 'lm-dragleave', 'lm-drop'];
    types.forEach(type => node?.addEventListener(type, listener));
    return () => types.forEach(type => node?.removeEventListener(type, listener));
  }, [root]);
  return { isOver };
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
