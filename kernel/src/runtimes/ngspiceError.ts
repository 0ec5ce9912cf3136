/** Turns ngspice's own error text into a failure that marks the netlist line. */

import type { IDeck } from './deck';
import { failure, type SkillFailure } from './failure';
import type { INetlistLine } from './netlist';

/** Which lines of ngspice's output name a line number of the deck. */
const NUMBERED =
  /(?:error on line|in line no\.|netlist line no\.|at line|line number)\s*:?\s*(\d+)/gi;

/** Chatter that says nothing of the fault. */
const NOISE =
  /^\s*$|^Note:|simulation interrupted|^\s*run simulation\(s\) aborted|no writable vector|checkvalid|Run Spice anyway|fatal error in ngspice/i;

/** The failure of a run: ngspice's words first, then the line as the person wrote it. */
export function ngspiceFailure(deck: IDeck, errors: readonly string[]): SkillFailure {
  const said = [...new Set(errors.flatMap(text => text.split('\n')))].filter(
    line => !NOISE.test(line)
  );
  const words =
    said.length > 0 ? said.join('\n') : 'ngspice gave no result and no reason.';
  const line = culprit(deck, errors.join('\n'));
  const where = line ? `\n${describePlace(line)}: ${line.text.trim()}` : '';
  return failure('ngspice-error', `ngspice: ${words.trim()}${where}`, {
    name: 'NgspiceError',
    ...(line ? { excerpt: line.text.trim() } : {}),
    ...(line?.source === 'skill' ? { line: line.line } : {})
  });
}

/** Where a netlist line stands, for people. */
function describePlace(line: INetlistLine): string {
  return line.source === 'skill'
    ? `Line ${line.line} of the skill`
    : `Line ${line.line} of ${line.source}`;
}

/** The line that the errors are about: by number, else by the text that they quote. */
function culprit(deck: IDeck, errors: string): INetlistLine | undefined {
  for (const [, number = ''] of errors.matchAll(NUMBERED)) {
    const line = deck.lines[Number(number) - 1];
    if (line && line.line > 0) {
      return line;
    }
  }
  const quoted = new Set(errors.split('\n').map(squeeze).filter(Boolean));
  const words = errors.split('\n').map(squeeze);
  return deck.lines.find(line => {
    const text = squeeze(line.text);
    const real = line.line > 0 && text.length > 3;
    return real && (quoted.has(text) || words.some(word => word.endsWith(` ${text}`)));
  });
}

function squeeze(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}
