"""Readies Python for a snapshot of its memory, and what has been restored from one.

The build takes the memory once; every kernel starts from it. So what is different each
time (random numbers, time zone, language) is made anew, and nothing may hold an object of
the page or of the build's Node.
"""

from __future__ import annotations

import gc
import os
import sys

import __main__

#: What cells of the library import, beside what the kernel itself does.
_IMPORTED = (
    *("numpy", "numpy.linalg", "numpy.fft", "numpy.polynomial", "numpy.random"),
    *("asyncio", "base64", "csv", "dataclasses", "datetime", "decimal", "fractions"),
    *("functools", "io", "itertools", "json", "math", "pathlib", "random", "statistics"),
    *("unicodedata", "urllib.parse", "zipfile"),
    # By which `llmos` sorts keys.
    "encodings.utf_16_be",
)

#: Pyodide runs its own Python in this module; the shell puts one of its own in its place.
_pyodides_main = __main__


async def before_snapshot() -> None:
    """Imports what first cells need, runs one, and forgets it."""
    from importlib import import_module

    for name in _IMPORTED:
        import_module(name)
    _import_all("llmos")
    _import_all("qiskit_lite")
    shell = _shell()
    await shell.kernel.run("await __import__('asyncio').sleep(0)\nNone")
    shell.reset(new_session=True)
    shell.execution_count = 1
    sys.modules["__main__"] = _pyodides_main
    gc.collect()


def after_snapshot(language: str) -> None:
    """Makes anew what each kernel has of its own; ``language`` as in ``LANG``."""
    import random

    sys.modules["__main__"] = _shell().user_module
    os.environ["LANG"] = language
    _read_time_zone()
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _read_time_zone() -> None:
    """What `time` found out when it was imported, by the same rule; it has no `tzset` here."""
    import time

    year = time.localtime().tm_year
    january, july = (
        time.localtime(time.mktime((year, month, 1, 0, 0, 0, 0, 0, 0))) for month in (1, 7)
    )
    winter, summer = sorted((january, july), key=lambda moment: moment.tm_gmtoff)
    time.timezone, time.altzone = -winter.tm_gmtoff, -summer.tm_gmtoff
    time.daylight = int(winter.tm_gmtoff != summer.tm_gmtoff)
    time.tzname = (winter.tm_zone, summer.tm_zone)


def _shell() -> object:
    from IPython.core.interactiveshell import InteractiveShell

    return InteractiveShell._instance


def _import_all(package: str) -> None:
    """All modules of a package that stands in the bundle; what is run by itself is not there."""
    from importlib import import_module
    from pkgutil import walk_packages

    top = import_module(package)
    for found in walk_packages(top.__path__, f"{package}."):
        import_module(found.name)
