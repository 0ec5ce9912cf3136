/** What of `Atomics` is mended here; ES2024, so not in our library files. */
export interface IWaitAsync {
  waitAsync?: (
    array: Int32Array,
    index: number,
    value: number,
    timeout?: number
  ) => { readonly async: boolean; readonly value: PromiseLike<string> | string };
}

/**
 * Lets `Atomics.waitAsync` always answer with a promise.
 *
 * Where the other side was faster, the standard's answer is a plain text; coincident 1.2
 * calls `then` on it all the same, and the reply of the cell is lost: the cell stays at
 * `[*]`. Must run before coincident is loaded, which takes the function for itself.
 * https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics/waitAsync
 */
export function mendWaitAsync(atomics: IWaitAsync): void {
  const native = atomics.waitAsync?.bind(atomics);
  if (!native) {
    return;
  }
  atomics.waitAsync = (array, index, value, timeout) => {
    const answer = native(array, index, value, timeout);
    return { async: answer.async, value: Promise.resolve(answer.value) };
  };
}
