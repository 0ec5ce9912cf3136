import {
  ANTHROPIC,
  readProvenance,
  rejectionFor,
  verdictOf,
  type IExecutableSkill,
  type IProvenance,
  type IRejection
} from '@llmos-lab/skills';
import { Option, type Command } from 'commander';
import { bareMessage, cloneIn, isRepository, volumeAdvice } from '../clone';
import type { Asking, IAskOptions } from '../evolution/askModel';
import { evolveVolume, type IEvolved } from '../evolution/evolveVolume';
import { leftFiles } from '../evolution/jobCommits';
import { promoteVolumes } from '../evolution/promoteVolumes';
import {
  printPromotions,
  printReport,
  type IFound,
  type ILearnedReport,
  type IRejected,
  type IReport
} from '../evolution/report';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { takeKey } from '../model/environment';
import { readCount, readNumber, VOLUME_HELP } from '../options';
import { printJson, printLine, warn } from '../output';
import { SITE, volumeOr } from '../places';
import { requireVolumeFolder } from '../requireFolder';

interface IOptions {
  readonly volume?: string;
  readonly replay: boolean;
  readonly autoApply?: boolean;
  readonly dryRun?: boolean;
  readonly trust?: boolean;
  readonly allowSecrets?: boolean;
  readonly asJob?: boolean;
  readonly json?: boolean;
  readonly runtime: string;
  readonly replaySeconds: string;
  readonly minCount: string;
  readonly minSuccess: string;
  readonly days: string;
  readonly halfLife: string;
  /** False with --no-model. */
  readonly model: string | false;
  readonly modelDays: string;
}

/** A century. */
const MOST_DAYS = 36_500;

/** `llmos evolve`: the workflows that recur in a volume's traces become skills. */
export function addEvolveCommand(program: Command): void {
  const environment = process.env;
  program
    .command('evolve')
    .description("Learn skills from the workflows that recur in a volume's traces.")
    .option('--volume <dir>', VOLUME_HELP)
    .option('--dry-run', 'mine and verify, write nothing')
    .addOption(
      new Option('--no-replay', 'mine only: run nothing, write nothing').conflicts(
        'autoApply'
      )
    )
    .option(
      '--auto-apply',
      'commit what is learned, and the skills whose replays agree'
    )
    .option('--allow-secrets', 'commit also what looks like a secret')
    .option('--trust', 'run skills of others too')
    .option('--as-job', 'as the job of a team or of the system library')
    .option('--runtime <dir>', 'folder of a built site, whose Python is used', SITE)
    .option('--replay-seconds <n>', 'most that one replay may take', '60')
    .option(
      '--min-count <n>',
      'least number of runs',
      environment['LLMOS_MIN_PATTERN_COUNT'] ?? '3'
    )
    .option(
      '--min-success <share>',
      'least share of successful runs, 0 to 1',
      environment['LLMOS_MIN_SUCCESS_RATE'] ?? '0.7'
    )
    .option('--days <n>', 'only runs of the last days; 0: all', '0')
    .option(
      '--half-life <days>',
      'a run this old counts half for defaults; 0: age does not matter',
      '0'
    )
    .option('--model <name>', 'which model is asked', ANTHROPIC.model)
    .option('--no-model', 'ask no model, also where there is a key')
    .option('--model-days <n>', 'what was committed in the last days is read', '7')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(evolve);
}

const EXAMPLES = `
Example:
  $ llmos evolve --volume ~/llmunix-user-ana
  $ llmos evolve --volume . --auto-apply --trust --json > report.json

On a clone of the system library it proposes skills of the teams in LLMOS_VOLUMES_PATH that
three people have used with success; the record of that run is evolution/runs.jsonl. As in
the site nothing is promoted by itself, also not with --auto-apply: a person brings a skill to
a clone of their own fork with "llmos skills promote", and proposes it from there.

With a key in ANTHROPIC_API_KEY, also with --dry-run, a language model is asked at the end, as
the site does with "Ask the model too": it gets the messages of the latest session commits of
your own volume (names, prompts, counts, artifacts; what looks like a secret is masked) and the
names of steps of skills that wait; no code and no outputs. It drafts guides, which wait for
review even with --auto-apply, and suggests names for skills that wait; one that is applied in
the same run keeps its own. What that cost is in the report; what goes wrong there stops
nothing. ANTHROPIC_BASE_URL is another address of the same API. Without a key, with --no-model
or --no-replay, and for a team or the system, no model is asked.

Without --auto-apply nothing is committed: what was learned waits for review in
evolution/candidates/, and the report names the files that are left so. A run that finds nothing
writes nothing. With --auto-apply each step is a commit, as in the site, and new skills go into
skills/ when all replays agree, also what waits from an earlier run, which is replayed again.
Updates of skills that are in use wait for review all the same.`;

