import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellStatus } from '@llmos-lab/skills';

import { categoryLook } from '../../skills/category';
import { toDrawing, toLayoutGraph } from '../layout/drawing';
import { layOutGraph } from '../layout/layout';
import { finalPlaces } from '../layout/placed';
import { waysOf } from '../layout/ways';
import type { INotebookRun } from '../run/tokens';
import type { INotebookGraph } from '../tokens';
import type { KeptLook } from './keptLook';
import { showsPicture } from './pictures';
import { toSvg, type IColours } from './svg';

/** Pixels of a PNG for each of the SVG. */
const SCALE = 2;

/** Longest side of a PNG that browsers draw on a canvas. */
const LONGEST = 16_000;

/** How a picture is drawn. */
export interface IPictureOptions {
  /** How the panel shows graphs. */
  readonly look: Pick<KeptLook, 'ready' | 'direction' | 'foldedIn'>;
  /** How cells stand; without it none has run. */
  readonly run?: Pick<INotebookRun, 'states'> | null;
  readonly format: 'svg' | 'png';
  readonly trans: TranslationBundle;
}

/** Draws the whole graph of a notebook as the panel shows it, in the theme's colours. */
export async function drawGraph(
  notebook: NotebookPanel,
  graph: INotebookGraph,
  { look, run = null, format, trans }: IPictureOptions
): Promise<Blob> {
  graph.refresh();
  await look.ready;
  const { direction } = look;
  const drawing = toDrawing(graph.view, {
    direction,
    folded: look.foldedIn(notebook.context.path),
    hasPicture: node => showsPicture(node) || graph.preview(node.id)?.kind === 'image'
  });
  const layout = await layOutGraph(toLayoutGraph(drawing, direction));
  const places = finalPlaces(drawing, layout.places);
  const ways = waysOf({ drawing, places, layout, direction });
  const colours = themeColours(notebook.node);
  const svg = toSvg({
    ...{ drawing, places, ways, colours },
    preview: cell => graph.preview(cell),
    state: cell => run?.states.get(cell)
  });
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  return format === 'svg' ? blob : toPng(blob, trans);
}

/** The theme's colours, resolved, since a picture has no style sheet. */
function themeColours(node: HTMLElement): IColours {
  const style = getComputedStyle(node);
  const probe = document.createElement('span');
  node.append(probe);
  const read = (colour: string): string => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const of = (name: string): string => style.getPropertyValue(name).trim();
  const hues = new Map<string, string>();
  const category = (name: string | null): string => {
    if (name === null) {
      return of('--jp-border-color1');
    }
    const known = hues.get(name) ?? hueColour(categoryLook(name).hue);
    hues.set(name, known);
    return known;
  };
  const warning = read('var(--jp-warn-color0)');
  const brand = read('var(--jp-brand-color1)');
  const success = read('var(--jp-success-color0)');
  const hints: Partial<Record<CellStatus, string>> = {
    stale: warning,
    blocked: warning,
    waiting: brand,
    running: brand,
    done: success,
    cached: success,
    failed: read('var(--llmos-error-text)')
  };
  const faint = read('var(--jp-ui-font-color2)');
  const colours = {
    background: read('var(--jp-layout-color1)'),
    node: read('var(--jp-layout-color0)'),
    border: read('var(--jp-border-color1)'),
    text: read('var(--jp-ui-font-color0)'),
    faint,
    frame: read('var(--jp-layout-color2)'),
    warning,
    error: read('var(--jp-error-color1)'),
    status: (status: CellStatus) => hints[status] ?? faint,
    category
  };
  probe.remove();
  return colours;
}

/** Hue in a form that every viewer of SVG knows; OKLCH is not. */
function hueColour(hue: number): string {
  // The two scales of hue differ by about this much.
  return `hsl(${Math.round((hue + 335) % 360)}, 45%, 50%)`;
}

async function toPng(svg: Blob, trans: TranslationBundle): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(SCALE, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const context = canvas.getContext('2d');
    if (!context) {
      throw new Error(
        trans.__('The browser gives no canvas to draw on. Export as SVG instead.')
      );
    }
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        blob =>
          blob
            ? resolve(blob)
            : reject(
                new Error(trans.__('The graph is too large for a PNG. Export as SVG.'))
              ),
        'image/png'
      )
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
