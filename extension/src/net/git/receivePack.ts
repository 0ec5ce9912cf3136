import { GitProblem } from './gitHttp';
import { join } from './pack';

/** The name of no commit. */
const NONE = '0'.repeat(40);
const FLUSH = '0000';
/** Channels of a side band: the answer, progress, and why the server gives up. */
const ANSWER = 1;
const FATAL = 3;

/** Where a branch of the server is to be moved. */
export interface IRefUpdate {
  readonly ref: string;
  /** Where the server says it is; it refuses when that is no longer so. */
  readonly from: string | null;
  readonly to: string;
}

/**
 * The body of a `git-receive-pack` request. isomorphic-git's own push wants the whole
 * repository in a file system and walks all trees of it; here the pack is made already.
 *
 * @see https://git-scm.com/docs/pack-protocol
 */
export function writeReceiveRequest(
  { ref, from, to }: IRefUpdate,
  capabilities: ReadonlySet<string>,
  pack: Uint8Array
): Uint8Array<ArrayBuffer> {
  const wanted = ['report-status', 'side-band-64k'].filter(name =>
    capabilities.has(name)
  );
  const line = `${from ?? NONE} ${to} ${ref}\0 ${wanted.join(' ')}`;
  return join([new TextEncoder().encode(packetLine(line) + FLUSH), pack]);
}

/**
 * What the server says of the update; `null` when it took it.
 *
 * @param body the whole answer
 * @throws GitProblem where it says nothing, or not in Git's protocol
 */
export function readReport(
  body: Uint8Array,
  capabilities: ReadonlySet<string>
): string | null {
  // A server that promises no report has said all with its status.
  if (!capabilities.has('report-status')) {
    return null;
  }
  const lines = capabilities.has('side-band-64k') ? fromSideBand(body) : body;
  const report = [...packetLines(lines)].map(line => text(line).trimEnd());
  const refusal = report.find(line => line.startsWith('ng '));
  if (refusal !== undefined) {
    return refusal.split(' ').slice(2).join(' ');
  }
  const unpack = report.find(line => line.startsWith('unpack '));
  if (unpack === 'unpack ok' && report.some(line => line.startsWith('ok '))) {
    return null;
  }
  if (unpack === undefined) {
    throw new GitProblem({ code: 'refused', cause: 'no-report', detail: '' });
  }
  return unpack.slice('unpack '.length);
}

/** A line with its length in front (https://git-scm.com/docs/protocol-common). */
export function packetLine(line: string): string {
  const length = new TextEncoder().encode(line).length + 4;
  return length.toString(16).padStart(4, '0') + line;
}

function* packetLines(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = Number.parseInt(text(bytes.subarray(at, at + 4)), 16);
    if (Number.isNaN(length)) {
      throw new GitProblem({ code: 'refused', cause: 'other-protocol', detail: '' });
    }
    if (length > 4) {
      yield bytes.subarray(at + 4, at + length);
    }
    at += Math.max(length, 4);
  }
}

function fromSideBand(bytes: Uint8Array): Uint8Array {
  const answer: Uint8Array[] = [];
  for (const line of packetLines(bytes)) {
    const rest = line.subarray(1);
    if (line[0] === FATAL) {
      throw new Error(text(rest).trim());
    }
    if (line[0] === ANSWER) {
      answer.push(rest);
    }
  }
  return join(answer);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
