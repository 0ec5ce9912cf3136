/** What is used of `ws`, which comes without types. Node's own WebSocket begins with 22. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events';

  export default class WebSocket extends EventEmitter {
    constructor(address: string, options?: { readonly maxPayload?: number });
    send(text: string): void;
    close(): void;
  }
}
