/** The camera of a scene bundle, read by hand: Three.js's loader would fetch what it names. */

import { isRecord } from '@llmos-lab/skills';
import { OrthographicCamera, PerspectiveCamera } from 'three';

/** Cameras that a skill may bring; others are replaced by a perspective one. */
export type Lens = PerspectiveCamera | OrthographicCamera;

/** The camera of Three.js's JSON object format; null for what is none. */
export function readLens(json: Readonly<Record<string, unknown>>): Lens | null {
  const { object } = json;
  if (!isRecord(object)) {
    return null;
  }
  const number = (key: string, otherwise: number): number => {
    const value = object[key];
    return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
  };
  const lens = lensOf(object['type'], number);
  if (!lens) {
    return null;
  }
  lens.zoom = number('zoom', 1);
  const up = numbers(object['up'], 3);
  if (up) {
    lens.up.fromArray(up);
  }
  const matrix = numbers(object['matrix'], 16);
  if (matrix) {
    lens.matrix.fromArray(matrix);
    lens.matrix.decompose(lens.position, lens.quaternion, lens.scale);
  }
  lens.updateProjectionMatrix();
  return lens;
}

function lensOf(
  type: unknown,
  number: (key: string, otherwise: number) => number
): Lens | null {
  const [near, far] = [number('near', 0.1), number('far', 2000)];
  if (type === 'PerspectiveCamera') {
    const lens = new PerspectiveCamera(
      number('fov', 50),
      number('aspect', 1),
      near,
      far
    );
    lens.focus = number('focus', lens.focus);
    lens.filmGauge = number('filmGauge', lens.filmGauge);
    lens.filmOffset = number('filmOffset', lens.filmOffset);
    return lens;
  }
  const [left, right] = [number('left', -1), number('right', 1)];
  const [top, bottom] = [number('top', 1), number('bottom', -1)];
  return type === 'OrthographicCamera'
    ? new OrthographicCamera(left, right, top, bottom, near, far)
    : null;
}

function numbers(value: unknown, length: number): readonly number[] | null {
  return Array.isArray(value) &&
    value.length === length &&
    value.every(one => Number.isFinite(one))
    ? (value as readonly number[])
    : null;
}
