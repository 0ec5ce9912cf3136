"""Stand-ins for modules that IPython imports at its start and the kernel never uses.

They are in ``sys.modules`` only while the kernel is imported: user code that imports
``sqlite3`` or ``jedi`` afterwards gets the real one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


def _sqlite3() -> ModuleType:
    """History is off in the kernel, so only names are asked for."""
    module = ModuleType("sqlite3")

    class Unavailable(Exception):
        """Never raised: nothing opens a database."""

    module.Connection = type("Connection", (), {})
    module.Error = module.OperationalError = module.DatabaseError = Unavailable
    module.PARSE_DECLTYPES = module.PARSE_COLNAMES = 0
    module.register_converter = lambda *_arguments: None
    module.register_adapter = lambda *_arguments: None
    return module


def _terminal_embed() -> ModuleType:
    """``IPython.embed`` wants a terminal, and with it all of prompt_toolkit."""
    module = ModuleType("IPython.terminal.embed")

    def embed(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("IPython.embed() needs a terminal; there is none here.")

    module.embed = embed
    return module


@contextmanager
def installed() -> Iterator[None]:
    """Has the stand-ins in place for the time of the ``with`` block."""
    stand_ins: dict[str, ModuleType | None] = {
        "sqlite3": _sqlite3(),
        "IPython.terminal.embed": _terminal_embed(),
        # None makes `import jedi` raise ImportError, for which IPython is prepared.
        "jedi": None,
    }
    missing = {name for name in stand_ins if name not in sys.modules}
    for name in missing:
        sys.modules[name] = stand_ins[name]  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in missing:
            sys.modules.pop(name, None)
