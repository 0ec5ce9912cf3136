/** What the mining worker is told of a volume. */
import { isApplicable } from './applyVerified';
import type { ICandidateFile } from './candidateFile';
import type { ILearnOptions, ILibraryFile } from './learnOptions';
import type { IMineTask } from './mineTask';
import { readProvenance } from './provenance';
import { isForGood, type IRejection } from './records';
import type { ILearnedSkill } from './renew';
import type { ITraceFile } from './traceFile';
import { verdictOf } from './verdict';

/** The task of one run: skills, ids, and what does not come again. */
export async function taskOf(
  {
    files,
    entries,
    renewal,
    commits,
    settings,
    accept,
    now
  }: Pick<
    ILearnOptions,
    'files' | 'entries' | 'renewal' | 'commits' | 'settings' | 'accept' | 'now'
  >,
  traces: readonly ITraceFile[],
  rejections: readonly IRejection[]
): Promise<IMineTask> {
  const waiting = await files.candidates();
  const learned = learnedSkills(renewal?.own ?? [], rejections);
  const versions = new Map(entries.map(({ skill, version }) => [skill.id, version]));
  // What waits and could be applied is verified anew, so that it is applied by this run.
  const settled = waiting.filter(
    each => isSettled(each, versions) && !(accept && isApplicable(each))
  );
  const all = entries.flatMap(({ text }) => readProvenance(text) ?? []);
  const known = [
    ...rejections.filter(isForGood),
    ...settled.map(({ provenance }) => provenance),
    ...all.filter(({ signature }) => !learned.has(signature))
  ];
  return {
    ...{ traces, commits, ...settings },
    library: entries.flatMap(({ skill, version }) =>
      skill.kind === 'executable' ? [{ skill, version }] : []
    ),
    taken: [
      ...entries.flatMap(({ skill }) => [skill.id, ...skill.aliases]),
      ...waiting.map(({ id }) => id)
    ],
    // One that the command line wrote is verified now, under the id that it has.
    ids: waiting
      .filter(each => !settled.includes(each))
      .map(({ id, provenance }) => [provenance.signature, id]),
    learned: [...learned],
    known: [...new Set(known.map(({ signature }) => signature))],
    date: new Date(now()).toISOString()
  };
}

/** The volume's own learned skills by signature, of several the newest. */
function learnedSkills(
  own: readonly ILibraryFile[],
  rejections: readonly IRejection[]
): ReadonlyMap<string, ILearnedSkill> {
  const found = new Map<string, ILearnedSkill>();
  for (const { skill, text } of own) {
    const provenance = readProvenance(text);
    const before = provenance && found.get(provenance.signature)?.provenance;
    if (provenance && (!before || before.date < provenance.date)) {
      const refused = rejections
        .filter(each => each.updates && each.signature === provenance.signature)
        .map(({ newest }) => newest)
        .sort()
        .at(-1);
      found.set(provenance.signature, {
        ...{ id: skill.id, provenance },
        ...(refused !== undefined && { refusedAt: refused })
      });
    }
  }
  return found;
}

/**
 * Whether a candidate was replayed as it is, or a run has said why it could not be; an
 * update not when its skill was edited since.
 */
function isSettled(
  candidate: ICandidateFile,
  versions: ReadonlyMap<string, string>
): boolean {
  const { review, skill } = candidate;
  const { replayed, runs } = review.report;
  const isStale =
    review.updates !== undefined && versions.get(skill.id) !== review.updates;
  const isEdited = verdictOf(candidate) === 'edited';
  return !isStale && !isEdited && (replayed > 0 || runs.length > 0 || !skill.pure);
}
