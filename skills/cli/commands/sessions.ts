import {
  filterSessions,
  isRun,
  readDetails,
  readSessions,
  SESSION_STATUSES,
  type SessionStatus
} from '@llmos-lab/skills';
import { Option, type Command } from 'commander';
import { withFolders } from '../checkedOut';
import { bareMessage, changedPaths, isRepository, openClone } from '../clone';
import { commitSession, type ISessionCommitOptions } from '../commitSession';
import { CommandFailure } from '../failure';
import { byWhom } from '../identity';
import { VOLUME_HELP } from '../options';
import { count, minute, printJson, printLine, printTable } from '../output';
import { volumeOr } from '../places';
import { folderTree, sessionOf } from '../sessionTree';

interface IListOptions {
  readonly volume?: string;
  readonly query?: string;
  readonly status?: SessionStatus;
  readonly json?: boolean;
}

/** `llmos sessions list|show|commit`. */
export function addSessionsCommand(program: Command): void {
  const sessions = program
    .command('sessions')
    .description('Sessions: notebooks with their conversations, runs and artifacts.');
  sessions
    .command('list')
    .description('List the sessions of a volume, the latest changed first.')
    .option('--volume <dir>', VOLUME_HELP)
    .option('--query <words>', 'only those with all words in name, id, path or user')
    .addOption(
      new Option('--status <status>', 'only those that stand so').choices(
        SESSION_STATUSES
      )
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos sessions list --volume . --status active'
    )
    .action(list);
  sessions
    .command('show')
    .description('Show a session: messages, runs, artifacts.')
    .argument('<id>', 'id of the session, or how it begins')
    .option('--volume <dir>', VOLUME_HELP)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos sessions show s-01J5 --volume . --json'
    )
    .action(show);
  sessions
    .command('commit')
    .description('Commit a session as the site does: notebook, conversation, runs.')
    .argument('<id>', 'id of the session, or how it begins')
    .option('--volume <dir>', VOLUME_HELP)
    .option(
      '--notebook <file>',
      'the working notebook (default: the copy in the volume)'
    )
    .option('--name <name>', 'a new name of the session')
    .option('--prompt <text>', 'what it was for (default: its first message)')
    .option('--clear-outputs', 'commit the notebook without outputs')
    .option('--allow-secrets', 'commit also what looks like a secret')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos sessions commit s-01J5 --volume . --notebook ~/h2-vqe.ipynb'
    )
    .action(commit);
}

async function list(options: IListOptions): Promise<void> {
  const volume = volumeOr(options.volume);
  const { sessions, problems, changed } = await withFolders(
    [volume],
    async ([folder = volume], named) => {
      const found = await readSessions(await folderTree(folder));
      return {
        sessions: found.sessions,
        problems: found.problems.map(({ id, message }) => ({
          id,
          message: named(message)
        })),
        changed: await changedSessions(folder)
      };
    }
  );
  const shown = filterSessions(
    sessions.map(session => ({
      ...{ session, volume, commit: null },
      isCommitted: changed !== null && !changed.has(session.id)
    })),
    {
      ...(options.query !== undefined && { query: options.query }),
      ...(options.status !== undefined && { status: options.status })
    }
  );
  if (options.json) {
    printJson({
      sessions: shown.map(({ session, isCommitted }) => ({
        ...session,
        committed: isCommitted
      })),
      problems
    });
  } else {
    printTable(
      shown.map(({ session, isCommitted }) => [
        session.id,
        session.status,
        minute(session.updated_at),
        isCommitted ? 'committed' : 'changed',
        session.name
      ])
    );
    problems.forEach(({ id, message }) => printLine(`${id}: ${message}`));
    printLine(`${count(shown.length, 'session')}.`);
  }
  process.exitCode = problems.length > 0 ? 1 : 0;
}

/** Ids of sessions with files that the newest commit does not have so; null: no commits. */
async function changedSessions(volume: string): Promise<ReadonlySet<string> | null> {
  if (!(await isRepository(volume))) {
    return null;
  }
  const changed = await changedPaths(await openClone(volume), ['sessions']);
  return new Set(changed.map(path => path.split('/')[1] ?? ''));
}

async function show(
  id: string,
  options: { readonly volume?: string; readonly json?: boolean }
): Promise<void> {
  const volume = volumeOr(options.volume);
  const { session, details } = await withFolders(
    [volume],
    async ([folder = volume]) => {
      const found = await sessionOf(folder, id);
      const tree = await folderTree(folder);
      return { session: found, details: await readDetails(tree, found.id) };
    }
  );
  const { messages, traces, artifacts, problems } = details;
  if (options.json) {
    printJson({ session, messages, traces, artifacts, problems });
    return;
  }
  const runs = traces.filter(isRun).length;
  printLine(`${session.name} (${session.id})`);
  printLine(`${session.status}, ${byWhom(session.user)}changed ${session.updated_at}`);
  printLine(
    `${count(messages.length, 'message')}, ${count(runs, 'trace')}, ` +
      `${count(traces.length - runs, 'answer')} of the assistant, ` +
      count(artifacts.length, 'artifact')
  );
  printTable(
    traces.slice(0, LISTED).map(({ id: trace, status, started, ms }) => {
      return [`  ${trace}`, status, minute(started), `${ms} ms`];
    })
  );
  if (traces.length > LISTED) {
    printLine(
      `  ${LISTED} of ${traces.length}. All: ` +
        `llmos traces list --session ${session.id} --volume ${volume}`
    );
  }
  artifacts.forEach(({ type, name }) => printLine(`  ${type}: ${name}`));
  problems.forEach(problem => printLine(`  ${problem}`));
}

/** Most runs that are listed of a session. */
const LISTED = 10;

interface ICommitOptions extends ISessionCommitOptions {
  readonly volume?: string;
  readonly json?: boolean;
}

async function commit(given: string, options: ICommitOptions): Promise<void> {
  const clone = await openClone(volumeOr(options.volume));
  if (clone.isBare) {
    throw new CommandFailure(bareMessage(clone.folder, 'Commit'));
  }
  const session = await sessionOf(clone.folder, given);
  const { id } = session;
  const oid = await commitSession(clone, session, options);
  if (options.json) {
    printJson({ session: id, commit: oid });
  } else {
    printLine(
      oid === null
        ? `Nothing of ${id} has changed since its newest commit.`
        : `Committed ${id} as ${oid.slice(0, 8)}.`
    );
  }
}
