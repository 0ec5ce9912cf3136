/** Makes of a netlist the text that ngspice gets: title with nonce, analyses, end. */

import { ANALYSES, type Analysis } from '@llmos-lab/skills';
import { failure } from './failure';
import type { INetlistLine } from './netlist';
import { formatSpiceValue, isPointNotation, parseSpiceValue } from './spiceValue';

/** A netlist ready to run. */
export interface IDeck {
  /** What ngspice reads; its first line is `NONCE-<nonce>`. */
  readonly text: string;
  /** The same circuit with `.op` alone; null when that is what `text` runs anyway. */
  readonly opText: string | null;
  readonly nonce: string;
  /** Origin of each line of `text`. */
  readonly lines: readonly INetlistLine[];
  readonly title: string;
  /** Lower-case name of the source that a `.dc` sweeps first. */
  readonly swept: string | null;
  /** Names of `.meas` results. */
  readonly measures: readonly string[];
  /** What was read in another way than ngspice alone would. */
  readonly notes: readonly string[];
}

const ANALYSIS = new RegExp(`^\\s*\\.(${ANALYSES.join('|')})\\b`, 'i');
const OTHER = /^\s*\.(tf|pz|sens|disto|four|fft|pss|sp)\b/i;
const TIED_TO_ANALYSIS = /^\s*\.(meas|measure|print|plot|save|probe|four)\b/i;

/**
 * Prepares a run. The first line is the title, as SPICE has it, unless it plainly is a
 * part or a card. `nonce` must be new for each run: it proves that a result is its own.
 */
export function prepareDeck(source: readonly INetlistLine[], nonce: string): IDeck {
  const notes: string[] = [];
  const { title, body } = splitTitle(cutEnd(source), notes);
  const lines = withoutControl(body, notes).map(line => ({
    ...line,
    text: expandPointNotation(line.text, notes)
  }));
  const analyses = lines.filter(line => ANALYSIS.test(line.text));
  checkAnalyses(lines, analyses, notes);
  const head = { text: `NONCE-${nonce}`, source: 'skill', line: 0 };
  const end = { text: '.end', source: 'skill', line: 0 };
  const all = [head, ...lines, end];
  return {
    text: join(all),
    opText: onlyOp(analyses) ? null : opDeck(all),
    nonce,
    lines: all,
    title,
    swept: sweptSource(analyses),
    measures: measuresOf(lines),
    notes
  };
}

function join(lines: readonly INetlistLine[]): string {
  return `${lines.map(line => line.text).join('\n')}\n`;
}

function cutEnd(lines: readonly INetlistLine[]): readonly INetlistLine[] {
  const end = lines.findIndex(line => /^\s*\.end\s*$/i.test(line.text));
  return end < 0 ? lines : lines.slice(0, end);
}

function splitTitle(
  lines: readonly INetlistLine[],
  notes: string[]
): { title: string; body: readonly INetlistLine[] } {
  const first = lines.findIndex(line => line.text.trim() !== '');
  const text = lines[first]?.text.trim() ?? '';
  if (text.startsWith('*')) {
    return { title: text.replace(/^\*+\s*/, ''), body: lines.slice(first + 1) };
  }
  if (text.startsWith('.') || isPart(text)) {
    if (!text.startsWith('.')) {
      notes.push(`Note: the first line is a part, not a title: ${text}`);
    }
    return { title: '', body: lines.slice(Math.max(first, 0)) };
  }
  return { title: text, body: lines.slice(first + 1) };
}

/** Whether a first line can only be a two-terminal part: `V1 in 0 DC 5`, `R1 a b 4k7`. */
function isPart(text: string): boolean {
  const [name = '', , , value = ''] = text.split(/\s+/);
  if (!/^([rlcvi]\w*\d\w*|v(in|dd|cc|ss|ee|s))$/i.test(name)) {
    return false;
  }
  const source = /^(dc|ac|sin|pulse|pwl|exp|sffm|am)\b/i.test(value);
  return parseSpiceValue(value) !== null || isPointNotation(value) || source;
}

