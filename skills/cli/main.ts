import { CALLS_ARGUMENT } from './executor/callsArgument';
import { EXECUTOR_ARGUMENT } from './executor/executorArgument';

/** One file is all: the command, and the processes in which the command runs skills. */
if (process.argv[2] === EXECUTOR_ARGUMENT && process.send) {
  const { serveParent } = await import('./executor/child');
  serveParent();
} else if (process.argv[2] === CALLS_ARGUMENT) {
  const { serveCalls } = await import('./executor/serveCalls');
  await serveCalls(process.argv[3] ?? '');
} else {
  const { runCommandLine } = await import('./program');
  process.exitCode = await runCommandLine(process.argv);
}
