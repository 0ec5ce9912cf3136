/**
 * Lets the loaders of Three.js read the files beside a skill: every loader ends at one of
 * the few patched here, none of which works without a page and a network by itself.
 */

import { decodeBase64, encodeBase64 } from '@llmos-lab/skills';
import type * as Three from 'three';
import type { SkillFiles } from './besideFiles';
import { failure, type SkillFailure } from './failure';
import { readImageHeader } from './imageFile';
import type { ThreeModule } from './threeValues';

/** An image as textures hold it here: its file as it is, for the page to decode. */
class FileImage {
  constructor(
    readonly src: string,
    readonly width: number,
    readonly height: number
  ) {}
  readonly complete = true;
}

/** The state that loaders have, as far as it says where a file is. */
interface ILoader {
  readonly path?: string;
  readonly responseType?: string;
}

type Heard = ((value: never) => void) | undefined;

/** From now on the loaders of `THREE` read `files`, and nothing else. */
export function serveFiles(THREE: ThreeModule, files: SkillFiles): void {
  const { FileLoader, ImageLoader, ImageBitmapLoader, TextureLoader } = THREE;
  const image = function (this: ILoader, url: unknown, onLoad?: Heard): FileImage {
    const made = imageOf(addressOf(this, url), files);
    // At once, so that a texture has its picture when the skill returns.
    onLoad?.(made as never);
    return made;
  };
  const texture = function (
    this: ILoader,
    url: unknown,
    onLoad?: Heard
  ): Three.Texture {
    const made = new THREE.Texture(imageOf(addressOf(this, url), files));
    made.needsUpdate = true;
    later(onLoad, made);
    return made;
  };
  const file = function (this: ILoader, url: unknown, onLoad?: Heard): undefined {
    const bytes = bytesOf(addressOf(this, url), files);
    later(onLoad, contentOf(bytes, this.responseType));
  };
  Object.assign(ImageLoader.prototype, { load: image });
  Object.assign(ImageBitmapLoader.prototype, { load: image });
  Object.assign(TextureLoader.prototype, { load: texture });
  Object.assign(FileLoader.prototype, { load: file });
  keepImages(THREE);
}

/** As with a real load, the skill has the returned object before it hears of the end. */
function later(onLoad: Heard, value: unknown): void {
  void Promise.resolve().then(() => onLoad?.(value as never));
}

function addressOf({ path = '' }: ILoader, url: unknown): string {
  const address = String(url);
  return address.startsWith('data:') ? address : path + address;
}

function imageOf(address: string, files: SkillFiles): FileImage {
  const bytes = bytesOf(address, files);
  const header = readImageHeader(bytes);
  if (!header) {
    throw refusal(address, 'it is no PNG, JPEG, GIF or WebP image');
  }
  const { type, width, height } = header;
  return new FileImage(`data:${type};base64,${encodeBase64(bytes)}`, width, height);
}

function bytesOf(address: string, files: SkillFiles): Uint8Array {
  const data = /^data:[^,]*;base64,(.*)$/s.exec(address)?.[1];
  if (data !== undefined) {
    return decodeBase64(data);
  }
  const name = address.replace(/^(?:\.\/)+/, '');
  const bytes = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!bytes) {
    const known = Object.keys(files);
    throw refusal(
      address.length > 100 ? `${address.slice(0, 100)}…` : address,
      known.length > 0
        ? `beside the skill are only ${known.join(', ')}`
        : 'a skill reads only files in the folder beside it, and there are none'
    );
  }
  return bytes;
}

function contentOf(bytes: Uint8Array, type: string | undefined): unknown {
  if (type === 'arraybuffer') {
    return bytes.slice().buffer;
  }
  const text = new TextDecoder().decode(bytes);
  return type === 'json' ? (JSON.parse(text) as unknown) : text;
}

function refusal(address: string, reason: string): SkillFailure {
  return failure(
    'skill-error',
    `"${address}" cannot be loaded: ${reason}. Put the file into the folder that is ` +
      `named as the skill, or make a texture from numbers ` +
      `(new THREE.DataTexture(pixels, width, height)).`
  );
}

const prepared = new WeakSet<ThreeModule>();

/** Writes images of files into Three.js JSON, which would otherwise need a canvas. */
function keepImages(THREE: ThreeModule): void {
  if (prepared.has(THREE)) {
    return;
  }
  prepared.add(THREE);
  const source = THREE.TextureSource.prototype as {
    toJSON(meta?: unknown): { uuid: string; url: unknown };
  };
  const toJson = source.toJSON;
  source.toJSON = function (this: Three.TextureSource<unknown>, meta) {
    const url = addressesOf(this.data);
    if (url === null) {
      return toJson.call(this, meta);
    }
    const made = { uuid: this.uuid, url };
    const { images } = (meta ?? {}) as { images?: Record<string, unknown> };
    if (images) {
      images[this.uuid] ??= made;
    }
    return made;
  };
}

/** Data addresses of an image, or of the six of a cube; null for anything else. */
function addressesOf(data: unknown): string | readonly string[] | null {
  if (data instanceof FileImage) {
    return data.src;
  }
  const sides = Array.isArray(data) ? (data as readonly unknown[]) : [];
  const images = sides.filter(side => side instanceof FileImage);
  return sides.length > 0 && images.length === sides.length
    ? images.map(({ src }) => src)
    : null;
}
