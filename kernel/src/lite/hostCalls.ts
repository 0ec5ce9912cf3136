import type { FromWorker, ISkillRequest, ToWorker } from './protocol';

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

interface IPending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

type Settlement = Exclude<ToWorker, { readonly type: 'interrupts' }>;

/** The worker's open questions to the page: runs of other runtimes, and file reads. */
export class HostCalls {
  constructor(private readonly _post: (message: FromWorker) => void) {}

  /** Asks the page to run a skill that is not Python; takes an {@link ISkillRequest}. */
  run(request: unknown): Promise<unknown> {
    const plain = toPlain(request) as ISkillRequest;
    return this._ask(id => ({ type: 'call', id, request: plain }));
  }

  /** Asks the page for the text of a file, by Contents path. */
  read(path: string): Promise<unknown> {
    return this._ask(id => ({ type: 'read', id, path }));
  }

  settle(message: Settlement): void {
    const pending = this._pending.get(message.id);
    this._pending.delete(message.id);
    if (message.type === 'reply') {
      pending?.resolve(message.value);
    } else {
      pending?.reject(new Error(message.message));
    }
  }

  private _ask(build: (id: number) => FromWorker): Promise<unknown> {
    const id = this._next++;
    return new Promise((resolve, reject) => {
      this._pending.set(id, { resolve, reject });
      this._post(build(id));
    });
  }

  private readonly _pending = new Map<number, IPending>();
  private _next = 0;
}
