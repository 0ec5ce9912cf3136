import type { ISkillEntry, ISkillIndex } from '@llmos-lab/kernel';
import { parseSkill, readProvenance, skillPath, type IMember } from '@llmos-lab/skills';

import { versionOf } from '../promote/plan';
import type { IVolume } from '../tokens';

/**
 * Keeps learned skills going when their members change: the versions to which they are
 * pinned are looked up in the history of the volumes, by their hash. What is in none of
 * them (the system library has no history here) is renewed by the next run of the job.
 */
export class Pins {
  constructor(
    private readonly _index: Pick<ISkillIndex, 'entries' | 'shadowed' | 'earlier'>,
    private readonly _volumes: () => readonly IVolume[]
  ) {}

  /** Looks for versions that are pinned and not there, once each. */
  async refresh(): Promise<void> {
    const { entries, shadowed } = this._index;
    const all = [...entries, ...shadowed];
    const there = new Set(all.map(({ version }) => version));
    const wanted = all
      .flatMap(({ text }) => readProvenance(text)?.members ?? [])
      .filter(({ version }) => !there.has(version) && !this._looked.has(version));
    const found: ISkillEntry[] = [];
    try {
      for (const member of wanted) {
        if (!this._looked.has(member.version)) {
          const entry = await this._lookFor(member);
          found.push(...(entry ? [entry] : []));
        }
      }
    } finally {
      if (found.length > 0) {
        this._index.earlier = [...this._index.earlier, ...found];
      }
    }
  }

  /** Finds it once; what could not be read is looked for again. */
  private async _lookFor(member: IMember): Promise<ISkillEntry | null> {
    this._looked.add(member.version);
    try {
      return await this._find(member);
    } catch (error) {
      this._looked.delete(member.version);
      throw error;
    }
  }

  private async _find({ skill: id, version }: IMember): Promise<ISkillEntry | null> {
    for (const { name, repository } of this._volumes()) {
      const path = skillPath(id);
      const range = { path, merged: true };
      for (const { oid } of (await repository?.store.log(range)) ?? []) {
        const bytes = await repository?.store.read(path, oid);
        if (bytes && (await versionOf(bytes)) === version) {
          const text = new TextDecoder().decode(bytes);
          const { skill } = parseSkill(text, path);
          const place = { volume: name, path: `${name}:${path}`, shadows: [] };
          return skill ? { skill, text, version, ...place } : null;
        }
      }
    }
    return null;
  }

  /** Versions that were looked for, found or not. */
  private readonly _looked = new Set<string>();
}
