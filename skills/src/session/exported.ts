/** Files that runs wrote beside their notebook through the library's export. */
import type { IChatMessage } from './chat';
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
 * The files that a session's runs exported, each as it was written last, and those that
 * turns of the assistant wrote, sorted by name: one name may stand twice, with two sizes.
 * Only runs that succeeded count, and only names that stay in the folder.
 *
 * @param traces the oldest first
 */
export function exportedFiles(
  traces: readonly TraceRecord[],
  messages: readonly IChatMessage[] = []
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
  const said = messages
    .flatMap(({ artifacts }) => artifacts)
    .flatMap(({ name, bytes }) =>
      bytes !== undefined && isFileName(name) ? [{ name, bytes }] : []
    );
  const all = [...[...found].map(([name, bytes]) => ({ name, bytes })), ...said];
  const once = new Map(all.map(file => [`${file.bytes} ${file.name}`, file]));
  return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A trace is text from outside: its names must not lead out of the folder. */
function isFileName(name: unknown): name is string {
  return typeof name === 'string' && /^[^/\\:\0]+$/.test(name) && !/^\.+$/.test(name);
}
