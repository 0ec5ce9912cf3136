import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { tourSteps } from '../../src/guide/tour/steps';
import { TourView } from '../../src/guide/tour/TourView';

const trans = nullTranslator.load('llmos');

describe('the tour', () => {
  beforeAll(() => {
    // jsdom has no modal dialogs, nothing to lay out and nothing to scroll.
    Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined });
    Object.assign(globalThis, {
      ResizeObserver: class {
        observe = (): void => undefined;
        disconnect = (): void => undefined;
      }
    });
  });

  it('has one way out at its end, which has the focus, and none back at its start', () => {
    const host = document.createElement('div');
    document.body.append(host);
    const root = createRoot(host);
    const steps = ['One', 'Two'].map(title => ({
      ...{ title, text: '' },
      find: () => null
    }));
    act(() =>
      root.render(<TourView steps={steps} onEnd={() => undefined} trans={trans} />)
    );
    const button = (text: string): HTMLButtonElement | undefined =>
      [...host.querySelectorAll('button')].find(each => each.textContent === text);
    expect(document.activeElement).toBe(button('Next'));
    expect(button('Back')?.getAttribute('aria-disabled')).toBe('true');
    button('Skip')?.focus();
    const right = new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true });
    act(() => void button('Skip')?.dispatchEvent(right));
    const texts = [...host.querySelectorAll('button')].map(each => each.textContent);
    expect(texts).toEqual(['Back', 'Done']);
    expect(document.activeElement).toBe(button('Done'));
    act(() => root.unmount());
    host.remove();
  });

  it('shows the whole cell of a skill, and of the menus the one for help', () => {
    document.body.innerHTML = `
      <ul id="jp-MainMenu">
        <li class="lm-MenuBar-item">File</li><li class="lm-MenuBar-item">Help</li>
      </ul>
      <div class="jp-NotebookPanel"><div id="cell"><div class="llmos-CellForm"></div></div></div>`;
    const steps = tourSteps({} as JupyterFrontEnd, trans);
    expect(steps[0]?.find()?.id).toBe('cell');
    expect(steps.at(-1)?.find()?.textContent).toBe('Help');
    document.body.innerHTML = '';
  });
});
