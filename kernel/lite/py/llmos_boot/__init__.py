"""Brings up the IPython kernel with what the first cell needs, and nothing else.

The worker imports this package right after Pyodide has started, while the page still
loads: ``start()`` needs no notebook. What comes later (the index of skills, the page's
answers, settings of ``%pip``) is handed over by the functions below.
"""

from __future__ import annotations

from . import (
    _absent,
    _errors,
    _host,
    _interrupt,
    _packages,
    _page_modules,
    _run,
    _stand_ins,
    _transform,
)
from ._host import connect_host, offer_index
from ._interrupt import interrupt
from ._packages import configure_pip, warm_completion
from ._pip import run as pip
from ._requests import evaluate, replay_call, run_call
from ._snapshot import after_snapshot, before_snapshot

__all__ = [
    "after_snapshot",
    "before_snapshot",
    "configure_pip",
    "connect_host",
    "evaluate",
    "interrupt",
    "offer_index",
    "pip",
    "replay_call",
    "run_call",
    "start",
    "warm_completion",
]


def start() -> None:
    """Imports the kernel, with stand-ins for what it imports but does not need."""
    with _stand_ins.installed():
        import pyodide_kernel

    _page_modules.find_first()
    shell = pyodide_kernel.ipython_shell
    # Jedi comes with the first completion; until then IPython completes by itself.
    shell.Completer.use_jedi = False
    _packages.install(shell)
    _run.install(shell, _packages.load_for_cell)
    _absent.install(shell)
    _errors.install(shell)
    _interrupt.install(shell.kernel)
    _host.watch(shell)
    _transform.install(shell)
