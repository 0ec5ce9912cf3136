/** What committing a session writes: the notebook's copy and the message. */
import { isRecord } from '../json';
import type { JsonValue } from '../skill/skill';
import type { IChatMessage } from './chat';
import {
  RENAMED_FROM,
  type IArtifactLine,
  type ISessionCommit,
  type ITrailer
} from './commitMessage';
import type { ISession } from './session';
import { isRun, tracePurpose, type ITrace, type TraceRecord } from './trace';

/** What a commit of a session tells of. */
export interface ISessionContent {
  readonly session: ISession;
  readonly messages: readonly IChatMessage[];
  readonly traces: readonly TraceRecord[];
  readonly artifacts: readonly IArtifactLine[];
  /** Ids of traces that an earlier commit has told of. */
  readonly told?: ReadonlySet<string>;
  /** Where the notebook stood at the commit before. */
  readonly before?: string | null;
  /** By default what the conversation, else the newest run says that it is for. */
  readonly prompt?: string;
}

/**
 * The message of a session's commit. Counts are those of the whole session; `Run:` lines
 * are the runs since the commit before, `Skill:` lines the skills that they used, once
 * each and sorted, `Answer:` lines the answers of the assistant since then, which are no
 * runs; `Renamed-From:` is where the notebook stood at the commit before.
 */
export function sessionCommit(content: ISessionContent): ISessionCommit {
  const { session, messages, traces, artifacts, told, before } = content;
  const fresh = traces.filter(({ id }) => !told?.has(id));
  const runs = fresh.filter(isRun);
  const answers = fresh.filter(trace => !isRun(trace));
  const skills = new Set(runs.flatMap(usedSkills));
  const trailers: readonly ITrailer[] = [
    { key: 'Session', value: session.id },
    ...(before && before !== session.path
      ? [{ key: RENAMED_FROM, value: before }]
      : []),
    ...[...skills].sort().map(value => ({ key: 'Skill', value })),
    ...runs.map(({ id, status }) => ({ key: 'Run', value: `${id} ${status}` })),
    ...answers.map(({ id, status }) => ({ key: 'Answer', value: `${id} ${status}` }))
  ];
  return {
    kind: 'session',
    name: session.name,
    prompt: content.prompt ?? sessionPrompt(messages, traces),
    stats: {
      messages: messages.length,
      artifacts: artifacts.length,
      traces: traces.filter(isRun).length
    },
    artifacts,
    trailers
  };
}

/** What a session is for: the first message of its person, else its newest run's goal. */
export function sessionPrompt(
  messages: readonly IChatMessage[],
  traces: readonly TraceRecord[]
): string {
  const asked = messages.find(({ role }) => role === 'user')?.content;
  const goals = traces.map(tracePurpose);
  return asked ?? goals.filter(goal => goal !== '').at(-1) ?? '';
}

/** `id version` of each skill that a run used; the version where it is known. */
function usedSkills({ nodes }: ITrace): readonly string[] {
  return nodes.flatMap(({ skill, version }) =>
    skill === null ? [] : [version === undefined ? skill : `${skill} ${version}`]
  );
}

/** Whether a commit keeps what the cells showed. */
export type OutputPolicy = 'keep' | 'clear';

/**
 * A notebook file as a commit keeps it: never trusted, and without outputs and execution
 * counts where they are cleared. Text with one space of indent and a final newline.
 */
export function commitNotebook(notebook: unknown, outputs: OutputPolicy): string {
  const { cells, ...rest } = isRecord(notebook) ? notebook : {};
  const kept = Array.isArray(cells)
    ? (cells as readonly unknown[]).map(cell =>
        isRecord(cell) ? commitCell(cell, outputs) : cell
      )
    : [];
  return `${JSON.stringify({ cells: kept, ...rest }, null, 1)}\n`;
}

function commitCell(
  cell: { readonly [key: string]: unknown },
  outputs: OutputPolicy
): { readonly [key: string]: unknown } {
  const metadata = isRecord(cell['metadata']) ? { ...cell['metadata'] } : {};
  delete metadata['trusted'];
  const cleared =
    outputs === 'clear' && cell['cell_type'] === 'code'
      ? { outputs: [] as readonly JsonValue[], execution_count: null }
      : {};
  return { ...cell, metadata, ...cleared };
}
