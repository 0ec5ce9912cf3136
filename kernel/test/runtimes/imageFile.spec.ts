import { readImageHeader } from '../../src/runtimes/imageFile';

const bytes = (hex: string): Uint8Array =>
  new Uint8Array(Buffer.from(hex.replace(/\s/g, ''), 'hex'));

describe('readImageHeader', () => {
  it.each([
    ['PNG', '89504e470d0a1a0a 0000000d 49484452 00000140 000000f0', 'image/png'],
    ['GIF', '474946383961 4001 f000', 'image/gif'],
    [
      'JPEG',
      'ffd8 ffe0 0004 0000 ffc4 0003 00 ffc2 0011 08 00f0 0140 0301 1100',
      'image/jpeg'
    ],
    [
      'extended WebP',
      '52494646 00000000 57454250 56503858 0a000000 00000000 3f0100 ef0000',
      'image/webp'
    ],
    [
      'lossless WebP',
      '52494646 00000000 57454250 5650384c 00000000 2f 3fc13b00',
      'image/webp'
    ],
    [
      'lossy WebP',
      '52494646 00000000 57454250 56503820 00000000 000000 9d012a 4001 f000',
      'image/webp'
    ]
  ])('reads kind and size of %s', (_name, hex, type) => {
    expect(readImageHeader(bytes(hex))).toEqual({ type, width: 320, height: 240 });
  });

  it('gives null for other files and for what is cut off', () => {
    expect(
      readImageHeader(new TextEncoder().encode('<svg width="1"></svg>'))
    ).toBeNull();
    expect(readImageHeader(bytes('89504e470d0a1a0a 0000'))).toBeNull();
    expect(readImageHeader(new Uint8Array())).toBeNull();
    expect(readImageHeader(bytes('ffd8 ffda 0004'))).toBeNull();
  });
});
