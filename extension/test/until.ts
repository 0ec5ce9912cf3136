/** Waits for a change of the page. */
export function until(isSo: () => boolean): Promise<void> {
  return new Promise(done => {
    const watch = new MutationObserver(() => {
      if (isSo()) {
        watch.disconnect();
        done();
      }
    });
    if (isSo()) {
      done();
    } else {
      watch.observe(document, { childList: true, subtree: true });
    }
  });
}
