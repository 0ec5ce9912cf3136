// @ts-check
/**
 * The content security policy of the site, as a meta tag on every page. Inline scripts
 * that stand in the pages at build time run by their hash; no other does, so markup in
 * a hostile notebook cannot.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './stamp.mjs';

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;
/** What the kernel's `Sandbox` writes into its frame. */
const SANDBOX_PAGE = 'llmos/sandbox/frame.html';
const META = /\s*<meta http-equiv="Content-Security-Policy"[^>]*>/i;
const COMMENT = /<!--[\s\S]*?-->/g;

/**
 * Hashes of the inline scripts of a page, as the policy wants them. Data blocks (JSON)
 * are no scripts.
 * @param {string} html
 * @returns {string[]}
 */
export function inlineScriptHashes(html) {
  const hashes = [];
  for (const [, attributes = '', body = ''] of html
    .replace(COMMENT, '')
    .matchAll(SCRIPT)) {
    const type = /\btype="([^"]*)"/i.exec(attributes)?.[1] ?? '';
    const isScript = type === '' || type === 'module' || type.endsWith('javascript');
    if (isScript && !/\bsrc=/i.test(attributes)) {
      hashes.push(`'sha256-${createHash('sha256').update(body).digest('base64')}'`);
    }
  }
  return [...new Set(hashes)];
}

/**
 * The policy of a page. JupyterLab compiles its setting schemas with `new Function`,
 * hence `unsafe-eval`; styles of CodeMirror and Lumino are inline. Everything foreign
 * goes through one worker, which a meta policy does not bind.
 * @param {readonly string[]} hashes
 * @param {readonly string[]} [cdn] Origins of files left to the official CDN.
 */
export function policy(hashes, cdn = []) {
  return [
    `default-src 'self'`,
    ['script-src', `'self'`, `'wasm-unsafe-eval'`, `'unsafe-eval'`, ...hashes].join(
      ' '
    ),
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `media-src 'self' data: blob:`,
    `font-src 'self' data:`,
    ['connect-src', `'self'`, 'blob:', 'data:', ...cdn].join(' '),
    `worker-src 'self' blob:`,
    `frame-src 'self' blob:`,
    `form-action 'none'`,
    `object-src 'none'`,
    `base-uri 'self'`
  ].join('; ');
}

/**
 * Puts the policy first into the head of a page, in place of an earlier one of ours.
 * A page without head gets one.
 * @param {string} html
 * @param {readonly string[]} [cdn]
 * @param {readonly string[]} [framed] Hashes of scripts in frames that the page writes,
 *   which have its policy beside their own.
 */
export function addPolicy(html, cdn = [], framed = []) {
  const clean = html.replace(META, '');
  const hashes = [...inlineScriptHashes(clean), ...framed];
  const tag = `<meta http-equiv="Content-Security-Policy" content="${policy(hashes, cdn)}">`;
  return putFirstInHead(clean, tag);
}

/**
 * @param {string} html
 * @param {string} markup
 */
export function putFirstInHead(html, markup) {
  return /<head\b[^>]*>/i.test(html)
    ? html.replace(/<head\b[^>]*>/i, head => `${head}\n    ${markup}`)
    : html.replace(/(<html\b[^>]*>)?/i, html => `${html}<head>${markup}</head>`);
}

/**
 * Every page of the site, except those that bring a policy of their own (the sandbox).
 * @param {string} site
 * @param {readonly string[]} [cdn]
 * @returns {number} How many.
 */
export function protectPages(site, cdn = []) {
  const sandbox = join(site, SANDBOX_PAGE);
  const framed = existsSync(sandbox)
    ? inlineScriptHashes(readFileSync(sandbox, 'utf8'))
    : [];
  let count = 0;
  for (const name of readdirSync(site, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html') || /^files\b/.test(name)) {
      continue;
    }
    const path = join(site, name);
    const html = readFileSync(path, 'utf8');
    if (/^llmos\b/.test(name) && META.test(html)) {
      continue;
    }
    writeAtomically(path, addPolicy(html, cdn, framed));
    count += 1;
  }
  return count;
}

const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/i;
/** What a page loads or runs; a policy behind it would come too late for it. */
const ACTIVE = /<(script|link|style|img|iframe|body)\b/i;
const HANDLER = /<[a-z][^>]*\son[a-z]+\s*=/i;
const FOREIGN = /<(?!a\b)[a-z]+\b[^>]*\s(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i;

/**
 * What a policy says of one kind of source, without which its default holds.
 * @param {string} content
 * @param {string} directive
 */
function sourcesOf(content, directive) {
  const parts = content.split(';').map(part => part.trim().split(/\s+/));
  const found = (/** @type {string} */ name) => parts.find(([first]) => first === name);
  return (found(directive) ?? found('default-src') ?? []).slice(1);
}

/**
 * Why a page is not as safe as it has to be, in words; nothing when it is.
 * @param {string} html
 * @returns {string[]}
 */
export function pageFaults(html) {
  const clean = html.replace(COMMENT, '');
  const match = POLICY.exec(clean);
  if (!match) {
    return ['has no content security policy'];
  }
  const [, content = ''] = match;
  const scripts = sourcesOf(content, 'script-src');
  const loose = scripts.filter(source =>
    /unsafe-inline|\*|^https?:|^data:/.test(source)
  );
  const unknown = inlineScriptHashes(clean).filter(hash => !scripts.includes(hash));
  const markup = clean.replace(SCRIPT, '<script$1></script>');
  const objects = sourcesOf(content, 'object-src').join(' ');
  const first = clean.search(ACTIVE);
  return [
    ...(first >= 0 && first < match.index ? ['loads something before its policy'] : []),
    ...loose.map(source => `lets scripts run from ${source}`),
    ...unknown.map(hash => `has an inline script that its policy refuses (${hash})`),
    ...(objects === "'none'" ? [] : ['lets plug-ins load']),
    ...(/\bbase-uri /.test(content) ? [] : ['lets markup move its base address']),
    ...(HANDLER.test(markup) ? ['has a script in an attribute'] : []),
    ...(FOREIGN.test(markup) ? ['asks another host'] : [])
  ];
}

/**
 * Faults of all pages of a site, with their paths. Documents among the contents (`files`)
 * are data of the person's.
 * @param {string} site
 * @returns {{ pages: number, faults: string[] }}
 */
export function checkPages(site) {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(
    name => /\.x?html?$/.test(name) && !/^files\b/.test(name)
  );
  const faults = pages.flatMap(name =>
    pageFaults(readFileSync(join(site, name), 'utf8')).map(fault => `${name} ${fault}`)
  );
  return { pages: pages.length, faults };
}
