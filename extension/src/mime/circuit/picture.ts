/** The charts as one picture, with title and legend. */

export interface IPicture {
  readonly title: string;
  readonly legend: readonly { readonly label: string; readonly colour: string }[];
  readonly canvases: readonly HTMLCanvasElement[];
  /** Stands above the legend. */
  readonly schematic: HTMLCanvasElement | null;
  /** Whose colours and font are taken. */
  readonly host: HTMLElement;
}

/**
 * Title, schematic, legend and charts one below the other, on the theme's background;
 * null when there is nothing to show yet.
 */
export function composePng(picture: IPicture): HTMLCanvasElement | null {
  const { canvases, legend, title, host, schematic } = picture;
  const ratio = window.devicePixelRatio || 1;
  const all = schematic ? [schematic, ...canvases] : canvases;
  const width = Math.max(0, ...all.map(canvas => canvas.width));
  const [line, row] = [Math.round(26 * ratio), Math.round(20 * ratio)];
  const legendHeight = legend.length > 0 ? row : 0;
  const made = document.createElement('canvas');
  const context = made.getContext('2d');
  if (width === 0 || !context) {
    return null;
  }
  made.width = width;
  made.height = all.reduce((sum, { height }) => sum + height, line + legendHeight);
  const style = getComputedStyle(host);
  context.fillStyle = style.getPropertyValue('--jp-layout-color0').trim() || 'white';
  context.fillRect(0, 0, width, made.height);
  context.fillStyle = style.color;
  context.textBaseline = 'middle';
  context.font = `600 ${13 * ratio}px ${style.fontFamily}`;
  context.fillText(title, 12 * ratio, 14 * ratio, width - 24 * ratio);
  let y = line;
  if (schematic) {
    context.drawImage(schematic, 0, y);
    y += schematic.height;
  }
  if (legend.length > 0) {
    drawLegend(context, legend, { y, ratio, style });
    y += row;
  }
  for (const canvas of canvases) {
    context.drawImage(canvas, 0, y);
    y += canvas.height;
  }
  return made;
}

function drawLegend(
  context: CanvasRenderingContext2D,
  legend: IPicture['legend'],
  { y, ratio, style }: { y: number; ratio: number; style: CSSStyleDeclaration }
): void {
  context.font = `${11 * ratio}px ${style.fontFamily}`;
  let x = 12 * ratio;
  for (const { label, colour } of legend) {
    context.fillStyle = colour;
    context.fillRect(x, y + 8 * ratio, 16 * ratio, 3 * ratio);
    context.fillStyle = style.color;
    context.fillText(label, x + 20 * ratio, y + 9 * ratio);
    x += 36 * ratio + context.measureText(label).width;
  }
}
