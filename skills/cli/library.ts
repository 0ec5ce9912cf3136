/** The skills of several volumes laid over each other, with what running them needs. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  layerSkills,
  pythonIndex,
  type ICallableEntry,
  type ILayeredLibrary,
  type ILibraryFile,
  type IProblem,
  type IVolumeSkills
} from '@llmos-lab/skills';
import { isShipped } from './places';
import { sha256 } from './sha256';
import { readSkills } from './skillFiles';

/** Where a person finds the ids of skills: those of a volume, else of all. */
export function listAdvice(volume?: string): string {
  return `See: llmos skills list${volume === undefined ? '' : ` ${volume}`}`;
}

/** A skill's file. */
export interface ILibraryEntry extends ILibraryFile {
  readonly path: string;
  readonly volume: string;
  readonly shadows: readonly string[];
}

/** The skills that are found, and what is wrong with others. */
export interface IFoundSkills extends ILayeredLibrary {
  readonly problems: readonly IProblem[];
}

/** A volume with skills that compute. */
export interface IRunningVolume {
  readonly folder: string;
  /** Of all skill files that are read there. */
  readonly paths: readonly string[];
}

/** All that running them needs. */
export interface ILibrary {
  /** In force, by id. */
  readonly entries: readonly ILibraryEntry[];
  /** By id, else by alias. */
  get(id: string): ILibraryEntry | undefined;
  /** As Python reads it: shadowed skills answer pinned calls. */
  readonly index: string;
  /** Paths of all skills that compute. */
  readonly paths: readonly string[];
  /** Volumes that have such skills, but for the system library. */
  readonly running: readonly IRunningVolume[];
}

/** Reads volumes, nearest first. */
export async function findSkills(volumes: readonly string[]): Promise<IFoundSkills> {
  const layers: IVolumeSkills[] = [];
  const problems: IProblem[] = [];
  for (const volume of volumes) {
    const checked = await readSkills(volume);
    layers.push({ volume, skills: checked.skills });
    problems.push(...checked.problems);
  }
  return { ...layerSkills(layers), problems };
}

/** Reads volumes, nearest first, with the text and version of each skill. */
export async function readLibrary(volumes: readonly string[]): Promise<ILibrary> {
  const layers = await Promise.all(
    volumes.map(async volume => {
      const { skills } = await readSkills(volume);
      const files = await Promise.all(
        skills.map(async ({ skill, path, text }) => {
          const version = sha256(await readFile(path));
          return { skill, path, text, version, volume };
        })
      );
      return { volume, skills: files };
    })
  );
  const layered = layerSkills(layers);
  const byPath = new Map<string, ILibraryEntry>();
  const entries = layered.skills.map(({ file, shadows }) => {
    const entry = { ...file, shadows: shadows.map(({ path }) => path) };
    byPath.set(file.path, entry);
    return entry;
  });
  const all = layers.flatMap(({ skills }) => skills);
  const near = all.flatMap(file => byPath.get(file.path) ?? []);
  const shadowed = all
    .filter(file => !byPath.has(file.path))
    .map(file => ({ ...file, shadows: [] }));
  const running = [...near, ...shadowed].filter(
    ({ skill }) => skill.kind === 'executable'
  );
  return {
    entries,
    get: id => byPath.get(layered.get(id)?.file.path ?? ''),
    index: pythonIndex(running.flatMap(asCallable), volumes),
    paths: running.map(({ path }) => path),
    running: layers
      .filter(
        each =>
          !isShipped(each.volume) &&
          running.some(({ volume }) => volume === each.volume)
      )
      .map(({ volume, skills }) => ({
        folder: volume,
        paths: skills.map(({ path }) => path)
      }))
  };
}

function asCallable(entry: ILibraryEntry): readonly ICallableEntry[] {
  const { skill, version, path, shadows } = entry;
  return skill.kind === 'executable'
    ? [{ skill, version, path, shadows, volume: basename(entry.volume) }]
    : [];
}