async function evolve(options: IOptions): Promise<void> {
  const model = modelOf(options);
  const volume = volumeOr(options.volume);
  requireVolumeFolder(volume);
  const autoApply = options.autoApply === true;
  if (autoApply && !options.dryRun && !(await isRepository(volume))) {
    throw new CommandFailure(
      `${volume} is not a Git repository, so --auto-apply cannot commit. ` +
        volumeAdvice(volume),
      WRONG_USAGE
    );
  }
  const task = {
    volume,
    minCount: readCount('--min-count', options.minCount),
    minSuccess: readNumber('--min-success', options.minSuccess, 0, 1),
    days: readNumber('--days', options.days, 0, MOST_DAYS),
    halfLife: readNumber('--half-life', options.halfLife, 0, MOST_DAYS),
    seconds: readNumber('--replay-seconds', options.replaySeconds, 1, 3600),
    replay: options.replay,
    dryRun: options.dryRun === true,
    trust: options.trust === true,
    commit: autoApply,
    allowSecrets: options.allowSecrets === true,
    asJob: options.asJob === true,
    runtime: options.runtime,
    model
  };
  const clone = await cloneIn(volume);
  if (clone?.isBare) {
    throw new CommandFailure(bareMessage(volume, 'Learn'), WRONG_USAGE);
  }
  if (clone?.owner.kind === 'system') {
    printPromotions(await promoteVolumes(clone, task), options);
    return;
  }
  const evolved = await evolveVolume(task);
  const report = await reportOf(evolved);
  if (options.json) {
    printJson(report);
  } else {
    const { earlier, files } = evolved;
    const isWritten = files.written.size + files.left.size > 0;
    printReport(report, { ...options, earlier, isWritten });
    const isMeant = options.replay && options.model !== false;
    if (isMeant && !model && clone?.owner.kind !== 'team') {
      printLine('No language model was asked: there is no key in ANTHROPIC_API_KEY.');
    }
  }
  report.notes.forEach(warn);
  // What a model does wrong is told, and no failure of the run.
  const faults = report.notes.length - (evolved.asking?.notes.length ?? 0);
  process.exitCode = faults > 0 ? 1 : 0;
}

/** Who is asked, if anybody; the key leaves the environment in any case. */
function modelOf({ model, modelDays }: IOptions): IAskOptions | null {
  const days = readNumber('--model-days', modelDays, 1, MOST_DAYS);
  const access = takeKey();
  return access && model !== false ? { ...access, model, days } : null;
}

async function reportOf(evolved: IEvolved): Promise<IReport> {
  const { run, mined, files, clone, asking } = evolved;
  const verified: IFound[] = [...(run.applied ?? [])];
  for (const id of run.candidates) {
    const candidate = await files.candidate(id);
    if (candidate && verdictOf(candidate) === 'accepted') {
      verified.push({ id, reason: candidate.review.report.reason });
    }
  }
  const rejections = await files.rejections();
  const learned = await bySignature(evolved);
  const setAside = mined.setAside.map(({ pattern, why }) => ({
    id: pattern.nodes.join(', '),
    reason: why
  }));
  return {
    traces: mined.traces,
    patterns: mined.patterns.map(({ traces, ...pattern }) => {
      const rejected = rejectionFor({ ...pattern, traces }, rejections);
      const found = learned.get(pattern.signature);
      return {
        ...{ ...pattern, traces },
        ...(rejected && { rejected: rejectedReport(rejected) }),
        ...(found && { learned: learnedReport(found) })
      };
    }),
    candidates: run.candidates,
    accepted: verified,
    rejected: [...run.rejected, ...setAside],
    notes: run.notes ?? [],
    left: clone ? await leftFiles(clone, files) : [],
    ...(asking && { model: modelReport(asking) }),
    ...(run.detected && { detected: run.detected }),
    ...(run.drafted && { drafted: run.drafted })
  };
}

interface ILearned {
  readonly skill: IExecutableSkill;
  readonly provenance: IProvenance;
}

/** Skills in force, those that could be made now, those that wait. */
async function bySignature({
  library,
  mined,
  files
}: IEvolved): Promise<ReadonlyMap<string, ILearned>> {
  const inForce = library.entries.flatMap(({ skill, text }): readonly ILearned[] => {
    const provenance = readProvenance(text);
    return provenance && skill.kind === 'executable' ? [{ skill, provenance }] : [];
  });
  const made = mined.proposals.map(({ compound }) => compound);
  const all = [...inForce, ...made, ...(await files.candidates())];
  return new Map(all.map(each => [each.provenance.signature, each]));
}

function learnedReport({ skill, provenance }: ILearned): ILearnedReport {
  const { id, inputs, objective } = skill;
  const { runs, success, from, values } = provenance;
  return {
    ...{ id, inputs, runs, success, values },
    ...(from && { from }),
    ...(objective !== undefined && { objective })
  };
}

function rejectedReport({ by, at, reason, updates }: IRejection): IRejected {
  return { by, at, reason, ...(updates && { updates }) };
}

function modelReport({ model, whyNot }: Asking): NonNullable<IReport['model']> {
  const { name, requests, usage } = model;
  return { name, requests, usage, ...(whyNot !== undefined && { whyNot }) };
}
