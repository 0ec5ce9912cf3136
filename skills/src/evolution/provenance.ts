/** Where a learned skill came from, as its front matter keeps it. */
import { isRecord } from '../json';
import type { ICorrelation } from './correlation';
import { frontMatterOf } from '../skill/editCode';
import { formatSkill } from '../skill/format';
import type { JsonValue } from '../skill/skill';

/** What was learned for one input of one member. */
export interface ILearnedValue {
  /** The learned skill's input; `null` for a constant, which is written into the code. */
  readonly input: string | null;
  /** `node.input` of the member. */
  readonly of: string;
  readonly kind: 'learned' | 'constant' | 'free';
  readonly default: JsonValue;
  readonly low: number | null;
  readonly high: number | null;
  /** Successful runs that it was learned from. */
  readonly n: number;
  readonly scale?: 'linear' | 'log';
  readonly histogram?: readonly number[];
  readonly counts?: readonly (readonly [value: JsonValue, runs: number])[];
  /** Inputs that were changed together with it, by their `of`. */
  readonly correlated?: readonly ICorrelation[];
  /** Why an input stays free. */
  readonly reason?: string;
}

/**
 * Which of the runs the defaults were learned from. A run that succeeded only when it was
 * repeated with the same inputs is a successful one here.
 */
export interface ILearnedFrom {
  /** Runs that failed or were stopped, and were not repeated with success. */
  readonly unsuccessful: number;
  /** Successful runs that have all of the workflow; the others lack a step. */
  readonly found: number;
  /** The newest of them, kept back to verify the skill with. */
  readonly kept: number;
  /** Of the others those that count: all, or with an objective the best. */
  readonly used: number;
}

/** A skill that a learned one calls. */
export interface IMember {
  /** The pattern's node, such as `plot-xy#2`. */
  readonly node: string;
  readonly skill: string;
  /** `sha256:` of the file that the learned skill was verified with. */
  readonly version: string;
}

/** Provenance of a learned skill. */
export interface IProvenance {
  /** Canonical code of the workflow: equal for isomorphic ones. */
  readonly signature: string;
  /** ISO 8601 UTC. */
  readonly date: string;
  /** Runs that show the workflow, copies counted once. */
  readonly runs: number;
  readonly users: number;
  readonly sessions: number;
  /** Share of those runs that succeeded. */
  readonly success: number;
  /** Absent in those that were learned by older programs. */
  readonly from?: ILearnedFrom;
  /** In the order in which they are called. */
  readonly members: readonly IMember[];
  readonly values: readonly ILearnedValue[];
  /** Ids of runs, the newest at most. */
  readonly traces: readonly string[];
  /** Hashes of the commits that hold those runs, as far as they are committed. */
  readonly commits: readonly string[];
}

/** Writes the provenance into a skill file's front matter. */
export function withProvenance(text: string, provenance: IProvenance): string {
  const { members, values, traces, commits, from, ...summary } = provenance;
  return formatSkill(text, {
    keys: {
      learned: { v: 1, ...summary, ...(from && { from: { ...from } }) },
      learned_members: members as unknown as JsonValue,
      learned_values: values.length > 0 ? (values as unknown as JsonValue) : undefined,
      learned_from: traces,
      learned_commits: commits.length > 0 ? commits : undefined
    }
  });
}

/** Reads it back; `null` for skills that were not learned, or by a newer program. */
export function readProvenance(text: string): IProvenance | null {
  const data = frontMatterOf(text);
  const learned = data?.['learned'];
  if (!data || !isRecord(learned) || learned['v'] !== 1) {
    return null;
  }
  const { signature, date, runs, users, sessions, success, from } = learned;
  const members = list(data['learned_members']).filter(isMember);
  return typeof signature === 'string' &&
    typeof date === 'string' &&
    members.length > 0 &&
    [runs, users, sessions, success].every(value => typeof value === 'number')
    ? {
        signature,
        date,
        ...({ runs, users, sessions, success } as Counts),
        ...(isFrom(from) && { from }),
        members,
        values: list(data['learned_values']).filter(isValue),
        traces: list(data['learned_from']).filter(isText),
        commits: list(data['learned_commits']).filter(isText)
      }
    : null;
}

type Counts = Pick<IProvenance, 'runs' | 'users' | 'sessions' | 'success'>;

function isFrom(value: unknown): value is ILearnedFrom {
  return (
    isRecord(value) &&
    ['unsuccessful', 'found', 'kept', 'used'].every(key => isNumber(value[key]))
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isMember(value: unknown): value is IMember {
  return (
    isRecord(value) &&
    isText(value['node']) &&
    isText(value['skill']) &&
    isText(value['version'])
  );
}

function isValue(value: unknown): value is ILearnedValue {
  return (
    isRecord(value) &&
    (value['input'] === null || isText(value['input'])) &&
    isText(value['of']) &&
    ['learned', 'constant', 'free'].includes(String(value['kind'])) &&
    value['default'] !== undefined &&
    [value['low'], value['high']].every(bound => bound === null || isNumber(bound)) &&
    isNumber(value['n']) &&
    isListOrNone(value['histogram'], isNumber) &&
    isListOrNone(value['counts'], isChoice) &&
    isListOrNone(value['correlated'], isCorrelation)
  );
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

function isListOrNone(value: unknown, is: (each: unknown) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && list(value).every(is));
}

function isChoice(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && isNumber(value[1]);
}

function isCorrelation(value: unknown): boolean {
  return isRecord(value) && isText(value['with']) && isNumber(value['rho']);
}
