/**
 * Commit messages that people and programs both read (requirement R5.4).
 *
 * A session's commit carries its name, prompt, counts and artifacts; a learned skill's
 * commit says from how many traces it came. Both directions stand in this file, so that
 * `parseCommit(formatCommit(x))` gives `x` back. Anything else is read as `other`.
 */

/** A `Key: value` line at the end of a message; keys may repeat, order is kept. */
export interface ITrailer {
  readonly key: string;
  readonly value: string;
}

/** Something that a session made: a plot, a circuit, a skill, a file. */
export interface IArtifactLine {
  readonly type: string;
  readonly name: string;
}

/** How much happened in a session; each a count, 0 or more. */
export interface ISessionStats {
  readonly messages: number;
  readonly artifacts: number;
  readonly traces: number;
}

/**
 * A session as one commit (R5.4); formatting it and parsing the text gives it back
 * exactly.
 */
export interface ISessionCommit {
  readonly kind: 'session';
  readonly name: string;
  /** May span lines; empty when the session had no conversation. */
  readonly prompt: string;
  readonly stats: ISessionStats;
  readonly artifacts: readonly IArtifactLine[];
  readonly trailers: readonly ITrailer[];
}

/** A skill that evolution has made or renewed (R7.3). */
export interface IEvolutionCommit {
  readonly kind: 'evolution';
  readonly action: 'create' | 'update';
  readonly skill: string;
  /** How many traces the skill was learned from. */
  readonly traces: number;
  readonly trailers: readonly ITrailer[];
}

/** A commit of another tool or hand. */
export interface IOtherCommit {
  readonly kind: 'other';
  readonly subject: string;
  readonly body: string;
  readonly trailers: readonly ITrailer[];
}

/**
 * What a message says; `other` when no format of ours fits, so that any history can be
 * read.
 */
export type CommitMessage = ISessionCommit | IEvolutionCommit | IOtherCommit;

/** Last line of a session message's body. */
export const SESSION_MARKER = '🤖 LLMunix Context Memory';

/** Key of the trailer of a session whose notebook has another path since the commit before. */
export const RENAMED_FROM = 'Renamed-From';

const MARKER = /^(?:🤖\s*)?LLMunix Context Memory$/u;
const TRAILER = /^([A-Za-z][A-Za-z0-9-]*): (.*)$/;
const EVOLUTION = /^Evolution: (Create|Update) skill (\S+) from (\d+) traces?$/;
const HEADINGS = /^(?:Prompt:|Stats:|Artifacts:)/;

/**
 * Text as it can stand in a message: one kind of line end, no NUL or trailing white space
 * (GitHub strips it, and with it the hash would change), no blank line at either end.
 */
export function normalisePrompt(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\0', '')
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
    .trimStart();
}

/** One line without control characters; for names, types and trailer values. */
export function normaliseLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- they would end or garble the line
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

/**
 * Writes a message, without a final newline.
 *
 * @throws RangeError when a session has no name, which a caller checks first.
 * @example formatCommit({ kind: 'session', name: 'VQE', prompt: '', stats, artifacts: [], trailers: [] })
 */
export function formatCommit(commit: CommitMessage): string {
  switch (commit.kind) {
    case 'session':
      return formatSession(commit);
    case 'evolution':
      return paragraphs([
        `Evolution: ${commit.action === 'create' ? 'Create' : 'Update'} skill ` +
          `${commit.skill} from ${commit.traces} traces`,
        formatTrailers(commit.trailers)
      ]);
    case 'other':
      return paragraphs([
        normaliseLine(commit.subject),
        normalisePrompt(commit.body),
        formatTrailers(commit.trailers)
      ]);
  }
}

/** Reads any message. A session is known by its subject or by the marker line. */
export function parseCommit(text: string): CommitMessage {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const subject = (lines[0] ?? '').trim();
  const evolution = EVOLUTION.exec(subject);
  const marker = lines.findIndex(line => MARKER.test(line.trimEnd()));
  if (evolution) {
    return {
      kind: 'evolution',
      action: evolution[1] === 'Create' ? 'create' : 'update',
      skill: evolution[2] ?? '',
      traces: Number(evolution[3]),
      trailers: parseTrailers(lines.slice(1)).trailers
    };
  }
  if (marker >= 0 || /^session: ./.test(subject)) {
    const body = marker >= 0 ? lines.slice(1, marker) : lines.slice(1);
    const tail = marker >= 0 ? lines.slice(marker + 1) : [];
    return parseSession(subject, body, tail);
  }
  const { trailers, rest } = parseTrailers(lines.slice(1));
  return { kind: 'other', subject, body: rest.join('\n').trim(), trailers };
}

