import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { toDrawing, toLayoutGraph } from '../layout/drawing';
import { layOutGraph } from '../layout/layout';
import { finalPlaces } from '../layout/placed';
import { waysOf } from '../layout/ways';
import type { INotebookRun } from '../run/tokens';
import type { INotebookGraph } from '../tokens';
import type { KeptLook } from './keptLook';
import { latestOf, type ILatest } from './latest';
import { hasPicture } from './pictures';
import { toSvg } from './svg';
import { browserMeasure } from './svgShapes';
import { themeColours } from './themeColours';
import { isForOtherGround } from './turnedPictures';

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
    hasPicture: node => hasPicture(graph, run, node)
  });
  const layout = await layOutGraph(toLayoutGraph(drawing, direction));
  const places = finalPlaces(drawing, layout.places);
  const ways = waysOf({ drawing, places, layout, direction });
  const cells = drawing.items.flatMap(item => (item.kind === 'cell' ? item.node : []));
  const categories = cells.map(({ category }) => category);
  const colours = themeColours(notebook.node, categories);
  const latest = (cell: string): ILatest =>
    latestOf(graph, cell, run?.states.get(cell), trans);
  const turned = new Set<string>();
  for (const { id } of cells) {
    const { result } = latest(id);
    if (result && (await isForOtherGround(result, colours.node))) {
      turned.add(id);
    }
  }
  const svg = toSvg({
    ...{ drawing, places, ways, colours, turned },
    latest,
    measure: browserMeasure(),
    state: cell => run?.states.get(cell)
  });
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  return format === 'svg' ? blob : toPng(blob, trans);
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
