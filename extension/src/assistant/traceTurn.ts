import { formatTrace, type IChatTrace } from '@llmos-lab/skills';

import { newUlid } from '../session/store/ulid';
import type { ISessionPlace, ISessions } from '../tokens';
import type { IFinishedTurn } from './panel/modelOptions';

/** Adds a turn of the assistant to the traces of a session (R5.7). */
export async function traceTurn(
  sessions: Pick<ISessions, 'append'>,
  user: string,
  place: ISessionPlace,
  { prompt, skills, result, startedAt, ms }: IFinishedTurn
): Promise<void> {
  const trace: IChatTrace = {
    ...{ v: 1, kind: 'chat', id: newUlid(startedAt), session: place.id, user },
    ...{ started: new Date(startedAt).toISOString(), ms },
    status:
      result.status === 'done'
        ? 'success'
        : result.status === 'stopped'
          ? 'cancelled'
          : 'failed',
    ...{ prompt, skills_used: skills },
    tools: result.parts.flatMap(part =>
      part.kind === 'tool' ? [{ tool: part.tool, status: part.status }] : []
    )
  };
  await sessions.append(place, 'traces.jsonl', `${formatTrace(trace)}\n`);
}
