import { acceptCommit, candidatePath, skillPath } from '@llmos-lab/skills';
import { CommandFailure } from '../failure';
import { sha256 } from '../sha256';
import type { VolumeFiles } from './volumeFiles';

/**
 * Makes a candidate a skill of the volume, in one commit of both files; as a draft, since
 * no person has looked at it.
 *
 * @returns the commit's SHA-1
 * @throws CommandFailure when the skill is there already, or the commit looks like it has
 *   a secret; then the candidate waits as before
 */
export async function acceptCandidate(files: VolumeFiles, id: string): Promise<string> {
  const candidate = await files.candidate(id);
  if (!candidate) {
    throw new CommandFailure(`${candidatePath(id)} is no candidate that can be read.`);
  }
  const before = await files.text(skillPath(candidate.skill.id));
  const standing = before === null ? null : { version: sha256(before) };
  const planned = acceptCommit(candidate, standing, { isDraft: true });
  if ('problem' in planned) {
    throw new CommandFailure(planned.problem);
  }
  return (await files.apply(planned.message, planned.changes)) ?? '';
}
