import { encodeBase64 } from '@llmos-lab/skills';

import { decodeText, mediaType } from './contentsModel';
import type { Bytes } from './fileStore';

/** Addresses under which the browser saves files, one a file while it stays the same. */
export class DownloadUrls {
  /** @param modified milliseconds since 1970 */
  of(path: string, bytes: Bytes, modified: number): string {
    const known = this._urls.get(path);
    if (known?.modified === modified) {
      return known.url;
    }
    if (known) {
      URL.revokeObjectURL(known.url);
    }
    const type = mediaType(path, bytes);
    if (type === SVG) {
      // A picture all the same; as a page it would have no origin.
      return `data:${SVG};base64,${encodeBase64(bytes)}`;
    }
    const url = URL.createObjectURL(
      new Blob([bytes], { type: downloadType(type, bytes) })
    );
    this._urls.set(path, { url, modified });
    return url;
  }

  dispose(): void {
    this._urls.forEach(({ url }) => URL.revokeObjectURL(url));
    this._urls.clear();
  }

  private readonly _urls = new Map<string, { url: string; modified: number }>();
}

const SVG = 'image/svg+xml';

/** What a browser shows without running anything in it. */
const INERT =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/.*|video\/.*|application\/pdf)$/;

/** A type under which no file becomes a page of the site's own origin. */
function downloadType(type: string, bytes: Bytes): string {
  if (INERT.test(type)) {
    return type;
  }
  return decodeText(bytes) === undefined ? 'application/octet-stream' : 'text/plain';
}
