import type { TranslationBundle } from '@jupyterlab/translation';
import type { IReplayedCall, IWorkerPool } from '@llmos-lab/kernel';
import {
  isRecord,
  parseSkill,
  type ICompound,
  type ReplayCall,
  type ReplayOutcome
} from '@llmos-lab/skills';

import { versionOf } from '../promote/plan';
import { reasonOf } from '../reasonOf';

/** What replaying needs. */
export interface IReplayerOptions {
  readonly pool: Pick<IWorkerPool, 'replay'>;
  /** Of the whole verification. */
  readonly signal: AbortSignal;
  /** Seconds that one run may take. */
  readonly seconds: number;
  readonly trans: TranslationBundle;
}

/** Runs learned skills in the workers of the pool, each run for a limited time. */
export function createReplayer({
  pool,
  signal,
  seconds,
  trans
}: IReplayerOptions): ReplayCall {
  return async (compound, inputs) => {
    const entry = await entryOf(compound, trans);
    signal.throwIfAborted();
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      abort();
    }, seconds * 1000);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const calls = await pool.replay({
        ...{ entry, inputs },
        signal: stop.signal
      });
      if (calls === 'no-workers') {
        return {
          kind: 'not-replayed',
          why: trans.__('Here only the kernels of notebooks run Python.')
        };
      }
      return calls === undefined
        ? {
            kind: 'not-replayed',
            why: trans.__('It wants files or packages that only a notebook has.')
          }
        : { kind: 'done', calls: checked(calls) };
    } catch (error) {
      signal.throwIfAborted();
      return isLate
        ? { kind: 'not-replayed', why: trans.__('It took longer than %1 s.', seconds) }
        : { kind: 'failed', message: reasonOf(error) };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  };
}

/** The learned skill as an entry of no index: its own file as text, by its path to be. */
async function entryOf({ text, skill: { id } }: ICompound, trans: TranslationBundle) {
  const path = `user:evolution/candidates/${id}.md`;
  const { skill } = parseSkill(text, path);
  if (skill?.kind !== 'executable') {
    throw new Error(trans.__('The learned skill "%1" cannot be read.', id));
  }
  const version = await versionOf(new TextEncoder().encode(text));
  return { skill, text, version, path, volume: 'user', shadows: [] };
}

/** What runs in a worker may send anything. */
function checked(
  calls: readonly IReplayedCall[]
): Extract<ReplayOutcome, { kind: 'done' }>['calls'] {
  return (Array.isArray(calls) ? (calls as readonly unknown[]) : [])
    .filter(isCall)
    .map(({ skill, outputs, env }) => ({
      ...{ skill, outputs },
      ...(isStrings(env) && { env })
    }));
}

function isCall(call: unknown): call is Omit<IReplayedCall, 'env'> & { env?: unknown } {
  return (
    isRecord(call) && typeof call['skill'] === 'string' && isRecord(call['outputs'])
  );
}

function isStrings(value: unknown): value is Readonly<Record<string, string>> {
  return (
    isRecord(value) && Object.values(value).every(each => typeof each === 'string')
  );
}
