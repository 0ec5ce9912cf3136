import {
  formatCommit,
  isRecord,
  parseCommit,
  type CommitMessage,
  type ITrailer
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { printJson, printLine } from '../output';
import { readStandardInput } from '../standardInput';

/** `llmos commit-message parse|format`: JSON and text on standard input and output. */
export function addCommitMessageCommand(program: Command): void {
  const command = program
    .command('commit-message')
    .description('Turn commit messages into JSON and back.');
  command
    .command('parse')
    .description('Read a commit message on standard input, print it as JSON.')
    .option('--json', 'print JSON, as it always does')
    .addHelpText(
      'after',
      '\nExample:\n  $ git log -1 --format=%B | llmos commit-message parse'
    )
    .action(async () => printJson(parseCommit(await readStandardInput())));
  command
    .command('format')
    .description('Read JSON as "parse" prints it on standard input, print the message.')
    .addHelpText('after', '\nExample:\n  $ llmos commit-message format < message.json')
    .action(async () => {
      printLine(formatCommit(readMessage(await readStandardInput())));
    });
}

function readMessage(text: string): CommitMessage {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new CommandFailure(
      `Standard input is not JSON: ${String(error)}`,
      WRONG_USAGE
    );
  }
  if (!isRecord(data)) {
    throw new CommandFailure('Standard input must hold a JSON object.', WRONG_USAGE);
  }
  const kind = data['kind'] ?? 'session';
  switch (kind) {
    case 'session':
      return readSession(data);
    case 'evolution':
      return {
        kind: 'evolution',
        action: data['action'] === 'update' ? 'update' : 'create',
        skill: readText(data, 'skill'),
        traces: readCount(data, 'traces'),
        trailers: readTrailers(data)
      };
    case 'other':
      return {
        kind: 'other',
        subject: readText(data, 'subject'),
        body: data['body'] === undefined ? '' : readText(data, 'body'),
        trailers: readTrailers(data)
      };
    default:
      throw wrong('kind', 'session, evolution or other', kind);
  }
}

type Data = Readonly<Record<string, unknown>>;

function readSession(data: Data): CommitMessage {
  const stats = isRecord(data['stats']) ? data['stats'] : {};
  const artifacts = data['artifacts'] ?? [];
  if (!Array.isArray(artifacts)) {
    throw wrong('artifacts', 'a list of { "type", "name" }', artifacts);
  }
  const name = readText(data, 'name');
  if (name.trim() === '') {
    throw wrong('name', 'the name of a session', name);
  }
  return {
    kind: 'session',
    name,
    prompt: data['prompt'] === undefined ? '' : readText(data, 'prompt'),
    stats: {
      messages: readCount(stats, 'messages'),
      artifacts: readCount(stats, 'artifacts'),
      traces: readCount(stats, 'traces')
    },
    artifacts: artifacts.map((item: unknown) => {
      if (!isRecord(item)) {
        throw wrong('artifacts', 'a list of { "type", "name" }', item);
      }
      return { type: readText(item, 'type'), name: readText(item, 'name') };
    }),
    trailers: readTrailers(data)
  };
}

function readTrailers(data: Data): readonly ITrailer[] {
  const trailers = data['trailers'] ?? [];
  if (!Array.isArray(trailers)) {
    throw wrong('trailers', 'a list of { "key", "value" }', trailers);
  }
  return trailers.map((item: unknown) => {
    if (!isRecord(item)) {
      throw wrong('trailers', 'a list of { "key", "value" }', item);
    }
    return { key: readText(item, 'key'), value: readText(item, 'value') };
  });
}

function readText(data: Data, key: string): string {
  const value = data[key];
  if (typeof value !== 'string') {
    throw wrong(key, 'a text', value);
  }
  return value;
}

function readCount(data: Data, key: string): number {
  const value = data[key] ?? 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw wrong(key, 'a whole number from 0', value);
  }
  return value;
}

function wrong(key: string, expected: string, found: unknown): CommandFailure {
  const shown = JSON.stringify(found) ?? 'nothing';
  return new CommandFailure(
    `"${key}" must be ${expected}; found ${shown}.`,
    WRONG_USAGE
  );
}
