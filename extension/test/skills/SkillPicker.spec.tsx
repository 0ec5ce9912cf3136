import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { SkillPickerView } from '../../src/skills/SkillPicker';
import { HAMILTONIAN, VQE } from './fixtures';

const { act } = React;

describe('SkillPickerView', () => {
  let root: Root;
  let host: HTMLElement;
  let chosen: string | undefined;
  let accepted: number;

  beforeEach(() => {
    accepted = 0;
    host = document.createElement('div');
    document.body.append(host);
    root = createRoot(host);
    act(() =>
      root.render(
        <SkillPickerView
          search={query =>
            [HAMILTONIAN, VQE].filter(({ skill }) => skill.id.includes(query))
          }
          choose={id => {
            chosen = id;
          }}
          accept={() => accepted++}
          trans={nullTranslator.load('llmos')}
        />
      )
    );
  });
  afterEach(() => {
    act(() => root.unmount());
    host.remove();
  });

  const input = (): HTMLInputElement => {
    const found = host.querySelector('input');
    if (!found) {
      throw new Error('no input');
    }
    return found;
  };
  const press = (key: string): void =>
    act(() => {
      input().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    });
  const type = (text: string): void =>
    act(() => {
      const { set } =
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
      set?.call(input(), text);
      input().dispatchEvent(new Event('input', { bubbles: true }));
    });

  it('marks the best match and follows the arrows', () => {
    expect(chosen).toBe('quantum-hamiltonian');
    press('ArrowDown');
    press('ArrowDown');
    expect(chosen).toBe('quantum-vqe');
    expect(input().getAttribute('aria-activedescendant')).toBe(
      'llmos-pick-quantum-vqe'
    );
    press('ArrowUp');
    expect(chosen).toBe('quantum-hamiltonian');
  });

  it('follows the search, and chooses nothing when nothing matches', () => {
    type('vqe');
    expect(chosen).toBe('quantum-vqe');
    type('zzz');
    expect(chosen).toBeUndefined();
    expect(host.textContent).toContain('No skill matches. Try');
  });

  it('chooses by a click and accepts by a double click', () => {
    const second = host.querySelectorAll('li')[1];
    act(() => second?.click());
    expect(chosen).toBe('quantum-vqe');
    act(() => {
      second?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    });
    expect(accepted).toBe(1);
  });
});
