/** IPython in the process that runs skills: cells in, outputs of notebooks out. */
import type { CellOutput, FromChild } from './protocol';
import type { IBootModule, IPyodide } from './pythonInNode';

/** Runs cells, one at a time. */
export interface IShell {
  run(source: string): Promise<unknown>;
}

/** Starts IPython as the site's kernels have it, and hears what it shows. */
export function createShell(
  pyodide: IPyodide,
  boot: IBootModule,
  post: (message: FromChild) => void
): IShell {
  boot.start();
  const run = pyodide.runPython(SETUP) as (
    source: string,
    show: (output: string) => void
  ) => Promise<string>;
  const show = (output: string): void =>
    post({ type: 'output', output: JSON.parse(output) as CellOutput });
  return {
    run: async source => JSON.parse(await run(source, show)) as unknown
  };
}

/** In Python, since the objects of IPython are nearer there. Everything crosses as JSON. */
const SETUP = `
def _make():
    import json, os, sys
    from pyodide_kernel import kernel_instance, ipython_shell
    from llmos_boot import _packages

    state = {"show": None}
    folder = os.getcwd()
    before = set(os.listdir(folder))

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

    def made():
        return sorted(set(os.listdir(folder)) - before)

    async def run(source, callback):
        state["show"] = callback
        try:
            answer = plain(await kernel_instance.run(source))
        finally:
            state["show"] = None
        if answer.get("status") == "ok":
            return json.dumps({"ok": True, "files": made()})
        callback(json.dumps({
            "output_type": "error",
            "ename": str(answer.get("ename")),
            "evalue": str(answer.get("evalue")),
            "traceback": [str(line) for line in answer.get("traceback") or []],
        }))
        return json.dumps({"ok": False, "name": str(answer.get("ename")),
                           "message": str(answer.get("evalue")), "files": made()})

    return run

_make()
`;
