// @ts-check
/**
 * Draws the icons of the manifest from `lite/icons/icon.svg`, by a browser:
 * `node lite/scripts/icons.mjs`, after the drawing has changed. The results are committed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runMain } from './log.mjs';
import { LITE, ROOT } from './paths.mjs';

const ICONS = join(LITE, 'icons');

/**
 * Masks of systems cut up to a tenth off each side, so the drawing of a maskable icon is
 * smaller and its ground fills the whole square. Apple rounds by itself.
 * @type {readonly { file: string, size: number, isFull: boolean }[]}
 */
const DRAWN = [
  { file: 'icon-192.png', size: 192, isFull: false },
  { file: 'icon-512.png', size: 512, isFull: false },
  { file: 'icon-maskable-512.png', size: 512, isFull: true },
  { file: 'apple-touch-icon.png', size: 180, isFull: true },
  { file: 'favicon.ico', size: 48, isFull: false }
];

/**
 * @param {string} svg
 * @param {boolean} isFull
 */
function page(svg, isFull) {
  const drawing = isFull ? svg.replace(/rx="112"/, 'rx="0"') : svg;
  const scaled = isFull
    ? drawing.replace(
        /(<rect width="512"[^>]*>)([\s\S]*)(<\/svg>)/,
        '$1<g transform="translate(51 51) scale(0.8)">$2</g>$3'
      )
    : drawing;
  return `<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${scaled}`;
}

/**
 * An icon file with one picture, which may be a PNG since Windows Vista:
 * https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
 * @param {Buffer} png
 * @param {number} size Pixels a side.
 */
function toIco(png, size) {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // An icon
  header.writeUInt16LE(1, 4); // with one picture
  header.writeUInt8(size, 6);
  header.writeUInt8(size, 7);
  header.writeUInt16LE(1, 10); // Planes
  header.writeUInt16LE(32, 12); // Bits of a pixel
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}

await runMain(async () => {
  const require = createRequire(join(ROOT, 'ui-tests/package.json'));
  const { chromium } = require('@playwright/test');
  const executablePath = ['/usr/bin/chromium'].find(path => existsSync(path));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const svg = readFileSync(join(ICONS, 'icon.svg'), 'utf8');
  for (const { file, size, isFull } of DRAWN) {
    const view = await browser.newPage({ viewport: { width: size, height: size } });
    await view.setContent(page(svg, isFull));
    const png = await view.screenshot({ omitBackground: true, type: 'png' });
    writeFileSync(join(ICONS, file), file.endsWith('.ico') ? toIco(png, size) : png);
    await view.close();
  }
  await browser.close();
});
