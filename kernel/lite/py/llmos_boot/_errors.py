"""How errors of cells are shown, where that differs from IPython's own way."""

from __future__ import annotations

import asyncio
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
    shell.set_custom_exc((ModuleNotFoundError, asyncio.CancelledError), _show)


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
    shell.showtraceback((type(shown), shown, trace), tb_offset=tb_offset)
