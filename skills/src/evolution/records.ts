/** What evolution keeps in a volume: its runs, what was rejected, candidates with reports. */
import { isRecord } from '../json';
import { dataOf, partsOf } from '../skill/editCode';
import { formatSkill } from '../skill/format';
import type { JsonValue } from '../skill/skill';
import type { IReplayReport } from './verify';

/** Which volume a job learns for. */
export type EvolutionJob = 'user' | 'team' | 'system';

/** One run of a job: a line of `evolution/runs.jsonl`. */
export interface IEvolutionRun {
  readonly v: 1;
  readonly id: string;
  readonly job: EvolutionJob;
  /** ISO 8601 UTC. */
  readonly started: string;
  readonly ms: number;
  readonly status: 'done' | 'stopped' | 'failed';
  /** Why it failed. */
  readonly error?: string;
  readonly traces: number;
  readonly patterns: number;
  /** Ids of the candidates that wait for review, verified or not. */
  readonly candidates: readonly string[];
  /** How many of them all replays agreed with. */
  readonly verified: number;
  readonly rejected: readonly { readonly id: string; readonly reason: string }[];
}

/** A signature that is not proposed again: a line of `evolution/rejected.jsonl`. */
export interface IRejection {
  readonly v: 1;
  readonly signature: string;
  /** Id that the skill would have had. */
  readonly id: string;
  /** `replay` until there are newer runs; `person` for good. */
  readonly by: 'replay' | 'person';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly reason: string;
  /** The newest run that the pattern had then. */
  readonly newest: string;
}

/** One line with its newline. */
export function formatRecord(record: IEvolutionRun | IRejection): string {
  return `${JSON.stringify(record)}\n`;
}

/** Reads `runs.jsonl`, oldest first; lines of newer programs and damaged ones are left out. */
export function parseEvolutionRuns(text: string): readonly IEvolutionRun[] {
  return readLines(text).filter(isRun);
}

/** Reads `rejected.jsonl`. */
export function parseRejections(text: string): readonly IRejection[] {
  return readLines(text).filter(isRejection);
}

function readLines(text: string): readonly unknown[] {
  return text.split('\n').flatMap(line => {
    try {
      return line.trim() === '' ? [] : [JSON.parse(line) as unknown];
    } catch {
      // A line that a closing tab has cut off: the others still count.
      return [];
    }
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0;

function isRun(value: unknown): value is IEvolutionRun {
  return (
    isRecord(value) &&
    value['v'] === 1 &&
    isText(value['id']) &&
    ['user', 'team', 'system'].includes(String(value['job'])) &&
    isText(value['started']) &&
    ['done', 'stopped', 'failed'].includes(String(value['status'])) &&
    [value['ms'], value['traces'], value['patterns'], value['verified']].every(
      isCount
    ) &&
    Array.isArray(value['candidates']) &&
    Array.isArray(value['rejected'])
  );
}

function isRejection(value: unknown): value is IRejection {
  return (
    isRecord(value) &&
    value['v'] === 1 &&
    [value['signature'], value['id'], value['at'], value['newest']].every(isText) &&
    isText(value['reason']) &&
    ['replay', 'person'].includes(String(value['by']))
  );
}

/** What a candidate's file says beside its provenance. */
export interface IReview {
  readonly report: IReplayReport;
  /** Sessions with the pattern, the newest ones. */
  readonly sessions: readonly string[];
  /** From 0 to 1. */
  readonly confidence: number;
}

/** Writes report and examples into a candidate's front matter. */
export function withReview(
  text: string,
  { report, sessions, confidence }: IReview
): string {
  const { runs, ...summary } = report;
  return formatSkill(text, {
    keys: {
      learned_confidence: confidence,
      learned_sessions: sessions,
      learned_replay: { ...summary },
      learned_replays: runs.length > 0 ? runs : undefined
    }
  });
}

/** Reads them back; `null` where there is no report. */
export function readReview(text: string): IReview | null {
  let data: Readonly<Record<string, JsonValue>>;
  try {
    const { frontStart, frontEnd } = partsOf(text);
    data = dataOf(text.slice(frontStart, frontEnd));
  } catch {
    // No readable front matter: `parseSkill` tells of it.
    return null;
  }
  const report = data['learned_replay'];
  if (!isRecord(report) || !isText(report['reason'])) {
    return null;
  }
  const { verdict, reason, agreed, replayed, lower } = report;
  const runs = data['learned_replays'];
  const sessions = data['learned_sessions'];
  return {
    report: {
      verdict: verdict === 'accepted' || verdict === 'rejected' ? verdict : 'review',
      reason,
      agreed: Number(agreed),
      replayed: Number(replayed),
      lower: Number(lower),
      runs: Array.isArray(runs) ? runs : []
    },
    sessions: Array.isArray(sessions)
      ? (sessions as readonly unknown[]).filter(isText)
      : [],
    confidence: Number(data['learned_confidence'] ?? 0)
  };
}
