"""Stops a cell that waits; Python that computes is stopped by Pyodide itself."""

from __future__ import annotations

import asyncio
import signal
from types import FrameType, TracebackType

_running: asyncio.Task | None = None
#: The task that a stop has cancelled, so that its CancelledError reads as what it is.
_stopped: asyncio.Task | None = None

_MESSAGE = "The cell was stopped."

#: Modules whose functions Pyodide calls from JavaScript while it loads packages.
_LOADERS = ("pyodide._package_loader", "importlib", f"{__package__}._packages")


def install(kernel: object) -> None:
    """Keeps the task in which a cell runs; a stop outside the cell's own code ends it too."""
    signal.signal(signal.SIGINT, _on_signal)
    original = kernel.run

    async def run(code: str) -> dict:
        global _running, _stopped
        _running, _stopped = asyncio.current_task(), None
        try:
            return await original(code)
        except (asyncio.CancelledError, KeyboardInterrupt):
            # While packages were loading, say: IPython has not seen this error.
            return {
                "status": "error",
                "ename": "KeyboardInterrupt",
                "evalue": _MESSAGE,
                "traceback": [f"\x1b[0;31mKeyboardInterrupt\x1b[0m: {_MESSAGE}"],
            }
        finally:
            _running = None

    kernel.run = run


def interrupt() -> None:
    """Cancels what the running cell awaits; nothing where no cell runs."""
    global _stopped
    if _running is not None:
        _stopped = _running
        _running.cancel()


def _on_signal(number: int, frame: FrameType | None) -> None:
    """Stops what computes, but never the unpacking of a package, of which half would stay.

    The cell then only ceases to wait for it: it is loaded to its end all the same.
    """
    outermost = frame
    while outermost is not None and outermost.f_back is not None:
        outermost = outermost.f_back
    if outermost is not None and outermost.f_globals.get("__name__") in _LOADERS:
        interrupt()
    else:
        signal.default_int_handler(number, frame)


def without_signal(trace: TracebackType | None) -> TracebackType | None:
    """The traceback of a stop, ending where the stop met the code."""
    if trace is None or trace.tb_frame.f_code is _on_signal.__code__:
        return None
    trace.tb_next = without_signal(trace.tb_next)
    return trace


def as_stop(error: BaseException) -> BaseException:
    """A cell's error as people know it: a cancelled wait is an interrupt."""
    if isinstance(error, asyncio.CancelledError) and _stopped is not None:
        return KeyboardInterrupt(_MESSAGE)
    return error
