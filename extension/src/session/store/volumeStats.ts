import type { IDriveFiles } from './driveFiles';

/** What stands in a volume now. */
export interface IVolumeStats {
  readonly files: number;
  readonly skills: number;
  /** Bytes of all files, without their history. */
  readonly size: number;
}

/** Counts all files of a volume. */
export async function readVolumeStats(
  files: Pick<IDriveFiles, 'entries'>,
  folder = ''
): Promise<IVolumeStats> {
  const entries = await files.entries(folder);
  const parts = await Promise.all(
    entries.map(async ({ path, type, size }): Promise<IVolumeStats> =>
      type === 'directory'
        ? readVolumeStats(files, path)
        : {
            files: 1,
            skills: /^skills\/[^/]+\.md$/.test(path) ? 1 : 0,
            size: size ?? 0
          }
    )
  );
  const sum = (key: keyof IVolumeStats): number =>
    parts.reduce((total, part) => total + part[key], 0);
  return { files: sum('files'), skills: sum('skills'), size: sum('size') };
}
