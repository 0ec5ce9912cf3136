/** What `llmos evolve` says of a run, to programs and to people. */
import {
  ENGLISH,
  learnedFromText,
  learnedText,
  shortValue,
  skillPath,
  type IEvolutionRun,
  type ILearnedValue,
  type IPattern,
  type IPort,
  type IPromotable,
  type IProvenance,
  type IRejection,
  type ITokenUsage,
  type LearnedPort
} from '@llmos-lab/skills';
import { count, minute, printJson, printLine } from '../output';

/** A skill that was learned, or a workflow that makes none, and why. */
export interface IFound {
  readonly id: string;
  readonly reason: string;
  readonly commit?: string;
}

/** Why a pattern is not proposed: a person, or a replay, has rejected it. */
export type IRejected = Pick<IRejection, 'by' | 'at' | 'reason' | 'updates'>;

/** The skill of a pattern, whether it waits, is in force or only could be made. */
export interface ILearnedReport extends Pick<
  IProvenance,
  'runs' | 'success' | 'from' | 'values'
> {
  readonly id: string;
  readonly inputs: readonly IPort[];
  readonly objective?: string;
}

/** A pattern, and what has become of it. */
export interface IPatternReport extends IPattern {
  readonly rejected?: IRejected;
  readonly learned?: ILearnedReport;
}

/** What `--json` prints; see `schema/output.json`. */
export interface IReport {
  readonly traces: number;
  readonly patterns: readonly IPatternReport[];
  /** Skills that wait for review, verified or not. */
  readonly candidates: readonly string[];
  /** Those that all replays agree with; with a commit where they were applied. */
  readonly accepted: readonly IFound[];
  readonly rejected: readonly IFound[];
  /** What could not be applied, and why. */
  readonly notes: readonly string[];
  /** Files of a repository that the run has changed and not committed, sorted. */
  readonly left: readonly string[];
  /** What a language model was asked, and what it cost; absent where none was to be. */
  readonly model?: {
    readonly name: string;
    /** Requests that were sent, also those that failed. */
    readonly requests: number;
    /** Tokens, as the server counts them. */
    readonly usage: ITokenUsage;
    /** Why it was not asked. */
    readonly whyNot?: string;
  };
  /** What it has found in the messages of commits. */
  readonly detected?: IEvolutionRun['detected'];
  /** Guides that it has drafted, which wait for review. */
  readonly drafted?: readonly string[];
  /** On the system library: skills of teams that are proposed for everybody. */
  readonly promotions?: readonly IPromotable[];
}

/** What the report alone does not tell. */
export interface IPrintOptions {
  readonly dryRun?: boolean;
  readonly replay: boolean;
  /** Whether the run has committed what was left from earlier ones. */
  readonly earlier: boolean;
  /** Whether it has written files; those of a dry run are in memory. */
  readonly isWritten: boolean;
}

/** Says what a run has found, and what came of it. */
export function printReport(
  report: IReport,
  { dryRun, replay, earlier, isWritten }: IPrintOptions
): void {
  report.patterns.forEach(printPattern);
  printLine(
    `${count(report.patterns.length, 'pattern')} in ${count(report.traces, 'trace')}.`
  );
  const verified = new Map(report.accepted.map(each => [each.id, each]));
  report.rejected.forEach(({ id, reason }) =>
    printLine(`No skill for ${id}: ${reason}`)
  );
  for (const id of report.candidates) {
    const reason = verified.get(id)?.reason ?? 'not verified: see the file.';
    printLine(
      dryRun
        ? `Would write evolution/candidates/${id}.md: ${reason}`
        : `Wrote evolution/candidates/${id}.md: ${reason}`
    );
  }
  for (const { id, reason, commit } of report.accepted) {
    if (commit !== undefined) {
      printLine(`Committed ${skillPath(id)} (${commit.slice(0, 8)}): ${reason}`);
    }
  }
  const { patterns, candidates, accepted, rejected } = report;
  const isNothing = candidates.length + accepted.length + rejected.length === 0;
  // Without replays nothing is proposed, whatever was found.
  if (replay && isNothing && patterns.length > 0) {
    printLine(
      'Nothing new: what recurs is a skill, waits for review or was rejected already.'
    );
  }
  printModel(report, dryRun === true ? 'Would write' : 'Wrote');
  printEarlier(earlier);
  if (replay && dryRun !== true && !isWritten && !earlier) {
    printLine('Nothing was written.');
  }
  printLeft(report.left);
}

