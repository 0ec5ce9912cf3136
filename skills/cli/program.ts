import { IncomingError, VolumeError, withoutLogin } from '@llmos-lab/skills';
import { Command, CommanderError } from 'commander';
import { GitError } from 'simple-git';
import { addCommitMessageCommand } from './commands/commitMessage';
import { addEvolveCommand } from './commands/evolve';
import { addGraphCommand } from './commands/graph';
import { addCompletionCommand } from './commands/completion';
import { addRuntimesCommand } from './commands/runtimes';
import { addSessionsCommand } from './commands/sessions';
import { addSkillsCommand } from './commands/skills';
import { addTracesCommand } from './commands/traces';
import { addVolumeCommand } from './commands/volume';
import { addWorkflowCommand } from './commands/workflow';
import { CommandFailure, WRONG_USAGE } from './failure';
import { handleInterrupts, hearSignals } from './interrupt';
import { hasPrintedJson, printJson, warn } from './output';
import { tame } from './tame';
import { VERSION } from './version';

const EXIT_CODES = `
Exit codes: 0 done, 1 problems found or a failure, 2 wrong usage (also a volume or folder that
is not there), 3 refused by the access rule or for want of --trust, 130 interrupted. Nearly
every command prints JSON with --json; of a failure, wrong usage too, it is
{ "error": { "message", "exitCode" } }, with the message on standard error as well.
What takes long shows its progress on a terminal, and says nothing of it in a pipe or a log.

Environment: LLMOS_VOLUMES_PATH (volumes, nearest first), LLMOS_USER, LLMOS_TEAMS,
LLMOS_MIN_PATTERN_COUNT, LLMOS_MIN_SUCCESS_RATE, SOURCE_DATE_EPOCH (a fixed now); for evolve
ANTHROPIC_API_KEY (asks a language model too) and ANTHROPIC_BASE_URL.`;

/** Builds the whole command tree; each verb lives in `commands/`. */
function createProgram(): Command {
  const program = new Command('llmos')
    .description('Skills, notebooks, sessions and volumes from the command line.')
    .version(VERSION)
    .addHelpText('after', EXIT_CODES)
    .configureOutput({ outputError: (text, write) => write(tame(asOurs(text))) })
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  addSkillsCommand(program);
  addSessionsCommand(program);
  addTracesCommand(program);
  addGraphCommand(program);
  addWorkflowCommand(program);
  addCommitMessageCommand(program);
  addEvolveCommand(program);
  addVolumeCommand(program);
  addRuntimesCommand(program);
  addCompletionCommand(program);
  return program;
}

/** Runs a command and gives its exit code, see `EXIT_CODES`. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` that closes the pipe early is no failure.
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
  handleInterrupts();
  try {
    await createProgram().parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    await hearSignals();
    const failure = failureOf(error);
    if (failure === null) {
      throw error;
    }
    const { message, exitCode } = failure;
    if (!(error instanceof CommanderError)) {
      warn(message);
    }
    // Programs that read the answer find out there what became of it.
    if (exitCode !== 0 && argv.includes('--json') && !hasPrintedJson()) {
      printJson({ error: { message, exitCode } });
    }
    return exitCode;
  }
}

/** With what Commander begins what it says of wrong usage. */
const COMMANDERS = /^error: /;

function asOurs(text: string): string {
  return text.replace(COMMANDERS, 'llmos: ');
}

/** Null for a fault of ours, which is told with its stack. */
function failureOf(
  error: unknown
): { readonly message: string; readonly exitCode: number } | null {
  if (error instanceof CommanderError) {
    const message = error.message.replace(COMMANDERS, '');
    return { message, exitCode: error.exitCode === 0 ? 0 : WRONG_USAGE };
  }
  if (error instanceof CommandFailure) {
    return { message: error.message, exitCode: error.exitCode };
  }
  if (error instanceof VolumeError) {
    return {
      message: error.message,
      exitCode: error.code === 'bad-path' ? WRONG_USAGE : 1
    };
  }
  if (error instanceof GitError) {
    return { message: `Git says: ${withoutLogin(error.message.trim())}`, exitCode: 1 };
  }
  const message = messageOf(error);
  return message === null ? null : { message, exitCode: 1 };
}

/** Of what a person can mend; null for a fault of ours, which is told with its stack. */
function messageOf(error: unknown): string | null {
  if (error instanceof IncomingError) {
    return error.message;
  }
  const { syscall, path, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return typeof syscall !== 'string' || message === undefined
    ? null
    : `${path ?? 'The system'}: ${message}.`;
}
