/** What a session made: pictures and models among a notebook's outputs, kept as files. */
import { canonicalJson, isRecord } from '../json';
import {
  CHART_MIME,
  CIRCUIT_MIME,
  decodeBase64,
  QUANTUM_MIME,
  SCENE_MIME
} from '../mime';
import type { JsonValue } from '../skill/skill';
import { analyseCell, skillCalls } from '../workflow/analyse';
import { parseCell } from '../workflow/skillCell';
import type { IArtifactLine } from './commitMessage';

/** A file under a session's `artifacts/`. */
export interface IArtifactFile extends IArtifactLine {
  /** Within the session's folder. */
  readonly path: string;
  readonly content: Uint8Array;
  /** Id of the cell that shows it; absent for files. */
  readonly cell?: string;
}

/** What is kept of an output, the best form first: one file an output. */
const KINDS: readonly {
  readonly mime: string;
  readonly type: string;
  readonly extension: string;
}[] = [
  { mime: QUANTUM_MIME, type: 'quantum-circuit', extension: 'json' },
  { mime: CIRCUIT_MIME, type: 'circuit', extension: 'json' },
  { mime: SCENE_MIME, type: 'scene', extension: 'json' },
  { mime: CHART_MIME, type: 'plot', extension: 'json' },
  { mime: 'image/png', type: 'image', extension: 'png' },
  { mime: 'image/svg+xml', type: 'image', extension: 'svg' }
];

/**
 * The artifacts among the outputs of a notebook file, in the notebook's order, each named
 * after the variable that its cell makes, else by the title of its plot, else after the
 * skill that the cell calls, else after the cell's number.
 */
export function outputArtifacts(notebook: unknown): readonly IArtifactFile[] {
  const cells = isRecord(notebook) ? notebook['cells'] : undefined;
  if (!Array.isArray(cells)) {
    return [];
  }
  const taken = new Set<string>();
  return (cells as readonly unknown[]).flatMap((cell, index) => {
    const outputs = isRecord(cell) ? cell['outputs'] : undefined;
    if (!isRecord(cell) || !Array.isArray(outputs)) {
      return [];
    }
    const source = textOf(cell['source']);
    const { id } = cell;
    const shown = typeof id === 'string' ? { cell: id } : {};
    return (outputs as readonly unknown[]).flatMap(output => {
      const data = isRecord(output) ? output['data'] : undefined;
      const found = bestForm(data);
      if (!found) {
        return [];
      }
      const { type, extension, content } = found;
      const target = parseCell(source)?.target ?? '';
      const stem =
        target || plotTitle(data) || (workName(source) ?? cellName('', index));
      const name = freeName(stem, extension, taken);
      return [
        { type, name, path: `artifacts/${name}.${extension}`, content, ...shown }
      ];
    });
  });
}

const BASE64 = /^[A-Za-z0-9+/\s]+=*\s*$/;

/** Kind of an artifact that stands as a file, by its name. */
export function artifactType(path: string): string {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return TYPES[extension] ?? 'file';
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  svg: 'image',
  gif: 'image',
  csv: 'table',
  json: 'data',
  md: 'text',
  txt: 'text',
  py: 'code',
  cir: 'circuit',
  ipynb: 'notebook'
};

function bestForm(data: unknown): {
  readonly type: string;
  readonly extension: string;
  readonly content: Uint8Array;
} | null {
  const kind = artifactKind(data);
  if (!kind || !isRecord(data)) {
    return null;
  }
  const { mime, type, extension } = kind;
  return { type, extension, content: encode(data[mime], extension) };
}

/** As what an output is kept: the best of its forms; null where it shows text alone. */
export function artifactKind(data: unknown): {
  readonly mime: string;
  readonly type: string;
  readonly extension: string;
} | null {
  const found = KINDS.find(({ mime, extension }) => {
    const value = isRecord(data) ? data[mime] : undefined;
    // A picture that is not base64 is none: nothing is kept of it.
    const isBroken = extension === 'png' && !BASE64.test(textOf(value));
    return value !== undefined && !isBroken;
  });
  return found ?? null;
}

function encode(value: unknown, extension: string): Uint8Array {
  return extension === 'png'
    ? decodeBase64(textOf(value).replace(/\s+/g, ''))
    : new TextEncoder().encode(
        typeof value === 'string' || Array.isArray(value)
          ? textOf(value)
          : `${canonicalJson(value as JsonValue)}\n`
      );
}

/** What a cell's work is called: the variable that it makes, else the cell's number. */
export function cellName(source: string, index: number): string {
  const target = parseCell(source)?.target;
  return target ?? `cell-${index + 1}`;
}

/** The one variable that a cell makes, else the first skill that it calls. */
function workName(source: string): string | undefined {
  const analysis = analyseCell(source);
  const [call] = skillCalls(analysis);
  const [variable, ...more] = analysis.defines;
  const isOnly = variable !== undefined && more.length === 0 && /^\w+$/.test(variable);
  return isOnly ? variable : call?.skill;
}

/** Characters of a title that make the name of a file. */
const TITLE_LENGTH = 60;

/** The title of a plot as the name of a file; empty where it has none. */
function plotTitle(data: unknown): string {
  const plot = isRecord(data) ? data[CHART_MIME] : undefined;
  const title = isRecord(plot) ? plot['title'] : undefined;
  const text = isRecord(title) ? title['text'] : title;
  return (Array.isArray(text) ? text.join(' ') : textOf(text))
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, TITLE_LENGTH)
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
}

function freeName(stem: string, extension: string, taken: Set<string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? stem : `${stem}-${count}`;
    // Not every file system tells upper from lower case.
    const key = `${name}.${extension}`.toLowerCase();
    if (!taken.has(key)) {
      taken.add(key);
      return name;
    }
  }
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join('') : typeof value === 'string' ? value : '';
}
