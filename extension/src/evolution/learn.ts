/** One run of a job, from traces to candidates. */
import {
  readProvenance,
  verify,
  withReview,
  type EvolutionJob,
  type IEvolutionRun,
  type IProposal,
  type IReplayReport,
  type IRejection,
  type ReplayCall
} from '@llmos-lab/skills';
import type { ISkillEntry } from '@llmos-lab/kernel';

import type { EvolutionFiles, ICandidateFile } from './evolutionFiles';
import type { IMined, IMineTask } from './mineTask';
import type { IEvolutionProgress } from './tokens';

/** What a run works with; all that takes long can be stopped. */
export interface ILearnOptions {
  readonly job: EvolutionJob;
  readonly id: string;
  readonly files: EvolutionFiles;
  readonly entries: readonly ISkillEntry[];
  readonly commits: IMineTask['commits'];
  readonly settings: Pick<IMineTask, 'minCount' | 'minSuccess' | 'halfLife' | 'since'>;
  readonly mine: (task: IMineTask, signal: AbortSignal) => Promise<IMined>;
  readonly replay: ReplayCall;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IEvolutionProgress) => void;
}

type Outcome = Pick<
  IEvolutionRun,
  'traces' | 'patterns' | 'candidates' | 'verified' | 'rejected'
>;

const NOTHING: Outcome = {
  traces: 0,
  patterns: 0,
  candidates: [],
  verified: 0,
  rejected: []
};

/** Sessions that a card shows. */
const EXAMPLES = 3;

/**
 * Runs a job and writes its record. What it has found stays when it is stopped, and is
 * not done again by the next run: that is how a run goes on after its tab was closed.
 */
export async function learn(options: ILearnOptions): Promise<IEvolutionRun> {
  const { id, job, now, signal, files } = options;
  const start = now();
  const so = { ...NOTHING, candidates: [] as string[], rejected: [] as Rejected[] };
  let status: IEvolutionRun['status'] = 'done';
  let error: string | undefined;
  try {
    await findAndVerify(options, so);
  } catch (reason) {
    status = signal.aborted ? 'stopped' : 'failed';
    error = status === 'failed' ? messageOf(reason) : undefined;
  }
  const run: IEvolutionRun = {
    v: 1,
    ...{ id, job, started: new Date(start).toISOString() },
    ...{ ms: Math.round(now() - start), status },
    ...(error !== undefined && { error }),
    ...so
  };
  await files.addRun(run);
  return run;
}

type Rejected = IEvolutionRun['rejected'][number];
type Growing = {
  -readonly [key in keyof Outcome]: Outcome[key] extends readonly (infer T)[]
    ? T[]
    : Outcome[key];
};

async function findAndVerify(options: ILearnOptions, so: Growing): Promise<void> {
  const { files, signal, onProgress, mine } = options;
  const texts = await files.traces(
    (done, total) => onProgress({ phase: 'reading', done, total }),
    signal
  );
  const rejections = await files.rejections();
  onProgress({ phase: 'mining', done: 0, total: 0 });
  const mined = await mine(await taskOf(options, texts, rejections), signal);
  so.traces = mined.traces;
  so.patterns = mined.proposals.length + mined.setAside.length;
  const settled = new Set(
    rejections.map(({ signature, newest }) => `${signature}\n${newest}`)
  );
  const fresh = mined.proposals.filter(
    ({ pattern }) =>
      !settled.has(`${pattern.signature}\n${pattern.traces.at(-1) ?? ''}`)
  );
  const total = fresh.reduce((sum, { held }) => sum + held.length, 0);
  let before = 0;
  for (const proposal of fresh) {
    const name = proposal.compound.skill.name;
    const report = await verify(proposal.compound, proposal.pattern, proposal.held, {
      call: options.replay,
      signal,
      onProgress: done =>
        onProgress({ phase: 'replaying', done: before + done, total, name })
    });
    signal.throwIfAborted();
    before += proposal.held.length;
    await keep(options, proposal, report, so);
  }
}

/** A rejected one is remembered with why, the others wait for review. */
async function keep(
  { files, now }: ILearnOptions,
  { compound, pattern, held, confidence }: IProposal,
  report: IReplayReport,
  so: Growing
): Promise<void> {
  const { id } = compound.skill;
  if (report.verdict === 'rejected') {
    const { reason } = report;
    so.rejected.push({ id, reason });
    await files.addRejection({
      v: 1,
      by: 'replay',
      ...{ signature: pattern.signature, id, reason },
      at: new Date(now()).toISOString(),
      newest: pattern.traces.at(-1) ?? ''
    });
    return;
  }
  const sessions = [...new Set(held.map(({ trace }) => trace.session))].slice(
    -EXAMPLES
  );
  const text = withReview(compound.text, {
    ...{ report, sessions },
    confidence: Number(confidence.toPrecision(3))
  });
  await files.writeCandidate(id, text);
  so.candidates.push(id);
  so.verified += report.verdict === 'accepted' ? 1 : 0;
}

async function taskOf(
  { files, entries, commits, settings, now }: ILearnOptions,
  traces: readonly string[],
  rejections: readonly IRejection[]
): Promise<IMineTask> {
  const candidates = await files.candidates();
  const learned = entries.flatMap(({ text }) => readProvenance(text) ?? []);
  const known = [
    ...rejections.filter(({ by }) => by === 'person'),
    ...candidates.filter(isSettled).map(({ provenance }) => provenance),
    ...learned
  ];
  return {
    ...{ traces, commits, ...settings },
    library: entries.flatMap(({ skill, version }) =>
      skill.kind === 'executable' ? [{ skill, version }] : []
    ),
    taken: [
      ...entries.flatMap(({ skill }) => [skill.id, ...skill.aliases]),
      ...candidates.map(({ id }) => id)
    ],
    // One that the command line wrote is verified now, under the id that it has.
    ids: candidates
      .filter(each => !isSettled(each))
      .map(({ id, provenance }) => [provenance.signature, id]),
    known: [...new Set(known.map(({ signature }) => signature))],
    date: new Date(now()).toISOString()
  };
}

/** Whether a candidate was replayed, or a run has said why it could not be. */
function isSettled({ review, skill }: ICandidateFile): boolean {
  const { replayed, runs } = review.report;
  return replayed > 0 || runs.length > 0 || !skill.pure;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
