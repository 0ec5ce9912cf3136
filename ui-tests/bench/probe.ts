import type { Page } from '@playwright/test';

/** What the probe in a page has seen; times are milliseconds. */
export interface IProbe {
  /** Epoch time at which a scene's picture first came to the page; 0 before. */
  firstPicture: number;
  /** Longest time in which the page answered nothing. */
  longestPause: number;
  /** From each key press to the end of the frame that shows what it did. */
  readonly answers: number[];
  /**
   * Script time of each animation frame in which something was drawn, without what it
   * waited for the picture: where no GPU is, the processor draws meanwhile.
   */
  readonly script: number[];
  /** The time waited for the picture of each such frame. */
  readonly waited: number[];
  /** Epoch time of each such frame. */
  readonly drawn: number[];
}

declare global {
  var llmosProbe: IProbe;
}

/** Puts the probe into every page that `page` opens from now on. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: IProbe = {
      firstPicture: 0,
      longestPause: 0,
      answers: [],
      script: [],
      waited: [],
      drawn: []
    };
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
    let waited = 0;
    const canvas = OffscreenCanvas.prototype;
    type Take = (this: OffscreenCanvas) => ImageBitmap;
    const take = (canvas as unknown as { transferToImageBitmap: Take })
      .transferToImageBitmap;
    canvas.transferToImageBitmap = function () {
      const start = performance.now();
      const picture = take.call(this);
      waited += performance.now() - start;
      return picture;
    };
    const request = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = callback =>
      request(time => {
        const [before, waitedBefore] = [pictures, waited];
        const start = performance.now();
        callback(time);
        if (pictures > before) {
          const script = performance.now() - start - (waited - waitedBefore);
          probe.script.push(script);
          probe.waited.push(waited - waitedBefore);
          probe.drawn.push(now());
        }
      });
    addEventListener(
      'keydown',
      ({ timeStamp }) =>
        request(() => {
          const shown = new MessageChannel();
          // Comes after the frame has been drawn.
          shown.port1.onmessage = () =>
            probe.answers.push(performance.now() - timeStamp);
          shown.port2.postMessage(null);
        }),
      { capture: true }
    );
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

/** Frames of an animation. */
export interface IFrames {
  readonly script: readonly number[];
  readonly waited: readonly number[];
  /** Frames a second. */
  readonly rate: number;
}

/** Script times and rate of the next `count` frames in which something is drawn. */
export async function readFrames(page: Page, count: number): Promise<IFrames> {
  const before = (await readProbe(page)).script.length;
  await page.waitForFunction(
    wanted => globalThis.llmosProbe.script.length >= wanted,
    before + count
  );
  const { script, waited, drawn } = await readProbe(page);
  const times = drawn.slice(before);
  const span = (times.at(-1) ?? NaN) - (times[0] ?? NaN);
  return {
    script: script.slice(before),
    waited: waited.slice(before),
    rate: ((times.length - 1) * 1000) / span
  };
}
