/** What the file of a candidate says of its review, in the front matter. */
import { isRecord } from '../json';
import { frontMatterOf } from '../skill/editCode';
import { formatSkill } from '../skill/format';
import type { IReplayReport, ReplayedRun } from './verify';

const isText = (value: unknown): value is string => typeof value === 'string';

/** What a candidate's file says beside its provenance. */
export interface IReview {
  readonly report: IReplayReport;
  /** Sessions with the pattern, the newest ones. */
  readonly sessions: readonly string[];
  /** From 0 to 1. */
  readonly confidence: number;
  /** It renews the skill of its id: `sha256:` of the file that it was merged into. */
  readonly updates?: string;
  /** The learned skill beside which it stands, since their edits do not go together. */
  readonly beside?: string;
  /** A better name, as a language model says. */
  readonly suggestion?: { readonly name: string; readonly description: string };
  /** Digest of the text that evolution proposed: another one is a person's. */
  readonly proposed?: string;
  /** What became of a person's edits when it was made anew. */
  readonly note?: string;
}

/**
 * Whether no other version of the skill is in use: beside an edited one a second would be
 * a twin that nobody asked for.
 */
export function isNewSkill({
  updates,
  beside
}: Pick<IReview, 'updates' | 'beside'>): boolean {
  return updates === undefined && beside === undefined;
}

/** Writes report and examples into a candidate's front matter. */
export function withReview(
  text: string,
  { report, sessions, confidence, suggestion, ...rest }: IReview
): string {
  const { runs, ...summary } = report;
  return formatSkill(text, {
    keys: {
      learned_confidence: confidence,
      learned_sessions: sessions,
      learned_replay: { ...summary },
      learned_replays: runs.length > 0 ? runs : undefined,
      learned_updates: rest.updates,
      learned_beside: rest.beside,
      learned_suggestion: suggestion && { ...suggestion },
      learned_proposed: rest.proposed,
      learned_note: rest.note
    }
  });
}

/** Keys of a candidate that say nothing of the skill itself. */
const REVIEW = [
  ...['learned_confidence', 'learned_sessions', 'learned_replay', 'learned_replays'],
  ...['learned_updates', 'learned_beside', 'learned_suggestion'],
  ...['learned_proposed', 'learned_note', 'learned_draft']
];

/** A skill's text without the report of its review. */
export function withoutReview(text: string): string {
  return formatSkill(text, {
    keys: Object.fromEntries(REVIEW.map(key => [key, undefined]))
  });
}

/** What each kind of replay says beside its trace. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  agrees: [],
  differs: ['where', 'expected', 'found'],
  failed: ['message'],
  'not-replayed': ['why']
};

function isReplayed(value: unknown): value is ReplayedRun {
  const said = isRecord(value) ? SAID[String(value['kind'])] : undefined;
  return (
    isRecord(value) &&
    said !== undefined &&
    ['trace', ...said].every(name => isText(value[name])) &&
    (value['session'] === undefined || isText(value['session']))
  );
}

/** Reads them back; `null` where there is no report. */
export function readReview(text: string): IReview | null {
  const data = frontMatterOf(text);
  const report = data?.['learned_replay'];
  if (!data || !isRecord(report) || !isText(report['reason'])) {
    return null;
  }
  const { verdict, reason, agreed, replayed, lower, of } = report;
  const runs = data['learned_replays'];
  const sessions = data['learned_sessions'];
  const [updates, beside] = [data['learned_updates'], data['learned_beside']];
  const [proposed, note] = [data['learned_proposed'], data['learned_note']];
  const better = data['learned_suggestion'];
  return {
    report: {
      verdict: verdict === 'accepted' || verdict === 'rejected' ? verdict : 'review',
      reason,
      agreed: Number(agreed),
      replayed: Number(replayed),
      lower: Number(lower),
      runs: (Array.isArray(runs) ? (runs as readonly unknown[]) : []).filter(
        isReplayed
      ),
      ...(isText(of) && { of })
    },
    sessions: Array.isArray(sessions)
      ? (sessions as readonly unknown[]).filter(isText)
      : [],
    confidence: Number(data['learned_confidence'] ?? 0),
    ...(isText(updates) && { updates }),
    ...(isText(beside) && { beside }),
    ...(isText(proposed) && { proposed }),
    ...(isText(note) && { note }),
    ...(isRecord(better) &&
      isText(better['name']) &&
      isText(better['description']) && {
        suggestion: { name: better['name'], description: better['description'] }
      })
  };
}
