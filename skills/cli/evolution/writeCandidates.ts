import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  notReplayed,
  parseRejections,
  propose,
  readProvenance,
  withReview,
  type ICallable,
  type IMineOptions,
  type ITrace
} from '@llmos-lab/skills';
import { defaultVolumes, readSkills } from '../skillFiles';

/** What was written for review, and which patterns make no skill. */
export interface IWritten {
  readonly candidates: readonly string[];
  readonly setAside: readonly { readonly id: string; readonly reason: string }[];
}

/** Sessions that a candidate names. */
const EXAMPLES = 3;

/**
 * Writes `evolution/candidates/` of a volume: what was rejected, is learned or waits there
 * already is left out. Nothing is run here, and each candidate says so.
 */
export async function writeCandidates(
  volume: string,
  traces: readonly ITrace[],
  mining: IMineOptions
): Promise<IWritten> {
  const folder = join(volume, 'evolution', 'candidates');
  const rejected = await textOr(join(volume, 'evolution', 'rejected.jsonl'));
  const { skills, signatures } = await readCallables(volume);
  const waiting = await readWaiting(folder);
  const known = new Set([
    ...parseRejections(rejected)
      .filter(({ by }) => by === 'person')
      .map(({ signature }) => signature),
    ...[...signatures, ...waiting.values()]
  ]);
  const { proposals, setAside } = propose(traces, {
    ...mining,
    known,
    context: {
      date: new Date().toISOString(),
      find: id => skills.get(id),
      taken: id => skills.has(id) || waiting.has(id)
    }
  });
  for (const { compound, held, confidence } of proposals) {
    const text = withReview(compound.text, {
      report: notReplayed('The command line runs no skills.'),
      sessions: [...new Set(held.map(({ trace }) => trace.session))].slice(-EXAMPLES),
      confidence: Number(confidence.toPrecision(3))
    });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${compound.skill.id}.md`), text);
  }
  return {
    candidates: proposals.map(({ compound }) => compound.skill.id),
    setAside: setAside.map(({ pattern, why }) => ({
      id: pattern.nodes.join(', '),
      reason: why
    }))
  };
}

/** Skills that compute, the volume's own before those of the other volumes. */
async function readCallables(volume: string): Promise<{
  readonly skills: ReadonlyMap<string, ICallable>;
  /** Of the workflows that are skills already. */
  readonly signatures: readonly string[];
}> {
  const skills = new Map<string, ICallable>();
  const signatures: string[] = [];
  for (const place of [volume, ...defaultVolumes()]) {
    for (const { skill, path } of (await readSkills(place)).skills) {
      const bytes = await readFile(path);
      const version = createHash('sha256').update(bytes).digest('hex');
      signatures.push(readProvenance(bytes.toString('utf8'))?.signature ?? '');
      if (skill.kind === 'executable' && !skills.has(skill.id)) {
        skills.set(skill.id, { skill, version: `sha256:${version}` });
      }
    }
  }
  return { skills, signatures: signatures.filter(each => each !== '') };
}

/** Signatures by the ids of the candidates that wait. */
async function readWaiting(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  });
  const found = await Promise.all(
    names
      .filter(name => name.endsWith('.md'))
      .map(async name => {
        const text = await textOr(join(folder, name));
        return [name.slice(0, -3), readProvenance(text)?.signature ?? ''] as const;
      })
  );
  return new Map(found);
}

/** The text of a file, empty where there is none. */
async function textOr(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return '';
    }
    throw error;
  });
}
