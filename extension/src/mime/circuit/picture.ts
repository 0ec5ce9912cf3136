/** The charts as one picture, with title and legend. */

export interface IPicture {
  readonly title: string;
  readonly legend: readonly { readonly label: string; readonly colour: string }[];
  readonly canvases: readonly HTMLCanvasElement[];
  /** Whose colours and font are taken. */
  readonly host: HTMLElement;
}

/** Canvases one below the other, on the theme's background; null before layout. */
export function composePng(picture: IPicture): HTMLCanvasElement | null {
  const { canvases, legend, title, host } = picture;
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(0, ...canvases.map(canvas => canvas.width));
  const head = Math.round(44 * ratio);
  const height = canvases.reduce((sum, canvas) => sum + canvas.height, head);
  const made = document.createElement('canvas');
  const context = made.getContext('2d');
  if (width === 0 || !context) {
    return null;
  }
  made.width = width;
  made.height = height;
  const style = getComputedStyle(host);
  context.fillStyle = style.getPropertyValue('--jp-layout-color0').trim() || 'white';
  context.fillRect(0, 0, width, height);
  context.fillStyle = style.color;
  context.textBaseline = 'middle';
  context.font = `600 ${13 * ratio}px ${style.fontFamily}`;
  context.fillText(title, 12 * ratio, 14 * ratio, width - 24 * ratio);
  context.font = `${11 * ratio}px ${style.fontFamily}`;
  let x = 12 * ratio;
  for (const { label, colour } of legend) {
    context.fillStyle = colour;
    context.fillRect(x, 32 * ratio, 16 * ratio, 3 * ratio);
    context.fillStyle = style.color;
    context.fillText(label, x + 20 * ratio, 33 * ratio);
    x += 36 * ratio + context.measureText(label).width;
  }
  let y = head;
  for (const canvas of canvases) {
    context.drawImage(canvas, 0, y);
    y += canvas.height;
  }
  return made;
}
