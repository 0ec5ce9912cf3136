/** IPython in the process that runs skills: cells in, outputs of notebooks out. */
import { posix } from 'node:path';
import { decodeBase64 } from '@llmos-lab/skills';
import type { CellOutput, FromChild, IFileRoom, LossReason } from './protocol';
import type { IBootModule, IPyodide } from './pythonInNode';

/** Runs cells, one at a time. */
export interface IShell {
  run(source: string): Promise<unknown>;
}

/** What a shell does with what it finds. */
export interface IShellOptions {
  readonly post: (message: FromChild) => void;
  /** For the files that cells write; null: none are posted. */
  readonly fileRoom: IFileRoom | null;
  /** For cells to read: paths in the folder in which they run, and base64. */
  readonly given: readonly (readonly [path: string, base64: string])[];
}

/** Starts IPython as the site's kernels have it, and hears what it shows. */
export function createShell(
  pyodide: IPyodide,
  boot: IBootModule,
  { post, fileRoom, given }: IShellOptions
): IShell {
  boot.start();
  // Before the shell looks which files are there, so that they are none that cells wrote.
  for (const [path, base64] of given) {
    const place = `${pyodide.FS.cwd()}/${path}`;
    pyodide.FS.mkdirTree(posix.dirname(place));
    pyodide.FS.writeFile(place, decodeBase64(base64));
  }
  const run = pyodide.runPython(SETUP) as (
    source: string,
    show: (output: string) => void,
    wrote: (path: string, content: Uint8Array | LossReason) => void,
    room: string
  ) => Promise<string>;
  const show = (output: string): void =>
    post({ type: 'output', output: JSON.parse(output) as CellOutput });
  const wrote = (name: string, content: Uint8Array | LossReason): void => {
    const path = JSON.parse(name) as string;
    post(
      typeof content === 'string'
        ? { type: 'lost', path, why: content }
        : { type: 'wrote', path, base64: Buffer.from(content).toString('base64') }
    );
  };
  const room = JSON.stringify(fileRoom);
  return {
    run: async source => JSON.parse(await run(source, show, wrote, room)) as unknown
  };
}

/** In Python, since the objects of IPython are nearer there. All but bytes crosses as JSON. */
const SETUP = `
def _make():
    import json, os, stat, sys
    from pyodide.ffi import to_js
    from pyodide_kernel import kernel_instance, ipython_shell
    from llmos_boot import _packages

    state = {"show": None}
    folder = os.getcwd()
    # Of the folders that are there from the beginning, cells are at home in that of theirs.
    system = {name for name in os.listdir("/") if not folder.startswith(f"/{name}/")}
    # Where Pyodide puts the shared libraries of packages once they are imported.
    system.add("usr")

    def show(**output):
        if state["show"] is not None:
            state["show"](json.dumps(output, default=str))

    def plain(value):
        return value.to_py() if hasattr(value, "to_py") else value

    def stream(name, text):
        show(output_type="stream", name=name, text=text)

    def displayed(data, metadata, transient=None):
        show(output_type="display_data", data=plain(data), metadata=plain(metadata))

    def result(count, data, metadata):
        show(output_type="execute_result", data=plain(data), metadata=plain(metadata),
             execution_count=count)

    def cleared(wait):
        show(output_type="clear", wait=bool(wait))

    sys.stdout.publish_stream_callback = stream
    sys.stderr.publish_stream_callback = stream
    ipython_shell.display_pub.display_data_callback = displayed
    ipython_shell.display_pub.update_display_data_callback = displayed
    ipython_shell.display_pub.clear_output_callback = cleared
    ipython_shell.displayhook.publish_execution_result = result

    def hidden(path):
        return os.path.basename(path).startswith(".")

    def found():
        files = {}

        def unread(error):
            if not isinstance(error, FileNotFoundError):
                files[os.path.relpath(error.filename, folder)] = 0, 0

        # What is written beside the folder is found too, to be told: it is lost.
        for place, folders, names in os.walk("/", onerror=unread):
            if place == "/":
                folders[:] = [name for name in folders if name not in system]
            # Named, as hidden files are, and not walked into: nobody takes what is in them.
            aside = [name for name in folders if hidden(name)]
            folders[:] = [name for name in folders if name not in ["__pycache__", *aside]]
            for name in [*names, *aside]:
                path = os.path.join(place, name)
                try:
                    info = os.lstat(path)
                except OSError as error:
                    unread(error)
                    continue
                if stat.S_ISREG(info.st_mode) or name in aside:
                    files[os.path.relpath(path, folder)] = info.st_size, info.st_mtime_ns
        return files

    before, sent = found(), {}

    def made(wrote, room):
        files = {path: info for path, info in found().items() if before.get(path) != info}
        if room:
            own = {path: info for path, info in files.items()
                   if not hidden(path) and not path.startswith("../")}
            send(own, wrote, **room)
        return sorted(files)

    def send(made, wrote, bytes, files):
        fitting = {}
        for path, info in sorted(made.items()):
            why = "many" if files == 0 else "large" if info[0] > bytes else None
            fitting[path] = info, why
            if why is None:
                bytes -= info[0]
                files -= 1
        news = [path for path in {**sent, **fitting} if sent.get(path) != fitting.get(path)]
        # Makes room for what is new before that comes.
        for path in news:
            sent.pop(path, None)
            wrote(json.dumps(path), "unread")
        for path in news:
            if path in fitting:
                info, why = fitting[path]
                data = why or content(path)
                wrote(json.dumps(path), data)
                if data != "unread":
                    sent[path] = info, why

    def content(path):
        try:
            with open(os.path.join(folder, path), "rb") as file:
                return to_js(file.read())
        except Exception:
            return "unread"  # How the cell ended stays, whatever becomes of its files.

    async def run(source, callback, wrote, room):
        state["show"] = callback
        try:
            answer = plain(await kernel_instance.run(source))
        finally:
            state["show"] = None
        files = made(wrote, json.loads(room))
        if answer.get("status") == "ok":
            return json.dumps({"ok": True, "files": files})
        callback(json.dumps({
            "output_type": "error",
            "ename": str(answer.get("ename")),
            "evalue": str(answer.get("evalue")),
            "traceback": [str(line) for line in answer.get("traceback") or []],
        }))
        return json.dumps({"ok": False, "name": str(answer.get("ename")),
                           "message": str(answer.get("evalue")), "files": files})

    return run

_make()
`;
