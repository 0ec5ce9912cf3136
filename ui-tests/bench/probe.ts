import type { Page } from '@playwright/test';

/** What the probe in a page has seen; times are milliseconds. */
export interface IProbe {
  /** Epoch time at which a scene's picture first came to the page; 0 before. */
  firstPicture: number;
  /** Longest time in which the page answered nothing. */
  longestPause: number;
  /** Script time of each animation frame in which something was drawn. */
  readonly script: number[];
  /** Epoch time of each such frame. */
  readonly drawn: number[];
}

declare global {
  var llmosProbe: IProbe;
}

/** Puts the probe into every page that `page` opens from now on. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: IProbe = { firstPicture: 0, longestPause: 0, script: [], drawn: [] };
    globalThis.llmosProbe = probe;
    const now = (): number => performance.timeOrigin + performance.now();
    let pictures = 0;
    const context = ImageBitmapRenderingContext.prototype;
    type Show = (
      this: ImageBitmapRenderingContext,
      picture: ImageBitmap | null
    ) => void;
    const show = (context as unknown as { transferFromImageBitmap: Show })
      .transferFromImageBitmap;
    context.transferFromImageBitmap = function (picture) {
      show.call(this, picture);
      pictures += 1;
      probe.firstPicture ||= now();
    };
    const request = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = callback =>
      request(time => {
        const before = pictures;
        const start = performance.now();
        callback(time);
        if (pictures > before) {
          probe.script.push(performance.now() - start);
          probe.drawn.push(now());
        }
      });
    let last = performance.now();
    const beat = new MessageChannel();
    beat.port1.onmessage = () => {
      const at = performance.now();
      probe.longestPause = Math.max(probe.longestPause, at - last);
      last = at;
      setTimeout(() => beat.port2.postMessage(null), 4);
    };
    beat.port2.postMessage(null);
  });
}

/** What the probe has seen so far. */
export function readProbe(page: Page): Promise<IProbe> {
  return page.evaluate(() => globalThis.llmosProbe);
}

/** Script times and rate of the next `count` frames in which something is drawn. */
export async function readFrames(
  page: Page,
  count: number
): Promise<{ readonly script: readonly number[]; readonly rate: number }> {
  const before = (await readProbe(page)).script.length;
  await page.waitForFunction(
    wanted => globalThis.llmosProbe.script.length >= wanted,
    before + count
  );
  const { script, drawn } = await readProbe(page);
  const times = drawn.slice(before);
  const span = (times.at(-1) ?? NaN) - (times[0] ?? NaN);
  return { script: script.slice(before), rate: ((times.length - 1) * 1000) / span };
}
