/**
 * For long work on the page's thread: awaited between two of its steps, the result lets
 * keys and drawing in whenever so many milliseconds have gone by.
 */
export function giveWayEvery(milliseconds: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since >= milliseconds) {
      await new Promise<void>(done => setTimeout(done));
      since = performance.now();
    }
  };
}
