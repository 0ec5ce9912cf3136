/** Files that runs wrote beside their notebook through the library's export. */
import type { TraceRecord } from './trace';

/** The library's skill that writes files, by which they are known in traces. */
const EXPORT = 'export-results';

/** A file that a run says it has written into the notebook's folder. */
export interface IExportedFile {
  /** Without a folder. */
  readonly name: string;
  /** Bytes that were written: another size means that it is another file by now. */
  readonly bytes: number;
}

/**
 * The files that the runs of a session exported, each as it was written last, sorted by
 * name. Only runs that succeeded count, and only names that stay in the folder.
 *
 * @param traces the oldest first
 */
export function exportedFiles(
  traces: readonly TraceRecord[]
): readonly IExportedFile[] {
  const found = new Map<string, number>();
  for (const trace of traces) {
    for (const node of trace.kind === 'chat' ? [] : trace.nodes) {
      const name = node.outputs['filename']?.value;
      const bytes = node.outputs['bytes']?.value;
      const isExport = node.skill === EXPORT && node.status === 'success';
      if (isExport && isFileName(name) && typeof bytes === 'number') {
        found.set(name, bytes);
      }
    }
  }
  return [...found]
    .map(([name, bytes]) => ({ name, bytes }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A trace is text from outside: its names must not lead out of the folder. */
function isFileName(name: unknown): name is string {
  return typeof name === 'string' && /^[^/\\:\0]+$/.test(name) && !/^\.+$/.test(name);
}
