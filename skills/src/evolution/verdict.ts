/** What the replays of a learned skill say of its text as it is now. */
import { formatSkill } from '../skill/format';
import { parseSkill } from '../skill/parse';
import { digest } from '../workflow/schedule/digest';
import type { ICandidateFile } from './candidateFile';
import { readProvenance } from './provenance';
import type { IReplayReport } from './verify';

/** Stands for all of a skill's file that its replays depend on: words are not in it. */
export function replayDigest(text: string): string {
  const { skill } = parseSkill(text, 'skill.md');
  if (skill?.kind !== 'executable') {
    return '';
  }
  const { type, mode, pure, inputs, outputs, code } = skill;
  const [asked, given] = [inputs, outputs].map(ports =>
    ports.map(port => ({ ...port, description: undefined, unit: undefined }))
  );
  const members = readProvenance(text)?.members ?? [];
  return digest(JSON.stringify([type, mode, pure, asked, given, members, code]));
}

type Reviewed = Pick<ICandidateFile, 'text'> & {
  readonly review: { readonly report: Pick<IReplayReport, 'of' | 'verdict'> };
};

/** The verdict on a candidate; `edited` where its replays ran another text. */
export function verdictOf({
  text,
  review: {
    report: { of, verdict }
  }
}: Reviewed): IReplayReport['verdict'] | 'edited' {
  return of === undefined || of === replayDigest(text) ? verdict : 'edited';
}

/** A candidate's text without a report of replays that ran another one. */
export function withTrueReport(candidate: Reviewed): string {
  return verdictOf(candidate) === 'edited'
    ? formatSkill(candidate.text, {
        keys: { learned_replay: undefined, learned_replays: undefined }
      })
    : candidate.text;
}
