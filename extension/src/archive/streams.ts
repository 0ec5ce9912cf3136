type Format = 'deflate' | 'deflate-raw';

/** Compresses in the browser's own code, off the page's thread; `deflate` is zlib. */
export function deflate(
  bytes: Uint8Array,
  format: Format
): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new CompressionStream(format));
}

/** @throws TypeError when the bytes are no such stream */
export function inflate(
  bytes: Uint8Array,
  format: Format
): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new DecompressionStream(format));
}

async function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream
): Promise<Uint8Array<ArrayBuffer>> {
  const blob = new Blob([bytes as BlobPart]);
  const out = new Response(blob.stream().pipeThrough(stream));
  return new Uint8Array(await out.arrayBuffer());
}
