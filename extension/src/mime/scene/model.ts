/** The checked content of a scene bundle, with packed arrays as typed arrays again. */

import { isRecord, unpackJson, type PackedJson } from '@llmos-lab/skills';

import { reasonOf } from '../../reasonOf';

type Json = Readonly<Record<string, unknown>>;

/** A scene bundle after all checks: data only, no address to load from. */
export interface ISceneModel {
  /** Three.js's JSON object format, for `ObjectLoader.parse`. */
  readonly scene: Json;
  readonly camera: Json | null;
  /** `#rrggbb`, or null for the theme's. */
  readonly background: string | null;
  readonly shadows: boolean;
  /** Parts that were left out or replaced, in words. */
  readonly notes: readonly string[];
}

/** Payloads come from files: what is wrong is a sentence, never an exception. */
export type SceneReading =
  { readonly model: ISceneModel } | { readonly problem: string };

/** Reads a payload from outside; a problem says what is wrong with it. */
export function readScene(payload: unknown): SceneReading {
  if (!isRecord(payload) || payload['v'] !== 1) {
    return problem('it is not a scene of version 1');
  }
  const { scene: given, camera, view } = payload;
  try {
    const scene = unpackJson(given as PackedJson);
    if (!isRecord(scene) || !isRecord(scene['object'])) {
      return problem('it holds no object in the JSON format of Three.js');
    }
    const lens = camera == null ? null : unpackJson(camera as PackedJson);
    if (lens !== null && !isRecord(lens)) {
      return problem('its camera is no object');
    }
    const notes: string[] = [];
    const { background, shadows } = isRecord(view) ? view : {};
    return {
      model: {
        scene: safeParts(scene, notes),
        camera: lens,
        background: isColour(background) ? background : null,
        shadows: shadows === true,
        notes
      }
    };
  } catch (error) {
    const reason = reasonOf(error);
    return problem(`its numbers cannot be decoded (${reason})`);
  }
}

function problem(what: string): { readonly problem: string } {
  return {
    problem: `This scene cannot be shown: ${what}. Run the cell again to replace it.`
  };
}

function isColour(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}

/**
 * The scene without what is more than data: shaders are programs, and images from an
 * address would be fetched. Shaded surfaces show their normals instead.
 */
function safeParts(scene: Json, notes: string[]): Json {
  const materials = listOf(scene['materials']).map(material => {
    if (!/ShaderMaterial$/.test(String(material['type']))) {
      return material;
    }
    notes.push('A material of its own shaders is shown by its normals.');
    const { uuid, name, side } = material;
    return { uuid, name, side, type: 'MeshNormalMaterial' };
  });
  const images = listOf(scene['images']).map(image => {
    if (hasOwnPixels(image['url'])) {
      return image;
    }
    notes.push('An image from another address is left out.');
    return { ...image, url: BLANK };
  });
  const kept: Record<string, unknown> = { ...scene };
  if (materials.length > 0) {
    kept['materials'] = materials;
  }
  if (images.length > 0) {
    kept['images'] = images;
  }
  return kept;
}

/** One grey pixel. */
const BLANK =
  'data:image/gif;base64,R0lGODlhAQABAIAAAICAgAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';

function hasOwnPixels(url: unknown): boolean {
  if (Array.isArray(url)) {
    return url.every(hasOwnPixels);
  }
  if (typeof url === 'string') {
    return /^data:image\/(png|jpeg|gif|webp);base64,/.test(url);
  }
  return isRecord(url) && 'data' in url;
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
