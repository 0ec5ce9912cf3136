/** IPython in the process that runs skills: cells in, outputs of notebooks out. */
import type { CellOutput, FromChild } from './protocol';
import type { IBootModule, IPyodide } from './pythonInNode';

/** Runs cells, one at a time. */
export interface IShell {
  run(source: string): Promise<unknown>;
}

/** What a shell does with what it finds. */
export interface IShellOptions {
  readonly post: (message: FromChild) => void;
  /** Most bytes of the files that cells write which are posted; 0: none. */
  readonly fileBytes: number;
}

/** Starts IPython as the site's kernels have it, and hears what it shows. */
export function createShell(
  pyodide: IPyodide,
  boot: IBootModule,
  { post, fileBytes }: IShellOptions
): IShell {
  boot.start();
  const run = pyodide.runPython(SETUP) as (
    source: string,
    show: (output: string) => void,
    wrote: (path: string, bytes?: Uint8Array) => void,
    room: number
  ) => Promise<string>;
  const show = (output: string): void =>
    post({ type: 'output', output: JSON.parse(output) as CellOutput });
  const wrote = (path: string, bytes?: Uint8Array): void => {
    const base64 = bytes ? Buffer.from(bytes).toString('base64') : null;
    post({ type: 'wrote', path: JSON.parse(path) as string, base64 });
  };
  return {
    run: async source =>
      JSON.parse(await run(source, show, wrote, fileBytes)) as unknown
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

    def found():
        files = {}
        for place, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if name[0] != "." and name != "__pycache__"]
            for name in names:
                path = os.path.join(place, name)
                info = os.lstat(path)
                if name[0] != "." and stat.S_ISREG(info.st_mode):
                    files[os.path.relpath(path, folder)] = info.st_size, info.st_mtime_ns
        return files

    before, sent = found(), {}

    def made(wrote, room):
        files = {path: info for path, info in found().items() if before.get(path) != info}
        for path, info in sorted(files.items()) if room else ():
            fits = info[0] <= room
            room -= info[0] if fits else 0
            if sent.get(path) != (info, fits):
                sent[path] = info, fits
                wrote(json.dumps(path), content(path) if fits else None)
        return sorted(files)

    def content(path):
        with open(os.path.join(folder, path), "rb") as file:
            return to_js(file.read())

    async def run(source, callback, wrote, room):
        state["show"] = callback
        try:
            answer = plain(await kernel_instance.run(source))
        finally:
            state["show"] = None
        files = made(wrote, room)
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
