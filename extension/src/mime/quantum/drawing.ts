/** Circuit and Bloch spheres as SVG; colours come from the style sheet. */

import { svg } from '../dom';
import type { IGate } from './model';
import { columnsOf, type IBlochVector } from './state';

const STEP = 62;
const WIRE = 44;
const LEFT = 44;
/** Controlled gates by how many controls stand before the target. */
const CONTROLLED = /^(c{1,3}|mc)(x|y|z|h|s|sdg|p|phase|rx|ry|rz|u|swap)$/;

/** The circuit, qubit 0 on top. */
export function circuitSvg(
  gates: readonly IGate[],
  qubits: number,
  label: string
): SVGSVGElement {
  const columns = columnsOf(gates);
  const width = LEFT + (Math.max(0, ...columns) + 1) * STEP + 12;
  const height = qubits * WIRE + 8;
  const root = svg('svg', {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-label': label,
    class: 'llmos-Quantum-circuit'
  });
  for (let qubit = 0; qubit < qubits; qubit++) {
    const y = wireY(qubit);
    root.append(svg('text', { x: 4, y: y + 4 }, `q${qubit}`));
    root.append(svg('line', { x1: LEFT - 14, y1: y, x2: width - 4, y2: y }));
  }
  gates.forEach((gate, index) => {
    root.append(gateSvg(gate, LEFT + (columns[index] ?? 0) * STEP + STEP / 2));
  });
  return root;
}

function wireY(qubit: number): number {
  return qubit * WIRE + WIRE / 2 + 4;
}

function gateSvg(gate: IGate, x: number): SVGGElement {
  const group = svg('g', {}, svg('title', {}, titleOf(gate)));
  const ys = gate.qubits.map(wireY);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  if (gate.name === 'barrier') {
    const line = { x1: x, y1: top - 18, x2: x, y2: bottom + 18 };
    group.append(svg('line', { ...line, 'stroke-dasharray': '4 3' }));
    return group;
  }
  if (top !== bottom) {
    group.append(svg('line', { x1: x, y1: top, x2: x, y2: bottom }));
  }
  const [, , base = gate.name] = CONTROLLED.exec(gate.name) ?? [];
  const targets = base === 'swap' ? 2 : base === gate.name ? ys.length : 1;
  ys.forEach((y, index) => {
    if (index < ys.length - targets) {
      group.append(svg('circle', { cx: x, cy: y, r: 5, class: 'llmos-mod-dot' }));
    } else if (base === 'swap') {
      group.append(
        svg('path', { d: `M${x - 6} ${y - 6}l12 12M${x + 6} ${y - 6}l-12 12` })
      );
    } else if (base === 'x' && base !== gate.name) {
      group.append(svg('circle', { cx: x, cy: y, r: 11 }));
      group.append(svg('path', { d: `M${x - 11} ${y}h22M${x} ${y - 11}v22` }));
    } else {
      group.append(...boxSvg(base, gate, x, y));
    }
  });
  return group;
}

function boxSvg(base: string, gate: IGate, x: number, y: number): SVGElement[] {
  const name = base === 'measure' ? 'M' : shorten(base.toUpperCase(), 7);
  const params = gate.params.map(paramText).join(', ');
  const text = { x, 'text-anchor': 'middle' };
  const box = { x: x - 26, y: y - 16, width: 52, height: 32, rx: 3 };
  return params
    ? [
        svg('rect', box),
        svg('text', { ...text, y: y - 2 }, name),
        svg(
          'text',
          { ...text, y: y + 11, class: 'llmos-mod-small' },
          shorten(params, 9)
        )
      ]
    : [svg('rect', box), svg('text', { ...text, y: y + 4 }, name)];
}

function titleOf({ name, qubits, params }: IGate): string {
  const values = params.length > 0 ? `(${params.map(paramText).join(', ')})` : '';
  return `${name}${values} ${qubits.map(qubit => `q${qubit}`).join(', ')}`;
}

function paramText(value: number | string): string {
  return typeof value === 'string' ? value : String(Number(value.toFixed(3)));
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** A qubit's Bloch sphere: x towards the viewer's left, y right, z up. */
export function blochSvg(vector: IBlochVector, label: string): SVGSVGElement {
  const place = ({ x, y, z }: IBlochVector): readonly [number, number] => [
    70 + 50 * (y * 0.92 - x * 0.39),
    66 + 50 * (x * 0.28 + y * 0.1 - z * 0.95)
  ];
  const axis = (to: IBlochVector, name: string): SVGElement[] => {
    const [x1, y1] = place({ x: -to.x, y: -to.y, z: -to.z });
    const [x2, y2] = place(to);
    const [tx, ty] = place({ x: to.x * 1.25, y: to.y * 1.2, z: to.z * 1.2 });
    return [
      svg('line', { x1, y1, x2, y2, class: 'llmos-mod-axis' }),
      svg('text', { x: tx, y: ty + 4, 'text-anchor': 'middle' }, name)
    ];
  };
  const [x2, y2] = place(vector);
  return svg(
    'svg',
    {
      viewBox: '0 0 140 136',
      width: 140,
      height: 136,
      role: 'img',
      'aria-label': label,
      class: 'llmos-Quantum-bloch'
    },
    svg('circle', { cx: 70, cy: 66, r: 50 }),
    svg('ellipse', { cx: 70, cy: 66, rx: 50, ry: 15, class: 'llmos-mod-axis' }),
    ...axis({ x: 1, y: 0, z: 0 }, 'x'),
    ...axis({ x: 0, y: 1, z: 0 }, 'y'),
    ...axis({ x: 0, y: 0, z: 1 }, 'z'),
    svg('line', { x1: 70, y1: 66, x2, y2, class: 'llmos-mod-vector' }),
    svg('circle', { cx: x2, cy: y2, r: 4, class: 'llmos-mod-tip' })
  );
}
