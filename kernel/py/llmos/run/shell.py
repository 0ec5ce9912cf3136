"""The interpreter of a native run: IPython without a kernel, its outputs as data."""

from __future__ import annotations

import asyncio
import atexit
import builtins
import os
import sys
import tempfile
from dataclasses import dataclass
from types import FrameType

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .interrupt import is_within
from .outputs import Collector, Stream, show_figures_inline


class _Publisher(DisplayPublisher):
    """``display(…)`` into the cell that runs."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_):  # noqa: ANN001, ANN003
        self.shell.collector.display(data, metadata, transient, update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.collector.clear(wait)


class _Hook(DisplayHook):
    """The value of a last expression into the cell that runs."""

    def write_output_prompt(self) -> None:
        """Notebooks have none."""

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        self.shell.collector.result(format_dict, md_dict, self.prompt_count)

    def finish_displayhook(self) -> None:
        """Nothing is flushed: outputs are data."""


class HeadlessShell(InteractiveShell):
    """IPython's shell with its outputs collected."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    collector: Collector

    def init_io(self) -> None:
        """Streams are set around each cell."""

    def enable_gui(self, gui: object = None) -> None:
        """There is no window to show anything in."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.collector.error(etype.__name__, str(evalue), list(stb))

    def ask_exit(self) -> None:
        """``exit`` in a cell ends nothing: the cells below may not need it."""


@dataclass(frozen=True)
class Ended:
    """How a cell's code ended."""

    outputs: list[dict]
    error: BaseException | None


class Shell:
    """Runs cells one after the other in one namespace."""

    def __init__(self) -> None:
        show_figures_inline()
        self._main = sys.modules["__main__"]  # the shell puts its own namespace there
        self._folder = tempfile.TemporaryDirectory(prefix="llmos-ipython-")
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        self._shell = HeadlessShell.instance(config=config, ipython_dir=self._folder.name)
        self._collector = self._shell.collector = Collector()
        self._task: asyncio.Task | None = None
        self._interrupted = False

    @property
    def namespace(self) -> dict:
        """The notebook's variables."""
        return self._shell.user_ns

    async def run(self, source: str, count: int) -> Ended:
        """Runs a cell as the one of this number; never raises for what its code does."""
        outputs: list[dict] = []
        self._interrupted = False
        kept = sys.stdin, sys.stdout, sys.stderr, builtins.input
        self._collector.begin(outputs)
        builtins.input = _no_input
        sys.stdout = Stream("stdout", self._collector)
        sys.stderr = Stream("stderr", self._collector)
        self._shell.execution_count = count
        self._task = asyncio.ensure_future(self._run_safely(source))
        try:
            with open(os.devnull) as nothing:
                sys.stdin = nothing
                error = await self._task
        finally:
            self._task = None
            sys.stdin, sys.stdout, sys.stderr, builtins.input = kept
            self._collector.end()
        if self._interrupted and error is not None:
            error = KeyboardInterrupt("stopped")
            outputs[:] = [item for item in outputs if item["output_type"] != "error"]
            said = {"ename": "KeyboardInterrupt", "evalue": "", "traceback": ["KeyboardInterrupt"]}
            outputs.append({"output_type": "error", **said})
        return Ended(outputs, error)

    async def _run_safely(self, source: str) -> BaseException | None:
        try:
            return await self._run(source)
        except (KeyboardInterrupt, asyncio.CancelledError) as error:
            return error  # came between two steps of the cell's code

    async def _run(self, source: str) -> BaseException | None:
        shell = self._shell
        try:
            transformed, problem = shell.transform_cell(source), None
        except Exception:  # half a line of IPython's own syntax: shown by run_cell_async
            transformed, problem = source, sys.exc_info()
        result = await shell.run_cell_async(
            source,
            store_history=True,
            transformed_cell=transformed,
            preprocessing_exc_tuple=problem,
        )
        shell.events.trigger("post_execute")  # draws figures
        shell.events.trigger("post_run_cell", result)
        return result.error_before_exec or result.error_in_exec

    def interrupt(self, frame: FrameType | None) -> None:
        """Stops the cell that runs, from a signal's handler that was given this frame."""
        if self._task is None:
            return
        self._interrupted = True
        if is_within(frame, Shell._run.__code__):
            raise KeyboardInterrupt  # IPython takes it as the cell's own error
        self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    def close(self) -> None:
        """Forgets the shell and what it has in temporary folders."""
        self._shell.atexit_operations()
        atexit.unregister(self._shell.atexit_operations)
        HeadlessShell.clear_instance()
        # Processes are started by what stands there, and the shell has emptied its own.
        sys.modules["__main__"] = self._main
        self._folder.cleanup()


def _no_input(prompt: object = "") -> str:
    raise EOFError(
        "input() has nobody to answer it here: write the value in the cell, "
        "or make it an input of a skill's call, which --param sets."
    )
