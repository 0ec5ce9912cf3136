import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Widget } from '@lumino/widgets';

import { keepFocusAtStart } from '../../src/skills/keepFocus';

function element<T extends HTMLElement>(parent: HTMLElement, tag: string): T {
  const made = document.createElement(tag) as T;
  made.tabIndex = -1;
  parent.append(made);
  return made;
}

describe('keepFocusAtStart', () => {
  let search: HTMLElement;
  let launcher: HTMLElement;
  let main: Widget[];
  let restore: () => Promise<void>;

  beforeEach(() => {
    document.body.replaceChildren();
    const panel = new Widget();
    document.body.append(panel.node);
    search = element(panel.node, 'input');
    const tab = new Widget();
    launcher = element(tab.node, 'div');
    launcher.className = 'jp-Launcher';
    document.body.append(tab.node);
    main = [];
    let done: () => void = () => undefined;
    const restored = new Promise<void>(resolve => {
      done = resolve;
    });
    restore = () => {
      done();
      return restored;
    };
    const shell = { widgets: () => main };
    keepFocusAtStart({ restored, shell } as unknown as JupyterFrontEnd, panel);
    search.focus();
  });

  it('gives the focus back that the first Launcher takes', () => {
    launcher.focus();
    expect(document.activeElement).toBe(search);
  });

  it('lets later Launchers have it', () => {
    launcher.focus();
    launcher.focus();
    expect(document.activeElement).toBe(launcher);
  });

  it('lets a Launcher have it that was clicked', () => {
    launcher.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    launcher.focus();
    expect(document.activeElement).toBe(launcher);
  });

  it('does nothing once the page has started with a document', async () => {
    main.push(new Widget());
    await restore();
    launcher.focus();
    expect(document.activeElement).toBe(launcher);
  });
});
