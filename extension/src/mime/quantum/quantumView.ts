/** A quantum result: circuit, counts with probabilities, amplitudes, Bloch spheres. */

import type { TranslationBundle } from '@jupyterlab/translation';

import type { IDrawContext, IDrawing, IRefusal } from '../bundleWidget';
import { element, svg } from '../dom';
import { blochSvg, circuitSvg } from './drawing';
import { readQuantum, type IQuantumModel } from './model';
import { outcomesOf } from './outcomes';
import { quantumPng } from './picture';
import { bitsOf, blochVector, phaseOf } from './state';

/** Rows that a table shows at first; the most likely ones. */
const MAX_ROWS = 64;
const MAX_SPHERES = 4;

/** Draws a quantum bundle. */
export function drawQuantum(
  payload: unknown,
  { trans }: IDrawContext
): IDrawing | IRefusal {
  const reading = readQuantum(payload);
  if ('problem' in reading) {
    return reading;
  }
  const { model } = reading;
  const node = viewOf(model, trans);
  return {
    node,
    retheme: () => undefined, // Everything is coloured by the style sheet.
    png: () => quantumPng(node, model),
    dispose: () => node.remove()
  };
}

function viewOf(model: IQuantumModel, trans: TranslationBundle): HTMLElement {
  const { title, qubits, gates, state } = model;
  const parts: Node[] = [];
  if (title) {
    parts.push(element('div', { className: 'llmos-Mime-title', text: title }));
  }
  if (gates.length > 0) {
    const label = trans.__(
      'Circuit of %1 qubits and %2 operations',
      qubits,
      gates.length
    );
    const scroll = { className: 'llmos-Quantum-scroll', attributes: { tabindex: '0' } };
    parts.push(element('div', scroll, circuitSvg(gates, qubits, label)));
  }
  parts.push(...outcomes(model, trans));
  if (state.length > 0) {
    parts.push(amplitudes(model, trans));
  }
  if (state.length > 0 && qubits <= MAX_SPHERES) {
    parts.push(spheres(model, trans));
  }
  const label = title || trans.__('Quantum result');
  const options = { className: 'llmos-Quantum', attributes: { 'aria-label': label } };
  return element('section', options, ...parts);
}

/** Counts as shares of all shots; exact probabilities beside them, or alone. */
function outcomes(model: IQuantumModel, trans: TranslationBundle): readonly Node[] {
  const { shots, hasExact, rows } = outcomesOf(model);
  if (rows.length === 0) {
    return [];
  }
  const text = (what: string): Node => document.createTextNode(what);
  const body = topRows(rows, row => row.share).map(({ bits, count, share, exact }) => {
    const meter = element('span', { className: 'llmos-Quantum-bar' });
    meter.style.width = `${Math.min(share, 1) * 160}px`;
    return [
      text(`|${bits}⟩`),
      ...(shots > 0 ? [text(String(count))] : []),
      text(percent(share)),
      ...(shots > 0 && hasExact ? [text(percent(exact))] : []),
      meter
    ];
  });
  const heads = [
    trans.__('Outcome'),
    ...(shots > 0 ? [trans.__('Count of %1', shots), trans.__('Share')] : []),
    ...(hasExact ? [trans.__('Probability')] : []),
    ''
  ];
  const label = trans.__('Outcomes and their probabilities');
  return [table(label, heads, body), ...more(rows.length, trans)];
}

function amplitudes(model: IQuantumModel, trans: TranslationBundle): HTMLElement {
  const { state, qubits } = model;
  const size = (index: number): number =>
    Math.hypot(state[index]?.re ?? 0, state[index]?.im ?? 0);
  const present = state.map((_, index) => index).filter(index => size(index) > 1e-6);
  const rows = topRows(present, size).map(index => {
    const amplitude = state[index] ?? { re: 0, im: 0 };
    const { re, im } = amplitude;
    const sign = im < 0 ? '−' : '+';
    const value = `${number(re)} ${sign} ${number(Math.abs(im))}i`;
    return [
      document.createTextNode(`|${bitsOf(index, qubits)}⟩`),
      document.createTextNode(value),
      document.createTextNode(number(size(index))),
      document.createTextNode(`${number(phaseOf(amplitude), 1)}°`),
      dial(phaseOf(amplitude))
    ];
  });
  const heads = ['State', 'Amplitude', 'Magnitude', 'Phase', ''].map(text =>
    text ? trans.__(text) : ''
  );
  const label = trans.__('Amplitudes with magnitude and phase');
  return element(
    'details',
    { className: 'llmos-Mime-fold', attributes: { open: '' } },
    element('summary', { text: trans.__('Amplitudes') }),
    table(label, heads, rows),
    ...more(present.length, trans)
  );
}

function spheres(model: IQuantumModel, trans: TranslationBundle): HTMLElement {
  const figures = Array.from({ length: model.qubits }, (_, qubit) => {
    const vector = blochVector(model.state, qubit);
    const { x, y, z } = vector;
    const text = `(${number(x, 2)}, ${number(y, 2)}, ${number(z, 2)})`;
    const label = trans.__('Bloch vector of qubit %1: %2', qubit, text);
    const caption = element('figcaption', { text: `q${qubit} ${text}` });
    return element('figure', {}, blochSvg(vector, label), caption);
  });
  return element('div', { className: 'llmos-Quantum-spheres' }, ...figures);
}

/** The largest are chosen; they keep the order in which they came. */
function topRows<T>(all: readonly T[], size: (item: T) => number): readonly T[] {
  const kept = new Set([...all].sort((a, b) => size(b) - size(a)).slice(0, MAX_ROWS));
  return all.filter(item => kept.has(item));
}

function more(count: number, trans: TranslationBundle): readonly Node[] {
  const text = trans.__('The %1 most likely of %2.', MAX_ROWS, count);
  return count > MAX_ROWS ? [element('p', { className: 'llmos-Mime-kind', text })] : [];
}

function table(
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Node[])[]
): HTMLElement {
  const head = heads.map(text => element('th', { text, attributes: { scope: 'col' } }));
  const body = rows.map(([first, ...cells]) =>
    element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, ...(first ? [first] : [])),
      ...cells.map(cell => element('td', {}, cell))
    )
  );
  const made = element(
    'table',
    { attributes: { 'aria-label': label } },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body)
  );
  return element('div', { className: 'llmos-Quantum-scroll' }, made);
}

/** A little clock hand at the phase; 0° points right. */
function dial(degrees: number): SVGSVGElement {
  const angle = (degrees * Math.PI) / 180;
  const [x2, y2] = [9 + 7 * Math.cos(angle), 9 - 7 * Math.sin(angle)];
  return svg(
    'svg',
    { width: 18, height: 18, class: 'llmos-Quantum-dial', 'aria-hidden': 'true' },
    svg('circle', { cx: 9, cy: 9, r: 7 }),
    svg('line', { x1: 9, y1: 9, x2, y2 })
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Rounded, with a true minus, and never −0. */
function number(value: number, places = 4): string {
  const text = (Number(value.toFixed(places)) + 0).toFixed(places);
  return text.replace('-', '−');
}
