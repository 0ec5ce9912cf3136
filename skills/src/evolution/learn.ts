/** One run of a job, from traces to candidates: the same in a browser and on a server. */
import { reasonOf } from '../reasonOf';
import { applyVerified } from './applyVerified';
import { readLearned } from './candidateFile';
import type { ILearnFiles, ILearnOptions, IStopSignal } from './learnOptions';
import { planOf, stepsOf, type IPlan } from './learnPlan';
import { taskOf } from './learnTask';
import type { IProposal } from './propose';
import type { IMined } from './mineTask';
import {
  isForGood,
  rejectionFor,
  type IEvolutionRun,
  type IRejection
} from './records';
import { stopIf } from './stopIf';
import { verify, type IReplayReport } from './verify';

type Outcome = Pick<
  IEvolutionRun,
  | 'traces'
  | 'patterns'
  | 'turnedDown'
  | 'known'
  | 'failing'
  | 'candidates'
  | 'verified'
  | 'rejected'
>;

const NOTHING: Outcome = {
  traces: 0,
  patterns: 0,
  candidates: [],
  verified: 0,
  rejected: []
};

/** Workflows with too few successes which a run tells of. */
const MOST_FAILING = 5;

/** Sessions that a card shows. */
const EXAMPLES = 3;

/**
 * Runs a job and writes its record. What it has found stays when it is stopped, and is
 * not done again by the next run: that is how a run goes on after its tab was closed.
 */
export async function learn<S extends IStopSignal>(
  options: ILearnOptions<S>
): Promise<IEvolutionRun> {
  const { id, job, now, signal, files } = options;
  const start = now();
  const so = { ...NOTHING, candidates: [] as string[], rejected: [] as Rejected[] };
  let status: IEvolutionRun['status'] = 'done';
  let error: string | undefined;
  let prepared: Partial<IEvolutionRun> = {};
  try {
    prepared = (await options.prepare?.()) ?? {};
    await findAndVerify(options, so);
    prepared = await finished(options, prepared);
  } catch (reason) {
    status = signal.aborted ? 'stopped' : 'failed';
    error = status === 'failed' ? reasonOf(reason) : undefined;
  }
  const applied = await withApplied(options, so.candidates, prepared.notes);
  if (signal.aborted && status === 'done') {
    status = 'stopped';
  }
  const run: IEvolutionRun = {
    v: 1,
    ...{ id, job, started: new Date(start).toISOString() },
    ...{ ms: Math.round(now() - start), status },
    ...(error !== undefined && { error }),
    ...{ ...so, ...prepared, ...applied }
  };
  await files.addRun(run);
  return run;
}

/** With what comes last; its fault takes nothing of what was found, and is told. */
async function finished<S extends IStopSignal>(
  { finish, signal }: Pick<ILearnOptions<S>, 'finish' | 'signal'>,
  prepared: Partial<IEvolutionRun>
): Promise<Partial<IEvolutionRun>> {
  let last: Partial<IEvolutionRun>;
  try {
    last = (await finish?.()) ?? {};
  } catch (reason) {
    if (signal.aborted) {
      throw reason;
    }
    last = { notes: [`The last step of the run failed: ${reasonOf(reason)}`] };
  }
  const notes = [...(prepared.notes ?? []), ...(last.notes ?? [])];
  return { ...prepared, ...last, ...(notes.length > 0 && { notes }) };
}

/** What is applied waits no longer; what could not be is told, and waits. Never throws. */
async function withApplied<S extends IStopSignal>(
  { files, accept, signal }: Pick<ILearnOptions<S>, 'files' | 'accept' | 'signal'>,
  candidates: readonly string[],
  notes: readonly string[] = []
): Promise<Partial<IEvolutionRun>> {
  if (!accept || candidates.length === 0) {
    return {};
  }
  try {
    const { applied, waiting, faults } = await applyVerified(
      files,
      candidates,
      accept,
      signal
    );
    return {
      candidates: waiting,
      ...(applied.length > 0 && { applied }),
      ...(faults.length > 0 && { notes: [...notes, ...faults] })
    };
  } catch (reason) {
    return { notes: [...notes, `Nothing was applied: ${reasonOf(reason)}`] };
  }
}

type Rejected = IEvolutionRun['rejected'][number];
type Growing = {
  -readonly [key in keyof Outcome]: Outcome[key] extends readonly (infer T)[]
    ? T[]
    : Outcome[key];
};

