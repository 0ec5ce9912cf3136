/** A session's conversation: `chat.jsonl`, one line a message, and its export. */
import { isRecord } from '../json';

/** Something that a message made or names. */
export interface IChatArtifact {
  readonly type: string;
  readonly name: string;
  /** Within the session's folder, of what a commit keeps as a file. */
  readonly path?: string;
  /** Id of the notebook's cell that it stands in, or that shows it. */
  readonly cell?: string;
  /** Size of a file beside the notebook, whose name this is: another size, another file. */
  readonly bytes?: number;
}

/** One message of a conversation. */
export interface IChatMessage {
  readonly v: 1;
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** ISO 8601 UTC. */
  readonly timestamp: string;
  readonly skills_used: readonly string[];
  /** Ids of traces. */
  readonly traces: readonly string[];
  readonly artifacts: readonly IChatArtifact[];
}

/** A line that cannot be read; the others still are. */
export interface IChatProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** One line, without its newline. */
export function formatChatMessage(message: IChatMessage): string {
  return JSON.stringify(message);
}

/** Reads `chat.jsonl`; unknown keys are kept, bad lines are reported and left out. */
export function parseChat(text: string): {
  readonly messages: readonly IChatMessage[];
  readonly problems: readonly IChatProblem[];
} {
  const messages: IChatMessage[] = [];
  const problems: IChatProblem[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') {
      return;
    }
    const result = parseMessage(line);
    if (typeof result === 'string') {
      problems.push({ line: index + 1, message: result });
    } else {
      messages.push(result);
    }
  });
  return { messages, problems };
}

function parseMessage(line: string): IChatMessage | string {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch (error) {
    return `not JSON: ${String(error)}`;
  }
  if (!isRecord(data)) {
    return 'a message must be a JSON object';
  }
  const { v, id, role, content, timestamp } = data;
  if (v !== 1) {
    return `"v" must be 1; found ${JSON.stringify(v) ?? 'nothing'}`;
  }
  if (typeof id !== 'string' || typeof content !== 'string') {
    return '"id" and "content" must be texts';
  }
  if (role !== 'user' && role !== 'assistant') {
    return `"role" must be user or assistant; found ${JSON.stringify(role) ?? 'nothing'}`;
  }
  if (typeof timestamp !== 'string') {
    return '"timestamp" must be a time in ISO 8601 UTC';
  }
  return {
    ...data,
    ...{ v, id, role, content, timestamp },
    skills_used: texts(data['skills_used']),
    traces: texts(data['traces']),
    artifacts: artifacts(data['artifacts'])
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}

function artifacts(value: unknown): readonly IChatArtifact[] {
  return Array.isArray(value)
    ? (value as readonly unknown[]).filter(
        (item): item is IChatArtifact & Record<string, unknown> =>
          isRecord(item) &&
          typeof item['type'] === 'string' &&
          typeof item['name'] === 'string' &&
          (item['path'] === undefined || typeof item['path'] === 'string') &&
          (item['cell'] === undefined || typeof item['cell'] === 'string') &&
          (item['bytes'] === undefined || typeof item['bytes'] === 'number')
      )
    : [];
}

/** A conversation for reading: Markdown with one section a message, no final newline. */
export function chatMarkdown(name: string, messages: readonly IChatMessage[]): string {
  const parts = messages.map(
    ({ role, timestamp, content, skills_used, artifacts: made }) =>
      [
        `## ${role === 'user' ? 'You' : 'Assistant'} · ${timestamp}`,
        content.trim(),
        skills_used.length > 0 ? `Skills: ${skills_used.join(', ')}` : '',
        made.map(({ type, name: title }) => `- ${type}: ${title}`).join('\n')
      ]
        .filter(part => part !== '')
        .join('\n\n')
  );
  return [`# ${name}`, ...parts].join('\n\n');
}