const RUN_IN_CONTROL = new RegExp(`^\\s*(?:${ANALYSES.join('|')})\\s`, 'i');

/** Analyses named in a `.control` block become cards; its other commands are left out. */
function withoutControl(
  lines: readonly INetlistLine[],
  notes: string[]
): readonly INetlistLine[] {
  let inside = false;
  return lines.flatMap(line => {
    if (/^\s*\.control\b/i.test(line.text)) {
      inside = true;
      notes.push('Note: of a .control block only its analyses are run.');
      return [];
    }
    if (/^\s*\.endc\b/i.test(line.text)) {
      inside = false;
      return [];
    }
    if (!inside) {
      return [line];
    }
    const runs = RUN_IN_CONTROL.test(`${line.text} `);
    return runs ? [{ ...line, text: `.${line.text.trim()}` }] : [];
  });
}

/** Values such as `4k7` of resistors, capacitors and inductors, which ngspice misreads. */
function expandPointNotation(text: string, notes: string[]): string {
  return text.replace(
    /^(\s*[rcl]\S*\s+\S+\s+\S+\s+)(\S+)/i,
    (all: string, start: string, word: string) => {
      const value = isPointNotation(word) ? parseSpiceValue(word) : null;
      if (value === null) {
        return all;
      }
      notes.push(`Note: ${word} is read as ${formatSpiceValue(value)}.`);
      return start + formatSpiceValue(value);
    }
  );
}

function checkAnalyses(
  lines: readonly INetlistLine[],
  analyses: readonly INetlistLine[],
  notes: string[]
): void {
  const other = lines.find(line => OTHER.test(line.text));
  if (other && analyses.length === 0) {
    throw failure(
      'bad-input',
      `${other.text.trim().split(/\s/)[0] ?? ''} is not one of the analyses that this ` +
        `runtime returns: .op, .dc, .ac, .tran, .noise.`,
      place(other)
    );
  }
  if (analyses.length === 0) {
    throw failure(
      'bad-input',
      'The netlist has no analysis. Add a line such as .op, .tran 1u 1m or .ac dec 10 1 1meg.',
      { name: 'ValueError' }
    );
  }
  const kinds = new Set(analyses.map(kindOf));
  if (kinds.size > 1) {
    notes.push(`Note: of ${[...kinds].join(', ')} ngspice returns the last it runs.`);
  }
}

/** Line and text of a netlist line for a failure. */
export function place(line: INetlistLine): { line?: number; excerpt: string } {
  const excerpt = line.text.trim();
  return line.source === 'skill' && line.line > 0
    ? { line: line.line, excerpt }
    : { excerpt };
}

function kindOf(line: INetlistLine): Analysis | undefined {
  const word = ANALYSIS.exec(line.text)?.[1]?.toLowerCase();
  return ANALYSES.find(kind => kind === word);
}

function onlyOp(analyses: readonly INetlistLine[]): boolean {
  return analyses.every(line => kindOf(line) === 'op');
}

/** The deck with its analyses, and what belongs to them, replaced by `.op`. */
function opDeck(lines: readonly INetlistLine[]): string {
  let left = false;
  const kept = lines.filter(({ text }) => {
    const goesOn = /^\s*\+/.test(text);
    left = goesOn ? left : ANALYSIS.test(text) || TIED_TO_ANALYSIS.test(text);
    return !left;
  });
  const end = kept.length - 1;
  const op = { text: '.op', source: 'skill', line: 0 };
  return join([...kept.slice(0, end), op, ...kept.slice(end)]);
}

function sweptSource(analyses: readonly INetlistLine[]): string | null {
  const card = analyses.filter(line => kindOf(line) === 'dc').at(-1);
  return card?.text.trim().split(/\s+/)[1]?.toLowerCase() ?? null;
}

function measuresOf(lines: readonly INetlistLine[]): readonly string[] {
  return lines.flatMap(({ text }) => {
    const name = /^\s*\.meas(?:ure)?\s+\w+\s+(\S+)/i.exec(text)?.[1];
    return name === undefined ? [] : [name.toLowerCase()];
  });
}
