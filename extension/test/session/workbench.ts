import '../page';

import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { ContentsManager, type ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { isRecord, type IAuthor } from '@llmos-lab/skills';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import type { ISessionContext } from '../../src/session/context';
import { Sessions } from '../../src/session/store/sessions';
import type { IProfile } from '../../src/tokens';
import { enableCopyAcross } from '../../src/volumes/copyAcross';
import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { MemoryFileStore } from '../../src/volumes/memoryStore';
import { VolumeMounts } from '../../src/volumes/mounts';
import { VolumeDrive } from '../../src/volumes/volumeDrive';
import { until } from '../until';
import { accessTo } from '../volumes/bytes';

/** A notebook with one cell, of a session where one is named. */
export function notebookOf(source: string, session?: string): object {
  const llmos = session === undefined ? {} : { llmos: { v: 1, session } };
  return {
    cells: [
      {
        ...{ cell_type: 'code', id: 'a', metadata: {}, source },
        ...{ outputs: [], execution_count: null }
      }
    ],
    metadata: llmos,
    ...{ nbformat: 4, nbformat_minor: 5 }
  };
}

/** A notebook that is open, as far as sessions and their commands look at it. */
export class OpenNotebook {
  constructor(
    private readonly _contents: ContentsManager,
    public path: string,
    public content: Record<string, unknown>
  ) {
    _contents.fileChanged.connect((_, { type, oldValue, newValue }) => {
      if (type === 'rename' && oldValue?.path === this.path && newValue?.path) {
        this.path = newValue.path;
      }
    });
  }

  /** What a person types and does not save. */
  type(source: string): void {
    this.content = { ...this.content, cells: cellsOf(notebookOf(source)) };
    this._dirty = true;
    this._sourceChanged.emit({ sourceChange: [] });
  }

  get panel(): NotebookPanel {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const context = this;
    const disposed = new Signal<object, void>(this);
    return {
      context,
      disposed,
      title: { label: this.path }
    } as unknown as NotebookPanel;
  }

  // What follows is the context of the document.

  readonly ready = Promise.resolve();
  readonly contentsModel = { writable: true };
  isDisposed = false;

  get model(): object {
    const metadata = isRecord(this.content.metadata) ? this.content.metadata : {};
    return {
      dirty: this._dirty,
      toJSON: () => this.content,
      cells: Object.assign(
        cellsOf(this.content).map(({ id, cell_type: type, source }) => ({
          ...{ id, type },
          sharedModel: { getSource: () => source, changed: this._sourceChanged }
        })),
        { changed: this._cellsChanged }
      ),
      getMetadata: (key: string) => metadata[key],
      setMetadata: (key: string, value: unknown) => {
        this.content = { ...this.content, metadata: { ...metadata, [key]: value } };
        this._dirty = true;
      }
    };
  }

  async save(): Promise<void> {
    const { path, content } = this;
    await this._contents.save(path, { type: 'notebook', format: 'json', content });
    this._dirty = false;
  }

  async revert(): Promise<void> {
    const model = await this._contents.get(this.path, { content: true });
    this.content = model.content as Record<string, unknown>;
    this._dirty = false;
  }

  private _dirty = false;
  private readonly _sourceChanged = new Signal<this, object>(this);
  private readonly _cellsChanged = new Signal<this, void>(this);
}

interface ICell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: string;
}

const cellsOf = (notebook: object): readonly ICell[] =>
  (notebook as { cells: readonly ICell[] }).cells;

let count = 0;

/** Volumes, files, sessions and open notebooks of Ana, who is in the team Optics. */
export class Workbench {
  /** At an address with volumes of its own, or at one that has some already. */
  constructor(baseUrl = `http://localhost/site-${count++}/`) {
    const serverSettings = { baseUrl } as ServerConnection.ISettings;
    const store = new MemoryFileStore();
    const files = new VolumeDrive({
      ...{ name: 'files', access: accessTo('user'), serverSettings },
      open: () => Promise.resolve(store),
      refusal: (path, reason) => `${path}: ${reason}`,
      trans: UNTRANSLATED
    });
    this.contents = new ContentsManager({ defaultDrive: files, serverSettings });
    enableCopyAcross(this.contents, UNTRANSLATED);
    const author = (): IAuthor => ({ name: 'Ana', email: '', time: this.time });
    const profile = {
      ...{ name: 'Ana', id: 'ana', email: '', teams: ['optics'], author },
      actor: { kind: 'user', id: 'ana', teams: ['optics'] },
      changed: new Signal<object, void>({})
    } as unknown as IProfile;
    this.volumes = new VolumeMounts({
      ...{ contents: this.contents, serverSettings, profile },
      refusal: (path, reason) => `${path}: ${reason}`,
      trans: UNTRANSLATED,
      onRefused: () => undefined
    });
    const trans = nullTranslator.load('llmos');
    this.sessions = new Sessions(
      this.volumes,
      this.contents,
      trans,
      () => profile.id,
      (path, error) => this.faults.push([path, error])
    );
    const documents = {
      registry: { preferredWidgetFactories: () => [{ name: 'Notebook' }] },
      findWidget: (path: string) => this.opened.find(each => each.path === path)?.panel,
      openOrReveal: (path: string) => {
        this.shown.push(path);
        return new Widget();
      }
    };
    const notebooks = {
      currentChanged: new Signal<object, void>({}),
      widgetAdded: new Signal<object, NotebookPanel>({}),
      forEach: () => undefined
    };
    Object.defineProperty(notebooks, 'currentWidget', {
      get: () => this.opened.at(-1)?.panel ?? null
    });
    this.context = {
      app: {
        commands: this.commands,
        restored: Promise.resolve(),
        serviceManager: { contents: this.contents, serverSettings }
      } as unknown as ISessionContext['app'],
      trans,
      sessions: this.sessions,
      documents: documents as unknown as IDocumentManager,
      notebooks: notebooks as unknown as INotebookTracker,
      ...{ author, user: () => profile.id, outputs: () => 'keep' as const },
      marks: null
    };
  }

