/** The process that runs skills: Python with `llmos`, and what other runtimes need. */
import { decodeBase64, type IPythonEntry } from '@llmos-lab/skills';
import {
  folderBeside,
  type SkillFiles
} from '../../../kernel/src/runtimes/besideFiles';
import { answerFor, describe } from './answerFor';
import { OtherRuntimes } from './otherRuntimes';
import type { FromChild, ToChild } from './protocol';
import { bootInNode, type IBootModule, type IPyodide } from './pythonInNode';
import { createShell, type IShell } from './shell';
import { tellingStore } from './tellingStore';

type StartMessage = Extract<ToChild, { readonly type: 'start' }>;
type Wait = (answer: SkillFiles | Error) => void;

interface IReady {
  readonly pyodide: IPyodide;
  readonly boot: IBootModule;
  readonly shell: IShell | null;
}

const post = (message: FromChild): void => {
  process.send?.(message);
};

/** Answers the parent until it closes the channel. */
export function serveParent(): void {
  const child = new Child();
  process.on('message', (message: ToChild) => child.take(message));
  process.on('disconnect', () => process.exit(0));
  process.on('uncaughtException', error => {
    post({ type: 'failed', message: String(error) });
  });
}

class Child {
  take(message: ToChild): void {
    switch (message.type) {
      case 'start':
        this._ready = this._start(message);
        void this._guarded(async () => {
          const { pyodide } = await this._started();
          const python = pyodide.runPython('import sys; sys.version.split()[0]');
          post({ type: 'ready', python: String(python), pyodide: pyodide.version });
        });
        break;
      case 'replay':
        void this._guarded(async () => {
          const { boot } = await this._started();
          const outcome = await boot.replay_call(message.entry, message.inputs);
          post({ type: 'outcome', id: message.id, outcome: plain(outcome) });
        });
        break;
      case 'cell':
        void this._guarded(async () => {
          const { shell } = await this._started();
          const outcome = await shell?.run(message.source);
          post({ type: 'outcome', id: message.id, outcome: outcome ?? null });
        });
        break;
      case 'files':
      case 'refusal':
        this._settle(message);
        break;
    }
  }

  private async _start(message: StartMessage): Promise<IReady> {
    const { runtime, index, shell, fileRoom, given } = message;
    const { entries } = JSON.parse(index) as { readonly entries: IPythonEntry[] };
    const others = new OtherRuntimes(runtime, path => this._ask(path));
    const { pyodide, boot } = await bootInNode(runtime, () => undefined);
    boot.offer_index(index);
    boot.connect_host(
      (request: unknown) => ({
        answer: answerCall(others, entries, request),
        cancel: () => undefined // A process that nobody waits for is ended whole.
      }),
      (path: string) => this._read(entries, path),
      shell ? tellingStore(record => post({ type: 'called', record })) : null
    );
    const made = shell ? createShell(pyodide, boot, { post, fileRoom, given }) : null;
    return { pyodide, boot, shell: made };
  }

  /** A file beside a skill, for Python's own reading. */
  private async _read(
    entries: readonly IPythonEntry[],
    path: string
  ): Promise<unknown> {
    const entry = entries.find(each => path.startsWith(`${folderBeside(each.path)}/`));
    const files = entry ? await this._ask(entry.path) : {};
    const name = entry ? path.slice(folderBeside(entry.path).length + 1) : '';
    const bytes = files[name];
    if (!bytes) {
      throw new Error(`There is no file ${path}.`);
    }
    return bytes;
  }

  private _ask(path: string): Promise<SkillFiles> {
    const id = this._next++;
    return new Promise((resolve, reject) => {
      this._waiting.set(id, answer =>
        answer instanceof Error ? reject(answer) : resolve(answer)
      );
      post({ type: 'files', id, path });
    });
  }

  private _settle(
    message: Extract<ToChild, { readonly type: 'files' | 'refusal' }>
  ): void {
    const settle = this._waiting.get(message.id);
    this._waiting.delete(message.id);
    settle?.(
      message.type === 'refusal'
        ? new Error(message.message)
        : Object.fromEntries(
            message.files.map(([path, base64]) => [path, decodeBase64(base64)])
          )
    );
  }

  private _started(): Promise<IReady> {
    return this._ready ?? Promise.reject(new Error('Nothing was started.'));
  }

  /** What fails here is no skill's fault: the parent ends the process. */
  private async _guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      post({ type: 'failed', message: String(reason) });
    }
  }

  private _ready: Promise<IReady> | null = null;
  private readonly _waiting = new Map<number, Wait>();
  private _next = 0;
}

/** A Python object as Pyodide hands it over. */
interface IPyProxy {
  toJs(options: object): unknown;
}

function plain(value: unknown): unknown {
  return typeof (value as Partial<IPyProxy> | null)?.toJs === 'function'
    ? (value as IPyProxy).toJs({
        dict_converter: Object.fromEntries,
        create_pyproxies: false
      })
    : value;
}

/** Answers a call that Python makes. */
function answerCall(
  others: OtherRuntimes,
  entries: readonly IPythonEntry[],
  given: unknown
): Promise<unknown> {
  const request = plain(given) as {
    readonly id: string;
    readonly version: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  };
  const entry = entries.find(
    ({ id, version }) => id === request.id && version === request.version
  );
  return entry
    ? answerFor(others, entry, request.inputs)
    : Promise.resolve(
        describe(new Error(`There is no skill "${request.id}" that can run.`))
      );
}