function printEarlier(earlier: boolean): void {
  if (earlier) {
    printLine('Committed what earlier runs or edits had left in evolution/.');
  }
}

/** What a person finds changed in the volume afterwards, and why. */
function printLeft(left: readonly string[]): void {
  if (left.length > 0) {
    printLine(
      `Not committed: ${left.join(', ')}. A run with --auto-apply commits such files, ` +
        'or commit them yourself.'
    );
  }
}

function printModel(
  { model, detected = [], drafted = [] }: IReport,
  wrote: string
): void {
  for (const { name, description, commits } of detected) {
    printLine(`The model sees "${name}" in ${count(commits.length, 'commit')}:`);
    // In quotes: on GitHub a line that begins with "::" is a command.
    printLine(`    "${description}"`);
  }
  for (const id of drafted) {
    printLine(
      `${wrote} evolution/candidates/${id}.md: a guide that the model drafted.`
    );
  }
  if (model) {
    const { name, requests, usage, whyNot } = model;
    const read = usage.input + usage.cacheRead + usage.cacheWrite;
    if (whyNot !== undefined) {
      printLine(`${name} was not asked: ${whyNot}.`);
    } else if (requests > 0) {
      printLine(
        `Asked ${name} in ${count(requests, 'request')}: ${count(read, 'token')} read, ` +
          `${usage.output} written.`
      );
    }
  }
}

/** A run of the system library's job. */
export interface IPromoted
  extends Pick<IReport, 'left'>, Pick<IPrintOptions, 'earlier'> {
  readonly run: IEvolutionRun;
}

/** What the job of the system library proposes, as a report that learns nothing itself. */
export function printPromotions(
  { run, earlier, left }: IPromoted,
  { json }: { readonly json?: boolean }
): void {
  const { traces, promotions = [] } = run;
  if (json) {
    const none = {
      patterns: [],
      candidates: [],
      accepted: [],
      rejected: [],
      notes: []
    };
    printJson({ traces, ...none, left, promotions } satisfies IReport);
    return;
  }
  for (const { id, volume, users, runs, success } of promotions) {
    printLine(
      `Proposed for everybody: ${id} of ${volume}, used by ${count(users, 'person')} in ` +
        `${count(runs, 'run')}, ${(100 * success).toFixed(0)} % successful`
    );
  }
  printLine(`${count(promotions.length, 'proposal')} in ${count(traces, 'trace')}.`);
  printEarlier(earlier);
  printLeft(left);
}

function printPattern(pattern: IPatternReport): void {
  printLine(pattern.nodes.join(', '));
  const percent = (100 * pattern.success).toFixed(0);
  printLine(
    `    ${count(pattern.count, 'run')} by ${count(pattern.users, 'person')}, ` +
      `${percent} % successful`
  );
  if (pattern.rejected) {
    const { by, at, reason, updates } = pattern.rejected;
    const what = updates ? 'update rejected' : 'rejected';
    const who = by === 'person' ? 'a person' : 'its replay';
    const why = reason === '' ? '' : `: ${reason}`;
    printLine(`    ${what} by ${who}, ${minute(at)}${why}`);
  }
  for (const [from, output, to, input] of pattern.edges) {
    printLine(`    ${from}.${output} → ${to}.${input}`);
  }
  printInputs(pattern);
}

/** As the card in the site: of a skill what it has learned, else what all runs tell. */
function printInputs({ learned, parameters }: IPatternReport): void {
  const values: readonly InputReport[] =
    learned?.values ??
    Object.entries(parameters).map(([of, parameter]) => ({ of, ...parameter }));
  for (const value of values) {
    const { of, kind } = value;
    printLine(
      kind === 'constant'
        ? `    ${of} = ${shortValue(value.default)} (fixed)`
        : `    ${of}: ${learnedText(value, portOf(value, learned), ENGLISH)}`
    );
  }
  if (learned && values.some(({ kind }) => kind === 'learned')) {
    printLine(`    ${learnedFromText(learned, learned.objective, ENGLISH)}`);
  }
}

type InputReport = Omit<ILearnedValue, 'input'> & Partial<Pick<ILearnedValue, 'input'>>;

function portOf(
  { input, kind, default: usual }: InputReport,
  learned: ILearnedReport | undefined
): LearnedPort | undefined {
  const own = kind === 'learned' ? { default: usual } : undefined;
  return learned?.inputs.find(({ name }) => name === input) ?? own;
}
