/** What the first bytes of an image file tell: its kind and its size in pixels. */

/** Kind and size of an image that browsers draw. */
export interface IImageHeader {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** Reads PNG, JPEG, GIF and WebP; null for anything else, or what is cut off. */
export function readImageHeader(bytes: Uint8Array): IImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
  } catch (error) {
    if (error instanceof RangeError) {
      return null; // The file ends within its header.
    }
    throw error;
  }
}

/** https://www.w3.org/TR/png/#11IHDR */
function readPng(view: DataView): IImageHeader | null {
  return view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a
    ? { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
    : null;
}

function readGif(view: DataView): IImageHeader | null {
  return textAt(view, 0, 4) === 'GIF8'
    ? {
        type: 'image/gif',
        width: view.getUint16(6, true),
        height: view.getUint16(8, true)
      }
    : null;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function readWebp(view: DataView): IImageHeader | null {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') {
    return null;
  }
  const size = (width: number, height: number): IImageHeader => ({
    type: 'image/webp',
    width,
    height
  });
  switch (textAt(view, 12, 4)) {
    case 'VP8X':
      return size(1 + uint24(view, 24), 1 + uint24(view, 27));
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return size(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
    }
    case 'VP8 ':
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    default:
      return null;
  }
}

/** Walks the segments of a JPEG to its frame header (ITU T.81, B.2.2). */
function readJpeg(view: DataView): IImageHeader | null {
  if (view.getUint16(0) !== 0xffd8) {
    return null;
  }
  for (let at = 2; ;) {
    const marker = view.getUint16(at);
    // C4, C8 and CC are tables, not frames.
    if (marker >= 0xffc0 && marker <= 0xffcf && ![4, 8, 12].includes(marker & 0xf)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { type: 'image/jpeg', width, height };
    }
    if (marker < 0xff00 || marker === 0xffda) {
      return null;
    }
    at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2);
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

function textAt(view: DataView, at: number, length: number): string {
  return Array.from({ length }, (_, index) =>
    String.fromCharCode(view.getUint8(at + index))
  ).join('');
}
