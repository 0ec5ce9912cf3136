import { warn } from '../output';

/** Says on standard error that what runs can reach the network. */
export function tellNetwork(): void {
  warn(
    'this system cannot cut off the network of a process, so the skills that are run can ' +
      'reach it.'
  );
}
