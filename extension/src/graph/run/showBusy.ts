import type { ISessionContext } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';

import type { INotebookRun } from './tokens';

const SHOWN = new WeakSet<ISessionContext>();

/**
 * Lets the indicators of a notebook's kernel say "busy" while a worker of the pool runs
 * one of its cells: the kernel itself may be idle then, which nobody would understand.
 */
export function showBusy(sessionContext: ISessionContext, run: INotebookRun): void {
  const status = statusOf(sessionContext);
  if (!status || SHOWN.has(sessionContext)) {
    return;
  }
  SHOWN.add(sessionContext);
  let isBusy = false;
  Object.defineProperty(sessionContext, 'kernelDisplayStatus', {
    configurable: true,
    get: () => {
      const own = status();
      return own === 'idle' && isBusy ? 'busy' : own;
    }
  });
  const onRun = (): void => {
    const before = isBusy;
    isBusy = [...run.states.values()].some(state => state.status === 'running');
    const { statusChanged } = sessionContext;
    // The indicators look anew when they hear of a change. Of a kernel that is not idle
    // they show its own status still: nothing to tell then, nor may others hear of it twice.
    if (isBusy !== before && status() === 'idle' && statusChanged instanceof Signal) {
      statusChanged.emit(isBusy ? 'busy' : 'idle');
    }
  };
  // With an owner, whose end is the connection's.
  run.changed.connect(onRun, sessionContext);
}

/** Reads the status as JupyterLab has it; null where it is kept in another way. */
function statusOf(
  sessionContext: ISessionContext
): (() => ISessionContext.KernelDisplayStatus) | null {
  const prototype: unknown = Object.getPrototypeOf(sessionContext);
  const read = Object.getOwnPropertyDescriptor(prototype, 'kernelDisplayStatus')?.get;
  return read
    ? () => read.call(sessionContext) as ISessionContext.KernelDisplayStatus
    : null;
}
