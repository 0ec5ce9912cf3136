/** Red, green, blue and alpha, each from 0 to 255. */
export type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** The colour that something draws at its corner; null where the browser cannot draw. */
export function pixelOf(
  draw: (context: OffscreenCanvasRenderingContext2D) => void
): Pixel | null {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) {
    return null;
  }
  draw(context);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(
    0,
    0,
    1,
    1
  ).data;
  return [red, green, blue, alpha];
}

/** A drawing has the ground of the theme that it was made in; its corner shows which. */
export function hasDarkGround(image: HTMLImageElement): boolean {
  const pixel = pixelOf(context => context.drawImage(image, 0, 0, 1, 1, 0, 0, 1, 1));
  if (!pixel) {
    return false;
  }
  const [red, green, blue, alpha] = pixel;
  return alpha > 127 && (red + green + blue) / 3 < 128;
}
