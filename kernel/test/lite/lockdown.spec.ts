import { LOCKED_GLOBALS, LOCKED_NAVIGATOR, lockDown } from '../../src/lite/lockdown';

/** A worker's global object as browsers build it: getters on prototypes. */
function makeScope(): { indexedDB: unknown; navigator: { storage: unknown } } {
  const base = {};
  for (const name of LOCKED_GLOBALS) {
    Object.defineProperty(base, name, { get: () => 'reached', configurable: true });
  }
  const navigatorBase = {};
  for (const name of LOCKED_NAVIGATOR) {
    Object.defineProperty(navigatorBase, name, {
      get: () => 'reached',
      configurable: true
    });
  }
  const scope = Object.create(base) as {
    indexedDB: unknown;
    navigator: { storage: unknown };
  };
  Object.defineProperty(scope, 'navigator', { value: Object.create(navigatorBase) });
  return scope;
}

describe('lockDown', () => {
  it('takes every name away, on the object and its prototypes', () => {
    const scope = makeScope();
    const base = Object.getPrototypeOf(scope) as object;
    lockDown(scope);
    for (const name of LOCKED_GLOBALS) {
      expect(Reflect.get(scope, name)).toBeUndefined();
      expect(Object.hasOwn(base, name)).toBe(false);
    }
    for (const name of LOCKED_NAVIGATOR) {
      expect(Reflect.get(scope.navigator, name)).toBeUndefined();
    }
  });

  it('leaves nothing to delete, assign or define again', () => {
    const scope = makeScope();
    lockDown(scope);
    expect(Reflect.deleteProperty(scope, 'indexedDB')).toBe(false);
    expect(Reflect.set(scope, 'indexedDB', 1)).toBe(false);
    expect(Reflect.defineProperty(scope, 'indexedDB', { value: 1 })).toBe(false);
  });

  it('fails loudly when a name cannot be taken away', () => {
    const scope = makeScope();
    Object.defineProperty(scope, 'caches', { value: 'stays', configurable: false });
    expect(() => lockDown(scope)).toThrow(/"caches" stays reachable/);
  });
});
