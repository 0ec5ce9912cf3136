/** Resolves when the page has nothing to do; in Safari, which cannot tell, soon after. */
export function whenIdle(): Promise<void> {
  return new Promise(done => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => done());
    } else {
      setTimeout(done, 200);
    }
  });
}