  readonly commands = new CommandRegistry();
  readonly contents: ContentsManager;
  readonly volumes: VolumeMounts;
  readonly sessions: Sessions;
  /** What commands work with. */
  readonly context: ISessionContext;
  /** Paths that were opened for the person. */
  readonly shown: string[] = [];
  /** Notebooks that are open; the last one is in front. */
  readonly opened: OpenNotebook[] = [];
  readonly faults: (readonly [string, unknown])[] = [];
  /** Of the next commit, in seconds since 1970. */
  time = 1_763_719_200;

  /** Writes a notebook and opens it. */
  async open(path: string, source: string): Promise<OpenNotebook> {
    const content = notebookOf(source);
    await this.contents.save(path, { type: 'notebook', format: 'json', content });
    const made = new OpenNotebook(
      ...([this.contents, path, content as Record<string, unknown>] as const)
    );
    this.opened.push(made);
    return made;
  }

  /** Gives a notebook its session, which is then among the others. */
  async begin(notebook: OpenNotebook): Promise<string> {
    const { id, volume } = await this.sessions.ensure(notebook.panel);
    await this.sessions.volumeOf(volume).refresh();
    return id;
  }

  /** Runs a command. @throws Error with what it tells when it fails */
  async run(command: string, args = {}): Promise<unknown> {
    const told = new Set(Notification.manager.notifications.map(({ id }) => id));
    const result: unknown = await this.commands.execute(command, args);
    const fault = Notification.manager.notifications.find(
      ({ id, type }) => type === 'error' && !told.has(id)
    );
    if (fault) {
      throw new Error(fault.message);
    }
    return result;
  }

  close(notebook: OpenNotebook): void {
    notebook.isDisposed = true;
    this.opened.splice(this.opened.indexOf(notebook), 1);
  }

  /** The first cell of a notebook file; null where there is none. */
  async sourceAt(path: string): Promise<unknown> {
    const model = await this.contents.get(path, { content: true }).catch(() => null);
    const cells = isRecord(model?.content) ? model.content.cells : null;
    return Array.isArray(cells) && isRecord(cells[0]) ? cells[0].source : null;
  }

  /** Waits for the next commit of a volume. */
  committed(volume: string): Promise<void> {
    const committed = this.volumes.get(volume)?.repository?.committed;
    return new Promise(done => {
      const hear = (): void => {
        committed?.disconnect(hear);
        done();
      };
      committed?.connect(hear);
    });
  }

  /** A session's path, once everything so far has been followed. */
  async pathOf(id: string): Promise<string | undefined> {
    await this.sessions.ready;
    return this.sessions.find(id, 'user')?.session.path;
  }

  dispose(): void {
    this.sessions.dispose();
    this.volumes.volumes.forEach(({ drive }) => drive.dispose());
    this.contents.dispose();
  }
}

/**
 * Answers the dialog that opens, or is open, by a button's label.
 *
 * @param fields texts to type first, by selector
 * @returns what the dialog said
 */
export async function answerDialog(
  label: string,
  fields: Readonly<Record<string, string>> = {}
): Promise<string> {
  const isThere = (): boolean => document.querySelector('.jp-Dialog') !== null;
  // React writes title and body a little later, in either order.
  await until(() =>
    ['.jp-Dialog-header', '.jp-Dialog-body'].every(
      part => !!document.querySelector(part)?.textContent
    )
  );
  const dialog = document.querySelector('.jp-Dialog');
  for (const [selector, text] of Object.entries(fields)) {
    await until(() => dialog?.querySelector(selector) !== null);
    const field = dialog?.querySelector<HTMLTextAreaElement>(selector);
    // As React hears of what is typed.
    const prototype: unknown = field && Object.getPrototypeOf(field);
    Reflect.getOwnPropertyDescriptor(prototype ?? {}, 'value')?.set?.call(field, text);
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const said = dialog?.textContent ?? '';
  const buttons = [...(dialog?.querySelectorAll('button') ?? [])];
  const button = buttons.find(each => each.textContent?.trim() === label);
  if (!button) {
    throw new Error(`There is no "${label}" in: ${said}`);
  }
  button.click();
  await until(() => !isThere());
  return said;
}

/** What a person chooses when they are asked for a file the next time. */
export function chooseFile(file: Blob | undefined): void {
  jest
    .spyOn(HTMLInputElement.prototype, 'click')
    .mockImplementationOnce(function choose(this: HTMLInputElement) {
      Object.defineProperty(this, 'files', { value: [file] });
      this.dispatchEvent(new Event('change'));
    });
}

/** Keeps what is downloaded from now on; the result gives the last of it. */
export function keepDownloads(): () => Blob | undefined {
  let saved: Blob | undefined;
  URL.createObjectURL = blob => {
    saved = blob as Blob;
    // Within the page: jsdom goes nowhere else.
    return '#download';
  };
  URL.revokeObjectURL = () => undefined;
  return () => saved;
}
