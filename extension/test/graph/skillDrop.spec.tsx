import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { MimeData } from '@lumino/coreutils';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import type { IGraphActions } from '../../src/graph/panel/actions';
import { GraphView, type IGraphViewProps } from '../../src/graph/panel/GraphView';
import { useFocusOfDrop, useSkillDrop } from '../../src/graph/panel/skillDrop';
import { EMPTY_VIEW } from '../../src/graph/graphModel/view';
import { SKILL_MIME } from '../../src/insert/dragSkill';

/** A step of a drag with a skill, as Lumino tells it. */
function drag(target: Element, type: string, mime = SKILL_MIME): Event {
  const mimeData = new MimeData();
  mimeData.setData(mime, 'quantum-vqe');
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.assign(event, { mimeData, clientX: 1, clientY: 1, dropAction: 'none' });
  act(() => void target.dispatchEvent(event));
  return event;
}

describe('a place that takes skills', () => {
  it('has the focus after a drop, so that the next key is for it', () => {
    const take = jest.fn();
    function Place(): React.JSX.Element {
      const node = React.useRef<HTMLDivElement>(null);
      useSkillDrop(node, take);
      return <div ref={node} tabIndex={-1} />;
    }
    const host = document.createElement('div');
    const card = document.createElement('button');
    document.body.append(host, card);
    Object.assign(document, { elementsFromPoint: () => [] });
    const root = createRoot(host);
    act(() => root.render(<Place />));
    card.focus();
    const place = host.firstElementChild as HTMLElement;
    drag(place, 'lm-dragover');
    expect(document.activeElement).toBe(card);
    drag(place, 'lm-drop');
    expect(document.activeElement).toBe(place);
    expect(take).toHaveBeenCalledTimes(1);
    act(() => root.unmount());
    host.remove();
    card.remove();
  });
});

describe('what comes in the place of a skill that was dropped', () => {
  it('takes the focus once', () => {
    const isDropped = { current: true };
    function Place(): React.JSX.Element {
      const node = React.useRef<HTMLDivElement>(null);
      useFocusOfDrop(node, isDropped);
      return <div ref={node} tabIndex={-1} />;
    }
    const host = document.createElement('div');
    document.body.append(host);
    const root = createRoot(host);
    act(() => root.render(<Place key="first" />));
    expect(document.activeElement).toBe(host.firstElementChild);
    act(() => root.render(<Place key="second" />));
    expect(document.activeElement).toBe(document.body);
    act(() => root.unmount());
    host.remove();
  });
});

describe('the graph of an empty notebook', () => {
  const add = jest.fn<Promise<boolean>, unknown[]>(() => Promise.resolve(true));
  const host = document.createElement('div');
  const root = createRoot(host);

  beforeAll(() => {
    Object.assign(document, { elementsFromPoint: () => [] });
    document.body.append(host);
    const actions = { add } as Partial<IGraphActions>;
    const graph = { view: EMPTY_VIEW };
    const model = { notebook: {}, graph, query: '', found: [], tab: 'canvas' };
    const trans = nullTranslator.load('llmos');
    const context = { actions, graph, run: null, notebook: null, trans };
    const props = { model, context } as unknown as IGraphViewProps;
    act(() => root.render(<GraphView {...props} />));
  });

  afterAll(() => {
    act(() => root.unmount());
    host.remove();
  });

  it('takes a skill that is dropped, and shows so while it is over it', () => {
    const text = host.querySelector('.llmos-GraphPanel-empty p') ?? host;
    const hasMark = (): boolean => host.querySelector('.llmos-mod-dropTarget') !== null;
    expect(drag(text, 'lm-dragenter').defaultPrevented).toBe(true);
    expect(hasMark()).toBe(true);
    drag(text, 'lm-dragleave');
    expect(hasMark()).toBe(false);
    drag(text, 'lm-dragover');
    expect(hasMark()).toBe(true);
    expect(drag(text, 'lm-drop')).toMatchObject({ dropAction: 'copy' });
    expect(hasMark()).toBe(false);
    expect(add.mock.calls).toEqual([['quantum-vqe', null]]);
  });

  it('leaves other drags alone', () => {
    const text = host.querySelector('.llmos-GraphPanel-empty') ?? host;
    expect(drag(text, 'lm-dragenter', 'text/plain').defaultPrevented).toBe(false);
  });
});
