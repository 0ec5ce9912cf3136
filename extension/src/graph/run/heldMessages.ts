import type { KernelMessage } from '@jupyterlab/services';

import type { CellFuture } from './executions';

/**
 * Keeps the messages of a request back until somebody takes them; the function returned
 * hands them on, in order, to those who have put their handlers on the future since.
 *
 * @param onStdin Called when the kernel asks the person for input, which cannot wait:
 *   it must see that somebody takes the messages.
 */
export function holdMessages(future: CellFuture, onStdin: () => void): () => void {
  const published: KernelMessage.IIOPubMessage[] = [];
  let reply: KernelMessage.IExecuteReplyMsg | null = null;
  const hold = {
    onIOPub: (message: KernelMessage.IIOPubMessage) => {
      published.push(message);
    },
    onReply: (message: KernelMessage.IExecuteReplyMsg) => {
      reply = message;
    },
    onStdin: (message: KernelMessage.IStdinMessage): void | PromiseLike<void> => {
      onStdin();
      // By now another handler stands in this one's place.
      return future.onStdin === hold.onStdin ? undefined : future.onStdin(message);
    }
  };
  Object.assign(future, hold);
  return () => {
    for (const message of published.splice(0)) {
      void future.onIOPub(message);
    }
    if (reply) {
      void future.onReply(reply);
    }
  };
}
