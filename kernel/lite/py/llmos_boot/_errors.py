"""How errors of cells are shown, where that differs from IPython's own way."""

from __future__ import annotations

import asyncio
import sys
from types import TracebackType

from . import _absent, _interrupt


def install(shell: object) -> None:
    """Gives errors their bare names in replies, and says more where it helps."""

    def keep(kind: type[BaseException], error: BaseException, lines: list[str]) -> None:
        # Upstream says `<class 'ValueError'>`, which no front end knows.
        shell._last_traceback = {
            "ename": kind.__name__,
            "evalue": str(error),
            "traceback": lines,
        }

    shell._showtraceback = keep
    _show_syntax_errors(shell)
    shell.set_custom_exc((ModuleNotFoundError, asyncio.CancelledError, KeyboardInterrupt), _show)


def _show_syntax_errors(shell: object) -> None:
    """Upstream reads a cell's tokens before IPython does, and fails on bad indentation."""
    original = shell.kernel.run

    async def run(code: str) -> dict:
        try:
            return await original(code)
        except SyntaxError:
            shell.run_cell(code, store_history=True)
            return {"status": "error", **shell._last_traceback}

    shell.kernel.run = run


def _show(
    shell: object,
    _kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    if isinstance(error, ModuleNotFoundError):
        _absent.advise(error)
    shown = _interrupt.as_stop(error)
    if isinstance(shown, KeyboardInterrupt):
        trace = _interrupt.without_signal(trace)
        if "llmos" in sys.modules:
            from llmos._traceback import of_cell

            trace, tb_offset = of_cell(trace), 0
    shell.showtraceback((type(shown), shown, trace), tb_offset=tb_offset)
