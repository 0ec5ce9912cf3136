/** The job of the system library, on clones: which skills of teams are worth everybody's use. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  isDraft,
  promoteTask,
  promotionKey,
  promotionRun,
  teamVolume,
  type ITeamSkill,
  type ITraceFile
} from '@llmos-lab/skills';
import type { IClone } from '../clone';
import { newUlid, now } from '../clock';
import { readOwner, requireJob, requireNamed } from '../identity';
import { readLibrary } from '../library';
import { isShipped, placeOf, volumesFrom } from '../places';
import { startProgress } from '../progress';
import type { IEvolveOptions } from './evolveVolume';
import { commitEarlier, jobCommits, leftFiles } from './jobCommits';
import type { IPromoted } from './report';
import { VolumeFiles } from './volumeFiles';

/** People who must have used a skill with success, as the site has it. */
const PEOPLE = 3;

/**
 * Proposes what people of the other volumes in `LLMOS_VOLUMES_PATH` have used with success,
 * and keeps the record of the run in the system library. Nothing is run for it.
 */
export async function promoteVolumes(
  clone: IClone,
  options: Pick<
    IEvolveOptions,
    'volume' | 'minSuccess' | 'replay' | 'dryRun' | 'commit' | 'allowSecrets' | 'asJob'
  >
): Promise<IPromoted> {
  const { volume, minSuccess, replay, commit } = options;
  const dryRun = !replay || options.dryRun;
  if (!dryRun) {
    requireJob(clone, options.asJob);
  }
  const files = new VolumeFiles(volume, {
    dryRun,
    ...(commit && { commit: jobCommits(clone, options) })
  });
  const start = now();
  const others = volumesFrom().filter(
    folder => !isShipped(folder) && placeOf(folder) !== placeOf(volume)
  );
  const traces = await tracesOf(others);
  const skills = await teamSkills(clone, volume, others);
  const refused = new Set((await files.rejections()).map(({ signature }) => signature));
  const found = promoteTask({ traces, skills, minPeople: PEOPLE, minSuccess });
  const run = promotionRun({
    id: newUlid((await clone.store.head()) ?? volume),
    started: new Date(start).toISOString(),
    ms: now() - start,
    traces: found.traces,
    promotions: found.promotions.filter(each => !refused.has(promotionKey(each)))
  });
  const earlier = commit && !dryRun && (await commitEarlier(clone, options));
  await files.addRun(run);
  return { run, earlier, left: await leftFiles(clone, files) };
}

async function tracesOf(volumes: readonly string[]): Promise<readonly ITraceFile[]> {
  const progress = startProgress();
  const found: ITraceFile[] = [];
  try {
    for (const volume of volumes) {
      if (existsSync(join(volume, 'sessions'))) {
        const files = new VolumeFiles(volume, { dryRun: true });
        const tell = (done: number, total: number): void =>
          progress.show(`Reading sessions ${done} of ${total}: ${volume}`);
        found.push(...(await files.traces(tell)));
      }
    }
  } finally {
    progress.end();
  }
  return found;
}

/** Skills in force that are a team's, no drafts, and not everybody's already. */
async function teamSkills(
  { profile }: IClone,
  volume: string,
  others: readonly string[]
): Promise<readonly ITeamSkill[]> {
  const shipped = await readLibrary([volume]);
  const known = new Set(shipped.entries.map(({ version }) => version));
  const found: ITeamSkill[] = [];
  const { entries } = await readLibrary(others);
  for (const { skill, version, text, volume: folder } of entries) {
    const owner = await readOwner(folder, profile);
    requireNamed(owner, folder);
    if (owner.kind === 'team' && !known.has(version) && !isDraft(text)) {
      found.push({ id: skill.id, version, volume: teamVolume(owner.id) });
    }
  }
  return found;
}
