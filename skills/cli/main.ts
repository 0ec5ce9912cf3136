import { VolumeError } from '@llmos-lab/skills';
import { Command, CommanderError } from 'commander';
import { GitError } from 'simple-git';
import { addCommitMessageCommand } from './commands/commitMessage';
import { addEvolveCommand } from './commands/evolve';
import { addGraphCommand } from './commands/graph';
import { addSkillsCommand } from './commands/skills';
import { addWorkflowCommand } from './commands/workflow';
import { addVolumeCommand } from './commands/volume';
import { CommandFailure } from './failure';

/** Builds the whole command tree; each verb lives in `commands/`. */
function createProgram(): Command {
  const program = new Command('llmos')
    .description('Skills, notebooks, sessions and volumes from the command line.')
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  addSkillsCommand(program);
  addGraphCommand(program);
  addWorkflowCommand(program);
  addCommitMessageCommand(program);
  addEvolveCommand(program);
  addVolumeCommand(program);
  return program;
}

/** Exit codes: 0 done, 1 problems found or a failure, 2 wrong usage. */
async function main(): Promise<number> {
  try {
    await createProgram().parseAsync(process.argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    if (error instanceof CommandFailure) {
      return tell(error.message, error.exitCode);
    }
    if (error instanceof VolumeError) {
      return tell(error.message, error.code === 'bad-path' ? 2 : 1);
    }
    if (error instanceof GitError) {
      return tell(`Git says: ${error.message.trim()}`, 1);
    }
    throw error;
  }
}

function tell(message: string, exitCode: number): number {
  process.stderr.write(`llmos: ${message}\n`);
  return exitCode;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` that closes the pipe early is no failure.
  if (error.code !== 'EPIPE') {
    throw error;
  }
});
process.exitCode = await main();
