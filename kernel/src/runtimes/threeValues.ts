/** Three.js objects ↔ Three.js JSON with typed arrays in the place of number lists. */

import type * as Three from 'three';

/** The module `three`, passed in so that nothing loads it before it is needed. */
export type ThreeModule = typeof Three;

type Json = Record<string, unknown>;

/** Lists shorter than this stay lists: packing them would only hide them. */
const MIN_TYPED = 12;

/** Whether `value` is an object of Three.js that has a JSON form. */
function isThreeObject(THREE: ThreeModule, value: unknown): boolean {
  const flags = (value ?? {}) as Partial<
    Record<'isObject3D' | 'isBufferGeometry' | 'isMaterial' | 'isTexture', boolean>
  >;
  return Boolean(
    flags.isObject3D ||
    flags.isBufferGeometry ||
    flags.isMaterial ||
    flags.isTexture ||
    value instanceof THREE.AnimationClip
  );
}

/** Three.js JSON of one object; ids in it count up, so that equal objects give equal JSON. */
export function threeToJson(THREE: ThreeModule, value: object): Json {
  if (value instanceof THREE.Object3D) {
    // Only a renderer composes the matrices, and none has been here.
    value.traverse(part => part.matrixAutoUpdate && part.updateMatrix());
  }
  const json =
    value instanceof THREE.AnimationClip
      ? { ...THREE.AnimationClip.toJSON(value), metadata: CLIP_METADATA }
      : (value as { toJSON: () => object }).toJSON();
  let count = 0;
  return typedArrays(
    renameIds(json, () => {
      count += 1;
      return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
    })
  ) as Json;
}

const CLIP_METADATA = { version: 4.7, type: 'AnimationClip', generator: 'llmos' };

/** Copy of `value` in which every Three.js object, however deep, is Three.js JSON. */
export function toPlain(THREE: ThreeModule, value: unknown): unknown {
  if (isThreeObject(THREE, value)) {
    return threeToJson(THREE, value as object);
  }
  if (Array.isArray(value)) {
    return value.map(item => toPlain(THREE, item));
  }
  const { toArray, isColor } = (value ?? {}) as {
    toArray?: () => number[];
    isColor?: boolean;
  };
  if (isColor) {
    return `#${(value as Three.Color).getHexString()}`;
  }
  if (typeof toArray === 'function' && !ArrayBuffer.isView(value)) {
    return (value as { toArray: () => number[] }).toArray();
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toPlain(THREE, v)]))
    : value;
}

/** Copy of `value` in which every Three.js JSON, however deep, is the object again. */
export function fromPlain(THREE: ThreeModule, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(item => fromPlain(THREE, item));
  }
  if (!isRecord(value)) {
    return value;
  }
  const kind = threeKind(value);
  if (kind === null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fromPlain(THREE, item)])
    );
  }
  const fresh = renameIds(value, () => THREE.MathUtils.generateUUID()) as Json;
  return parseThree(THREE, kind, fresh);
}

type ThreeKind = 'Object' | 'BufferGeometry' | 'Material' | 'AnimationClip';

function threeKind(value: Json): ThreeKind | null {
  const { metadata } = value;
  const type = isRecord(metadata) ? metadata['type'] : undefined;
  const kinds: readonly ThreeKind[] = [
    'Object',
    'BufferGeometry',
    'Material',
    'AnimationClip'
  ];
  return kinds.find(kind => kind === type) ?? null;
}

function parseThree(THREE: ThreeModule, kind: ThreeKind, json: Json): unknown {
  const loader = new THREE.ObjectLoader();
  const id = String(json['uuid']);
  switch (kind) {
    case 'Object':
      return loader.parse(json);
    case 'BufferGeometry':
      return loader.parseGeometries([json])[id];
    case 'Material': {
      const images = loader.parseImages(json['images'], () => undefined);
      const textures = loader.parseTextures(json['textures'], images);
      return loader.parseMaterials([json], textures)[id];
    }
    case 'AnimationClip':
      return THREE.AnimationClip.parse(json as never);
  }
}

/**
 * Copy of Three.js JSON with every `uuid` replaced, and with it whatever refers to it:
 * ids standing alone, and track names that begin with one.
 */
function renameIds(json: unknown, make: () => string): unknown {
  const names = new Map<string, string>();
  collectIds(json, id => {
    if (!names.has(id)) {
      names.set(id, make());
    }
  });
  return mapTexts(json, text => {
    const dot = text.indexOf('.');
    const head = dot < 0 ? text : text.slice(0, dot);
    const name = names.get(head);
    return name === undefined ? text : name + text.slice(head.length);
  });
}

function collectIds(json: unknown, found: (id: string) => void): void {
  if (Array.isArray(json)) {
    json.forEach(item => collectIds(item, found));
  } else if (isRecord(json)) {
    const { uuid } = json;
    if (typeof uuid === 'string') {
      found(uuid);
    }
    Object.values(json).forEach(item => collectIds(item, found));
  }
}

function mapTexts(json: unknown, map: (text: string) => string): unknown {
  if (typeof json === 'string') {
    return map(json);
  }
  if (Array.isArray(json)) {
    return typeof json[0] === 'number' ? json : json.map(item => mapTexts(item, map));
  }
  return isRecord(json)
    ? Object.fromEntries(
        Object.entries(json)
          .filter(([, item]) => item !== undefined && typeof item !== 'function')
          .map(([key, item]) => [key, mapTexts(item, map)])
      )
    : json;
}

const ARRAYS: Readonly<Record<string, (list: number[]) => ArrayBufferView>> = {
  Int8Array: list => Int8Array.from(list),
  Uint8Array: list => Uint8Array.from(list),
  Uint8ClampedArray: list => Uint8ClampedArray.from(list),
  Int16Array: list => Int16Array.from(list),
  Uint16Array: list => Uint16Array.from(list),
  Int32Array: list => Int32Array.from(list),
  Uint32Array: list => Uint32Array.from(list),
  Float32Array: list => Float32Array.from(list)
};

/** Attribute lists become arrays of their own type, tracks and images likewise. */
function typedArrays(json: unknown): unknown {
  if (Array.isArray(json)) {
    return json.map(typedArrays);
  }
  if (!isRecord(json)) {
    return json;
  }
  const type = typeof json['type'] === 'string' ? json['type'] : '';
  const entries = Object.entries(json).map(([key, item]) => {
    const wanted =
      key === 'array' || key === 'data'
        ? type
        : key === 'times' || key === 'values'
          ? 'Float32Array'
          : '';
    const make = ARRAYS[wanted];
    return [key, make && isLongList(item) ? make(item) : typedArrays(item)] as const;
  });
  return Object.fromEntries(entries);
}

function isLongList(item: unknown): item is number[] {
  return Array.isArray(item) && item.length >= MIN_TYPED && typeof item[0] === 'number';
}

function isRecord(value: unknown): value is Json {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    Object.prototype.toString.call(value) === '[object Object]'
  );
}
