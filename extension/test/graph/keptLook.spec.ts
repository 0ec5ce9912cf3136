import '../browser';

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';

import { KeptLook } from '../../src/graph/panel/keptLook';

/** Settings in memory, as much of them as the panel uses. */
function settingsOf(values: Record<string, unknown>): ISettingRegistry {
  const settings = {
    composite: values,
    changed: new Signal<object, void>({}),
    set: (name: string, value: unknown) => {
      values[name] = value;
      return Promise.resolve();
    }
  };
  return { load: () => Promise.resolve(settings) } as unknown as ISettingRegistry;
}

/** The browser's storage; `text` is what every entry says at first. */
function storageOf(text: string | null = null): Pick<Storage, 'getItem' | 'setItem'> {
  const entries = new Map<string, string>();
  return {
    getItem: name => entries.get(name) ?? text,
    setItem: (name, value) => void entries.set(name, value)
  };
}

const fail = (error: unknown): never => {
  throw error;
};

describe('KeptLook', () => {
  it('comes back as it was left', async () => {
    const stores = {
      ...{ settings: settingsOf({}), storage: storageOf(), site: '/lab/' },
      onError: fail
    };
    const first = new KeptLook(stores);
    await first.ready;
    expect([first.direction, first.hasMap]).toEqual(['down', null]);
    first.direction = 'right';
    first.hasMap = false;
    first.fold('a.ipynb', new Set(['h1', 'h2']));
    first.fold('b.ipynb', new Set(['h3']));
    first.fold('b.ipynb', new Set());

    const next = new KeptLook(stores);
    await next.ready;
    expect([next.direction, next.hasMap]).toEqual(['right', false]);
    expect([...next.foldedIn('a.ipynb')]).toEqual(['h1', 'h2']);
    expect([...next.foldedIn('b.ipynb')]).toEqual([]);
  });

  it('forgets the notebook that was folded longest ago', async () => {
    const look = new KeptLook({
      ...{ settings: null, storage: null, site: '/' },
      onError: fail
    });
    await look.ready;
    for (let at = 0; at <= 100; at++) {
      look.fold(`${at}.ipynb`, new Set(['h']));
    }
    expect(look.foldedIn('0.ipynb').size).toBe(0);
    expect(look.foldedIn('100.ipynb').size).toBe(1);
  });

  it('tells what could not be read, and goes on with what is usual', async () => {
    const errors: unknown[] = [];
    const broken = { load: () => Promise.reject(new Error('no settings')) };
    const look = new KeptLook({
      settings: broken as unknown as ISettingRegistry,
      ...{ storage: storageOf('{"a'), site: '/' },
      onError: error => errors.push(error)
    });
    await look.ready;
    expect(errors).toHaveLength(2);
    expect(look.direction).toBe('down');
  });
});
