"""Stops a cell that waits; Python that computes is stopped by Pyodide itself."""

from __future__ import annotations

import asyncio

_running: asyncio.Task | None = None
#: The task that a stop has cancelled, so that its CancelledError reads as what it is.
_stopped: asyncio.Task | None = None

_MESSAGE = "The cell was stopped."


def install(kernel: object) -> None:
    """Keeps the task in which a cell runs; a stop outside the cell's own code ends it too."""
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


def as_stop(error: BaseException) -> BaseException:
    """A cell's error as people know it: a cancelled wait is an interrupt."""
    if isinstance(error, asyncio.CancelledError) and _stopped is not None:
        return KeyboardInterrupt(_MESSAGE)
    return error
