import type {
  FromPython,
  ISkillRequest,
  IStageRequest,
  ToPython
} from '@llmos-lab/kernel';
import type { IAskedRun } from '../runtimes/pythonHost';
import type { FromWorker, IMarks } from './protocol';

/** A Python object as Pyodide hands it over: convertible, and to be freed. */
interface IPyProxy {
  toJs(options: object): unknown;
}

function isPyProxy(value: unknown): value is IPyProxy {
  return typeof (value as Partial<IPyProxy> | null)?.toJs === 'function';
}

/** Plain data of a Python value: dicts become objects, buffers typed arrays. */
function toPlain(value: unknown): unknown {
  return isPyProxy(value)
    ? value.toJs({ dict_converter: Object.fromEntries, create_pyproxies: false })
    : value;
}

/** Messages that go together at most, so that long loops are seen to go on. */
const BATCH = 32;

/** Where a key's mark stands in it; see `KeyMarks` of the host. */
const KEY_START = 'sha256:'.length;
const MARK_DIGITS = 16;

/** The store's methods as Python calls them; see `llmos._bridge.set_store`. */
export interface IPythonStore {
  readonly tells: boolean;
  /** Whether asking for a key can be worth the while. */
  may_have(key: string): boolean;
  lookup(key: string): Promise<unknown>;
  stage(
    request: Omit<IStageRequest, 'buffers'> & {
      readonly buffers?: readonly Uint8Array<ArrayBuffer>[];
    }
  ): Promise<unknown>;
  put(key: string, text: string, views: readonly Uint8Array<ArrayBuffer>[]): void;
  called(record: string): void;
  /** What is being loaded for a call, or nothing. */
  loading(text?: string): void;
}

/** The bytes of a view that Pyodide has made, which has a buffer of its own or shares one. */
export function ownBuffer(view: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return view.byteLength === view.buffer.byteLength ? view.buffer : view.slice().buffer;
}

interface IPending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** The worker's open questions to the page: runs of other runtimes, and file reads. */
export class HostCalls {
  constructor(
    private readonly _post: (message: FromWorker, transfer: ArrayBuffer[]) => void
  ) {}

  /** Asks the page to run a skill that is not Python; takes an {@link ISkillRequest}. */
  run(request: unknown): IAskedRun {
    const plain = toPlain(request) as ISkillRequest;
    const id = this._next;
    const answer = this._ask(() => ({ type: 'call', id, request: plain }));
    return { answer, cancel: () => this._post({ type: 'cancel', id }, []) };
  }

  /** Asks the page for the text of a file, by Contents path. */
  read(path: string): Promise<unknown> {
    return this._ask(id => ({ type: 'read', id, path }));
  }

  /**
   * What `llmos` knows as its store.
   *
   * @param parent `msg_id` of the request under way; null where calls are not told
   */
  store(parent: (() => string) | null): IPythonStore {
    return {
      tells: parent !== null,
      lookup: key => this._ask(id => ({ type: 'lookup', id, key })),
      stage: ({ buffers: views, ...request }) => {
        const buffers = views?.map(ownBuffer);
        return this._ask(id => ({
          type: 'stage',
          id,
          request: { ...request, ...(buffers && { buffers }) }
        }));
      },
      may_have: key => this._marks.has(key.slice(KEY_START, KEY_START + MARK_DIGITS)),
      put: (key, text, views) => {
        const buffers = views.map(ownBuffer);
        this._marks.add(key.slice(KEY_START, KEY_START + MARK_DIGITS));
        this._later({ type: 'put', key, result: { text, buffers } }, buffers);
      },
      called: record => {
        this._later({ type: 'called', parent: parent?.() ?? '', record }, []);
      },
      loading: text => {
        // A kernel says in its cell's outputs what it loads.
        if (!parent) {
          this._post({ type: 'loading', text: text ?? null }, []);
        }
      }
    };
  }

  /** Takes marks of the keys that the page may know. */
  mark({ added, anew }: IMarks): void {
    if (anew) {
      this._marks.clear();
    }
    added.forEach(mark => this._marks.add(mark));
  }

  /** Sends what has gathered: a message costs more than most calls of small skills. */
  flush(): void {
    if (this._outbox.length > 0) {
      const messages = this._outbox;
      const transfer = this._transfer;
      this._outbox = [];
      this._transfer = [];
      this._post({ type: 'batch', messages }, transfer);
    }
  }

  private _later(message: FromPython, transfer: readonly ArrayBuffer[]): void {
    if (this._outbox.length === 0) {
      // Runs when Python next waits or ends.
      queueMicrotask(() => this.flush());
    }
    this._outbox.push(message);
    this._transfer.push(...transfer);
    if (this._outbox.length >= BATCH) {
      this.flush();
    }
  }

  settle(message: ToPython): void {
    const pending = this._pending.get(message.id);
    this._pending.delete(message.id);
    if (message.type === 'reply') {
      pending?.resolve(message.value);
    } else {
      pending?.reject(new Error(message.message));
    }
  }

  private _ask(build: (id: number) => FromPython): Promise<unknown> {
    const id = this._next++;
    this.flush();
    return new Promise((resolve, reject) => {
      this._pending.set(id, { resolve, reject });
      this._post(build(id), []);
    });
  }

  private readonly _pending = new Map<number, IPending>();
  private _next = 0;
  private readonly _marks = new Set<string>();
  private _outbox: FromPython[] = [];
  private _transfer: ArrayBuffer[] = [];
}
