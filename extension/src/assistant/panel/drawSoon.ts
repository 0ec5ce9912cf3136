/** Blocks that are drawn before one frame at most: a few milliseconds. */
const A_FRAME = 4;

/** What waits to be drawn, in the order in which it was asked for. */
const waiting = new Set<() => void>();
let frame: number | null = null;

/**
 * Draws something with one of the next frames, a few things a frame, so that a long
 * message never keeps keys waiting. Calling the result leaves it out. What throws keeps
 * nothing else from being drawn; the browser reports it.
 */
export function drawSoon(draw: () => void): () => void {
  waiting.add(draw);
  frame ??= requestAnimationFrame(drawSome);
  return () => void waiting.delete(draw);
}

function drawSome(): void {
  const now = [...waiting].slice(0, A_FRAME);
  try {
    for (const draw of now) {
      waiting.delete(draw);
      draw();
    }
  } finally {
    frame = waiting.size > 0 ? requestAnimationFrame(drawSome) : null;
  }
}
