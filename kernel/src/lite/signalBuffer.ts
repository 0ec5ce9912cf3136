/**
 * The shared byte as Pyodide is to see it: reading takes the value. Pyodide's helper reads
 * the byte and clears it in two steps some hundred thousand times a second, so that a stop
 * which the page wrote between the two was lost.
 */
export function signalBuffer(shared: Uint8Array): Uint8Array {
  const signals = {
    get 0(): number {
      return Atomics.exchange(shared, 0, 0);
    },
    set 0(_cleared: number) {
      // Taken by the reading.
    }
  };
  return signals as unknown as Uint8Array;
}
