import {
  formatCommit,
  parseSkill,
  type IAuthor,
  type IProvenance
} from '@llmos-lab/skills';

import { driveFiles } from '../session/store/driveFiles';
import type { IVolume } from '../tokens';
import { EVOLUTION_FOLDER, type EvolutionFiles } from './evolutionFiles';

/** What accepting needs. */
export interface IAcceptParts {
  readonly volume: IVolume;
  readonly files: EvolutionFiles;
  readonly author: IAuthor;
}

/**
 * Makes a candidate a skill of the volume and commits it, with what evolution has written
 * meanwhile.
 *
 * @returns the commit's SHA-1
 * @throws Error for people when the candidate is no skill, or its id is taken
 */
export async function acceptCandidate(
  { volume, files, author }: IAcceptParts,
  id: string
): Promise<string> {
  const candidate = await files.candidate(id);
  const { repository, drive } = volume;
  if (!candidate || !repository) {
    throw new Error(
      `There is no candidate "${id}" that can be read. Edit or reject it.`
    );
  }
  const path = `skills/${candidate.skill.id}.md`;
  const { skill, problems } = parseSkill(candidate.text, path);
  if (!skill) {
    throw new Error(problems[0]?.message ?? `"${id}" is no skill.`);
  }
  const place = driveFiles(drive);
  if ((await place.text(path)) !== null) {
    throw new Error(
      `Your volume has a skill "${skill.id}" already. Rename the candidate first.`
    );
  }
  await place.write(path, candidate.text);
  await files.removeCandidate(id);
  const oid = await repository.commit({
    paths: [path, EVOLUTION_FOLDER],
    message: acceptMessage(skill.id, candidate.provenance),
    author
  });
  if (oid === null) {
    throw new Error(
      `"${skill.id}" is in your volume as it was; nothing was committed.`
    );
  }
  return oid;
}

/** `Evolution: Create skill X from N traces`, with the traces as trailers. */
export function acceptMessage(
  skill: string,
  { runs, traces }: Pick<IProvenance, 'runs' | 'traces'>
): string {
  return formatCommit({
    kind: 'evolution',
    action: 'create',
    ...{ skill, traces: runs },
    trailers: traces.map(value => ({ key: 'Trace', value }))
  });
}