async function findAndVerify<S extends IStopSignal>(
  options: ILearnOptions<S>,
  so: Growing
): Promise<void> {
  const { files, signal, onProgress, mine } = options;
  const texts = await files.traces(
    (done, total) => onProgress({ phase: 'reading', done, total }),
    signal
  );
  const rejections = await files.rejections();
  onProgress({ phase: 'mining', done: 0, total: 0 });
  const mined = await mine(await taskOf(options, texts, rejections), signal);
  const fresh = mined.proposals.filter(
    ({ pattern }) => !rejectionFor(pattern, rejections)
  );
  Object.assign(so, countsOf(mined, fresh, rejections));
  if (options.proposes === false) {
    return;
  }
  const total = fresh.reduce((sum, { held }) => sum + held.length, 0);
  let before = 0;
  for (const proposal of fresh) {
    const plan = await planOf(options, proposal);
    const texts = await candidateTexts(files, plan.id, proposal.pattern.signature);
    const name = plan.compound.skill.name;
    const report = await verify(plan.compound, proposal.pattern, proposal.held, {
      call: options.replay,
      signal,
      onProgress: done =>
        onProgress({ phase: 'replaying', done: before + done, total, name })
    });
    stopIf(signal);
    before += proposal.held.length;
    const id = await touched(files, texts);
    if (id !== null) {
      // The next run plans with it.
      so.rejected.push({ id, reason: TOUCHED });
    } else {
      await keep(options, proposal, plan, report, so);
    }
  }
}

/** How many patterns there are, and how many of them were decided on before. */
function countsOf(
  { traces, patterns, proposals, setAside, failing }: IMined,
  fresh: readonly IProposal[],
  rejections: readonly IRejection[]
): Pick<Outcome, 'traces' | 'patterns' | 'turnedDown' | 'known' | 'failing'> {
  const refused = new Set(
    rejections.filter(isForGood).map(({ signature }) => signature)
  );
  const byPerson = patterns.filter(({ signature }) => refused.has(signature)).length;
  const known = patterns.length - byPerson - proposals.length - setAside.length;
  const turnedDown = byPerson + proposals.length - fresh.length;
  return {
    ...{ traces, patterns: patterns.length },
    ...(turnedDown > 0 && { turnedDown }),
    ...(known > 0 && { known }),
    ...(failing.length > 0 && { failing: failing.slice(0, MOST_FAILING) })
  };
}

/**
 * A rejected one is remembered with why, the others wait for review; so does one that a
 * person has edited, whatever its replays say.
 */
async function keep(
  { files, now }: Pick<ILearnOptions, 'files' | 'now'>,
  { pattern, held, confidence }: IProposal,
  plan: IPlan,
  report: IReplayReport,
  so: Growing
): Promise<void> {
  const { id } = plan;
  const { signature } = pattern;
  if (report.verdict === 'rejected' && !plan.edits) {
    await removeOthers(files, signature, null);
    const { reason } = report;
    so.rejected.push({ id, reason });
    await files.addRejection({
      v: 1,
      by: 'replay',
      ...{ signature, id, reason },
      at: new Date(now()).toISOString(),
      newest: pattern.traces.at(-1) ?? ''
    });
    return;
  }
  const sessions = [...new Set(held.map(({ trace }) => trace.session))].slice(
    -EXAMPLES
  );
  const steps = stepsOf(plan, {
    ...{ report, sessions },
    confidence: Number(confidence.toPrecision(3))
  });
  if (plan.edits) {
    // They are written before they are taken from where they were.
    await files.writeCandidate(id, steps);
    await removeOthers(files, signature, id);
  } else {
    // First, so that no run that ends here leaves an old update which nothing renews.
    await removeOthers(files, signature, id);
    await files.writeCandidate(id, steps);
  }
  so.candidates.push(id);
  so.verified += report.verdict === 'accepted' ? 1 : 0;
}

/** Takes what waited of the same workflow away, but for what is written anew. */
async function removeOthers(
  files: ILearnFiles,
  signature: string,
  kept: string | null
): Promise<void> {
  for (const { id, provenance } of await files.candidates()) {
    if (provenance.signature === signature && id !== kept) {
      await files.removeCandidate(id);
    }
  }
}

const TOUCHED =
  'Its file was edited while the run went on, or cannot be read as a skill. It was left as ' +
  'it is: mend it where it is broken, and run again.';

/** The files that keeping a proposal may write anew or remove, as they are now. */
async function candidateTexts(
  files: ILearnFiles,
  id: string,
  signature: string
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map([[id, await files.candidateText(id)]]);
  for (const { id: other, text, provenance } of await files.candidates()) {
    if (provenance.signature === signature) {
      texts.set(other, text);
    }
  }
  return texts;
}

/** The first of these files that is another now, or that a person has broken; null: none. */
async function touched(
  files: ILearnFiles,
  texts: ReadonlyMap<string, string | null>
): Promise<string | null> {
  for (const [id, text] of texts) {
    const isBroken = text !== null && readLearned(id, text) === null;
    if (isBroken || (await files.candidateText(id)) !== text) {
      return id;
    }
  }
  return null;
}
