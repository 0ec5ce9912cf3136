import type { Contents } from '@jupyterlab/services';
import { readApplied, type ICandidateFile } from '@llmos-lab/skills';

import type { IDriveFiles } from '../session/store/driveFiles';

/** Whether a skill's file is one that was applied automatically, when it was read. */
interface ISkillRead {
  readonly stamp: string;
  readonly applied: ICandidateFile | null;
}

/**
 * The skills of a volume that were applied automatically and that nobody has reviewed. They
 * stand among all others, of which only those are read that have changed.
 */
export class AppliedSkills {
  constructor(private readonly _files: Pick<IDriveFiles, 'entries' | 'text'>) {}

  /** By id; what cannot be read is none of evolution's. */
  async read(): Promise<readonly ICandidateFile[]> {
    const entries = (await this._files.entries('skills')).filter(
      ({ type, name }) => type !== 'directory' && name.endsWith('.md')
    );
    const read = await Promise.all(
      entries.map(async entry => [entry.name, await this._readOne(entry)] as const)
    );
    this._known = new Map(read.flatMap(([name, each]) => (each ? [[name, each]] : [])));
    return [...this._known.values()].flatMap(({ applied }) => applied ?? []);
  }

  private async _readOne(entry: Contents.IModel): Promise<ISkillRead | null> {
    const { name, path, last_modified: time, size } = entry;
    const stamp = `${time} ${size}`;
    const known = this._known.get(name);
    if (known?.stamp === stamp) {
      return known;
    }
    const text = await this._files.text(path).catch(() => null);
    return text === null
      ? null
      : { stamp, applied: readApplied(name.slice(0, -'.md'.length), text) };
  }

  private _known: ReadonlyMap<string, ISkillRead> = new Map();
}
