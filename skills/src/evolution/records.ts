/** What evolution keeps in a volume: its runs, and what was rejected. */
import { isRecord } from '../json';
import type { ICandidateFile } from './candidateFile';
import type { IFailingPattern, IPattern } from './describePattern';
import type { IPromotable } from './promotable';
import { isNewSkill } from './review';

/** Which volume a job learns for. */
export type EvolutionJob = 'user' | 'team' | 'system';

/** A skill that a run has made one of its volume, without waiting for a person. */
export interface IAppliedSkill {
  readonly id: string;
  /** What its replays say, as a sentence. */
  readonly reason: string;
  /** SHA-1. */
  readonly commit: string;
}

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
  /** All that recur. */
  readonly patterns: number;
  /** Of those that a person or a replay has turned down before; absent: none. */
  readonly turnedDown?: number;
  /** Of those that are a skill, or wait for review; absent: none. */
  readonly known?: number;
  /** What recurs, with too few successes to be proposed; absent: none. */
  readonly failing?: readonly IFailingPattern[];
  /** Ids of the candidates that wait for review, verified or not. */
  readonly candidates: readonly string[];
  /** How many of what it learned all replays agreed with. */
  readonly verified: number;
  /** What was applied automatically, and so waits no longer. */
  readonly applied?: readonly IAppliedSkill[];
  readonly rejected: readonly { readonly id: string; readonly reason: string }[];
  /** Sessions that the team job has copied, of the person who ran it. */
  readonly shared?: number;
  /** What people should know of the run, as sentences. */
  readonly notes?: readonly string[];
  /** What a language model has found in the messages of commits. */
  readonly detected?: readonly {
    readonly name: string;
    readonly description: string;
    /** From 0 to 1, as the model says. */
    readonly confidence: number;
    readonly commits: readonly string[];
  }[];
  /** Ids of the guides that were drafted from what it has found. */
  readonly drafted?: readonly string[];
  /** Skills that the system job proposes for everybody. */
  readonly promotions?: readonly IPromotable[];
}

/**
 * Whether a run says nothing but when it was, so that a commit of it would only be noise:
 * it found nothing, and the one before it had proposed nothing that it takes back.
 *
 * @param before runs of all jobs, oldest first
 */
export function isQuiet(run: IEvolutionRun, before: readonly IEvolutionRun[]): boolean {
  const last = before.filter(({ job }) => job === run.job).at(-1);
  const found = [
    ...[run.candidates, run.rejected, run.applied, run.notes, run.detected],
    ...[run.drafted, run.promotions, last?.promotions]
  ];
  return (
    run.status !== 'failed' &&
    !run.shared &&
    found.every(list => list === undefined || list.length === 0)
  );
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
  /** An update was refused, not the skill: newer runs bring another one. */
  readonly updates?: true;
}

/** Of a person who refuses what was learned, whether it waits or was applied. */
export function rejectionOf(
  {
    skill,
    provenance,
    review
  }: Pick<ICandidateFile, 'skill' | 'provenance' | 'review'>,
  reason: string,
  at: string
): IRejection {
  const { signature, traces } = provenance;
  return {
    ...{ v: 1, by: 'person', id: skill.id, reason, at },
    ...{ signature, newest: traces.at(-1) ?? '' },
    // Of a skill that is there its runs go on, and may come to another update.
    ...(!isNewSkill(review) && { updates: true })
  };
}

/** Whether a person has turned down the skill itself, which no newer run brings back. */
export function isForGood({ by, updates }: IRejection): boolean {
  return by === 'person' && !updates;
}

/** The last word against a pattern: one for good, or on its newest run; else undefined. */
export function rejectionFor(
  { signature, traces }: Pick<IPattern, 'signature' | 'traces'>,
  rejections: readonly IRejection[]
): IRejection | undefined {
  return rejections
    .filter(each => each.signature === signature)
    .filter(each => isForGood(each) || each.newest === traces.at(-1))
    .at(-1);
}

/** One line with its newline. */
export function formatRecord(record: IEvolutionRun | IRejection): string {
  return `${JSON.stringify(record)}\n`;
}

/**
 * Reads `runs.jsonl`, oldest first; lines of newer programs and damaged ones are left out.
 * A run that had more to tell is written again: its last line holds.
 */
export function parseEvolutionRuns(text: string): readonly IEvolutionRun[] {
  const runs = readLines(text).filter(isRun);
  return [...new Map(runs.map(run => [run.id, run])).values()];
}

/** Reads `rejected.jsonl`. */
export function parseRejections(text: string): readonly IRejection[] {
  return readLines(text).filter(isRejection);
}

/** What `rejected.jsonl` is without one of its rejections; other lines stay as they are. */
export function withoutRejection(
  text: string,
  { signature, at }: Pick<IRejection, 'signature' | 'at'>
): string {
  const isIt = (line: string): boolean =>
    parseRejections(line).some(each => each.signature === signature && each.at === at);
  return text
    .split('\n')
    .filter(line => !isIt(line))
    .join('\n');
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
    (value['error'] === undefined || isText(value['error'])) &&
    ['shared', 'turnedDown', 'known'].every(
      key => value[key] === undefined || isCount(value[key])
    ) &&
    isListOf(value['candidates'], isText) &&
    isListOf(value['rejected'], isRejected) &&
    isListOf(value['failing'] ?? [], isFailing) &&
    isListOf(value['applied'] ?? [], isApplied) &&
    isListOf(value['notes'] ?? [], isText) &&
    isListOf(value['detected'] ?? [], isDetected) &&
    isListOf(value['drafted'] ?? [], isText) &&
    isListOf(value['promotions'] ?? [], isPromotable)
  );
}

function isListOf(value: unknown, is: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && (value as readonly unknown[]).every(is);
}

function isRejected(value: unknown): boolean {
  return isRecord(value) && isText(value['id']) && isText(value['reason']);
}

function isFailing(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value['signature']) &&
    isListOf(value['skills'], isText) &&
    isListOf(value['edges'], edge => isListOf(edge, isText)) &&
    [value['runs'], value['unsuccessful']].every(isCount)
  );
}

function isApplied(value: unknown): boolean {
  return isRejected(value) && isRecord(value) && isText(value['commit']);
}

function isDetected(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value['name']) &&
    isText(value['description']) &&
    isCount(value['confidence']) &&
    isListOf(value['commits'], isText)
  );
}

function isPromotable(value: unknown): boolean {
  return (
    isRecord(value) &&
    [value['id'], value['version'], value['volume']].every(isText) &&
    [value['users'], value['runs'], value['success']].every(isCount)
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
