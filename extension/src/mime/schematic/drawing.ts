/** A laid out schematic as SVG. Colours and fonts come from the style sheet. */

import { svg } from '../dom';
import type { IPoint, IWire } from './geometry';
import type { ISchematic } from './layout';
import { turned, widthOf, type ILead, type IPlaced, type IText } from './place';

/** Draws the parts, wires, names and voltages; `label` is for screen readers. */
export function schematicSvg(
  { width, height, parts, wires }: ISchematic,
  label: string
): SVGSVGElement {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return svg(
    'svg',
    {
      ...{ width: w, height: h, viewBox: `0 0 ${w} ${h}` },
      ...{ role: 'img', 'aria-label': label, class: 'llmos-Schematic-svg' }
    },
    ...wires.map(wireOf),
    ...parts.map(partOf)
  );
}

function wireOf({ node, lines, dots }: IWire): SVGGElement {
  return svg(
    'g',
    { class: 'llmos-Schematic-wire', 'data-node': node },
    svg('title', {}, node),
    svg('path', { d: lines.map(pathOf).join('') }),
    ...dots.map(({ x, y }) =>
      svg('circle', { cx: x, cy: y, r: 2.6, class: 'llmos-mod-solid' })
    )
  );
}

function pathOf(points: readonly IPoint[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

function partOf(placed: IPlaced & { readonly at: IPoint }): SVGGElement {
  const { part, symbol, turn, leads, texts, at } = placed;
  const shapes = svg(
    'g',
    turn === 0 ? {} : { transform: `rotate(${turn})` },
    svg('path', { d: symbol.lines }),
    svg('path', { d: symbol.solid ?? '', class: 'llmos-mod-solid' })
  );
  const marks = (symbol.marks ?? []).map(({ text, x, y, anchor }) => {
    // Signs sit on their baseline, so it is their middle that turns.
    const place = turned({ x, y: y - 4 }, turn);
    return svg(
      'text',
      {
        ...{ x: place.x, y: place.y + 4, 'text-anchor': anchor ?? 'middle' },
        class: 'llmos-mod-mark'
      },
      text
    );
  });
  return svg(
    'g',
    {
      class: 'llmos-Schematic-part',
      'data-part': part.name,
      transform: `translate(${at.x} ${at.y})`
    },
    svg('title', {}, part.card),
    shapes,
    ...marks,
    ...leads.map(leadOf),
    ...texts.map(textOf)
  );
}

function textOf({ text, x, y, anchor, kind }: IText): SVGTextElement {
  return svg('text', { x, y, 'text-anchor': anchor, class: `llmos-mod-${kind}` }, text);
}

function leadOf(lead: ILead): SVGGElement {
  const { ending, x, y, outer, node } = lead;
  const group = svg('g', { 'data-node': node });
  if (ending === 'ground') {
    group.append(...groundOf(lead));
  } else if (ending === 'rail') {
    group.append(...railOf(lead));
  } else {
    group.append(svg('path', { d: `M${x} ${y}L${outer.x} ${outer.y}` }));
  }
  group.append(...labelOf(lead));
  return group;
}

const OUT = { N: [0, -1], E: [1, 0], S: [0, 1], W: [-1, 0] } as const;

function groundOf({ x, y, side }: ILead): readonly SVGElement[] {
  const [dx, dy] = OUT[side];
  const isFlat = dy === 0;
  const down = side === 'N' ? -1 : 1;
  const [left, top] = [x + dx * 10, y + (isFlat ? 0 : 0)];
  const bars = [9, 6, 2.5]
    .map((half, at) => `M${left - half} ${top + down * (8 + 4 * at)}h${2 * half}`)
    .join('');
  return [svg('path', { d: `M${x} ${y}H${left}V${top + down * 8}${bars}` })];
}

function railOf({ x, y, side, node }: ILead): readonly SVGElement[] {
  const [dx, dy] = OUT[side];
  const [endX, endY] = [x + dx * 12, y + dy * 10];
  const bar = dy === 0 ? `M${endX} ${y - 7}v14` : `M${x - 10} ${endY}h20`;
  const text = svg(
    'text',
    {
      x: dy === 0 ? endX + dx * 4 : x,
      y: dy === 0 ? y + 4 : endY + (dy < 0 ? -4 : 12),
      'text-anchor': dy !== 0 ? 'middle' : dx > 0 ? 'start' : 'end',
      class: 'llmos-mod-node'
    },
    node
  );
  return [svg('path', { d: `M${x} ${y}L${endX} ${endY}${bar}` }), text];
}

/** The name above a lying lead and its voltage below; both right of an upright one. */
function labelOf({ side, outer, label, x, y }: ILead): readonly SVGElement[] {
  const [name, voltage] = label;
  const wide = Math.max(0, ...label.map(widthOf));
  const texts: SVGElement[] = [];
  const add = (text: string | undefined, at: IPoint, kind: string): void => {
    if (text !== undefined) {
      texts.push(svg('text', { ...at, class: `llmos-mod-${kind}` }, text));
    }
  };
  if (side === 'E' || side === 'W') {
    const left = side === 'E' ? outer.x - wide : outer.x + 4;
    add(name, { x: left, y: y - 4 }, 'node');
    add(voltage, { x: left, y: y + 13 }, 'voltage');
  } else {
    const top = side === 'N' ? y - 20 : y + 14;
    add(name, { x: x + 5, y: top }, 'node');
    add(voltage, { x: x + 5, y: top + 13 }, 'voltage');
  }
  return texts;
}