function formatSession(commit: ISessionCommit): string {
  const name = normaliseLine(commit.name);
  if (name === '') {
    throw new RangeError('A session commit needs a name.');
  }
  const prompt = normalisePrompt(commit.prompt)
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : `  ${line}`))
    .join('\n');
  const artifacts = commit.artifacts.map(({ type, name }) =>
    `- ${normaliseLine(type).replaceAll(':', '')}: ${normaliseLine(name)}`.trimEnd()
  );
  const { stats } = commit;
  return paragraphs([
    `session: ${name}`,
    prompt && `Prompt: ${prompt}`,
    [
      'Stats:',
      `- ${stats.messages} messages`,
      `- ${stats.artifacts} artifacts generated`,
      `- ${stats.traces} traces executed`
    ].join('\n'),
    artifacts.length > 0 ? ['Artifacts:', ...artifacts].join('\n') : '',
    SESSION_MARKER,
    formatTrailers(commit.trailers)
  ]);
}

function formatTrailers(trailers: readonly ITrailer[]): string {
  return trailers
    .map(({ key, value }) => `${key}: ${normaliseLine(value)}`.trimEnd())
    .join('\n');
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('\n\n');
}

function parseSession(
  subject: string,
  body: readonly string[],
  tail: readonly string[]
): ISessionCommit {
  return {
    kind: 'session',
    name: subject.replace(/^session:\s*/, ''),
    prompt: parsePrompt(body),
    stats: parseStats(body),
    artifacts: section(body, 'Artifacts:').flatMap(line => {
      const match = /^- ([^:]*): ?(.*)$/.exec(line);
      return match ? [{ type: match[1] ?? '', name: match[2] ?? '' }] : [];
    }),
    trailers: parseTrailers(tail).trailers
  };
}

/**
 * The prompt runs on over indented lines, blank lines before an indented one included;
 * in messages written by hand also over plain lines, up to the first blank one.
 */
function parsePrompt(body: readonly string[]): string {
  const start = body.findIndex(line => line.startsWith('Prompt:'));
  if (start < 0) {
    return '';
  }
  const prompt = [(body[start] ?? '').slice('Prompt:'.length).trimStart()];
  let blanks = 0;
  for (const line of body.slice(start + 1)) {
    if (line === '') {
      blanks += 1;
    } else if (line.startsWith('  ')) {
      prompt.push(...Array<string>(blanks).fill(''), line.slice(2));
      blanks = 0;
    } else if (blanks === 0 && !HEADINGS.test(line)) {
      prompt.push(line);
    } else {
      break;
    }
  }
  return normalisePrompt(prompt.join('\n'));
}

function parseStats(body: readonly string[]): ISessionStats {
  const lines = section(body, 'Stats:');
  const count = (word: string): number => {
    const pattern = new RegExp(`^- (\\d+) ${word}s?\\b`);
    const found = lines.map(line => pattern.exec(line)).find(match => match !== null);
    return found ? Number(found[1]) : 0;
  };
  return {
    messages: count('message'),
    artifacts: count('artifact'),
    traces: count('trace')
  };
}

/** The `- …` lines under an unindented heading. */
function section(body: readonly string[], heading: string): readonly string[] {
  const start = body.findIndex(line => line.trimEnd() === heading);
  if (start < 0) {
    return [];
  }
  const lines = body.slice(start + 1);
  const end = lines.findIndex(line => !line.startsWith('- '));
  return end < 0 ? lines : lines.slice(0, end);
}

/** Trailers are the last paragraph, when every line of it is one. */
function parseTrailers(lines: readonly string[]): {
  readonly trailers: readonly ITrailer[];
  readonly rest: readonly string[];
} {
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === '') {
    end -= 1;
  }
  let start = end;
  while (start > 0 && lines[start - 1]?.trim() !== '') {
    start -= 1;
  }
  const matches = lines.slice(start, end).map(line => TRAILER.exec(withSpace(line)));
  if (matches.length === 0 || matches.some(match => match === null)) {
    return { trailers: [], rest: lines.slice(0, end) };
  }
  return {
    trailers: matches.flatMap(match =>
      match ? [{ key: match[1] ?? '', value: match[2] ?? '' }] : []
    ),
    rest: lines.slice(0, start)
  };
}

/** A trailer with an empty value is written `Key:`, without the space. */
function withSpace(line: string): string {
  return /^[A-Za-z][A-Za-z0-9-]*:$/.test(line) ? `${line} ` : line;
}
