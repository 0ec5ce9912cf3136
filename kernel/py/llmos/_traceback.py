"""Tracebacks for notebooks: what the person wrote, without the machinery in between."""

from __future__ import annotations

import sys
from pathlib import PurePath
from types import TracebackType

_HERE = str(PurePath(__file__).parent)
_MACHINERY = ("interactiveshell.py", "async_helpers.py")


def render(error: BaseException) -> list[str]:
    """The lines of IPython's traceback of an error; its causes stay as they are."""
    shell = sys.modules["IPython.core.interactiveshell"].InteractiveShell._instance
    kept = of_person(error.__traceback__)
    return shell.InteractiveTB.structured_traceback(type(error), error, kept, tb_offset=0)


def of_person(trace: TracebackType | None) -> TracebackType | None:
    """The lines of the notebook and of skills; all of them where there are none of those."""
    return _kept(trace) or trace


def of_cell(trace: TracebackType | None) -> TracebackType | None:
    """The lines of the notebook: a stop says which call it met, not where in its skill."""
    return _kept(trace, skills=False) or trace


def _kept(step: TracebackType | None, *, skills: bool = True) -> TracebackType | None:
    """The traceback without frames of this package, of IPython and of asyncio.

    Without ``skills`` it ends where the first one begins.
    """
    if step is None:
        return None
    file = PurePath(step.tb_frame.f_code.co_filename)
    if not skills and file.suffix == ".md":
        return None
    rest = _kept(step.tb_next, skills=skills)
    own = str(file.parent) == _HERE
    if own or file.name in _MACHINERY or file.parent.name == "asyncio":
        return rest
    return TracebackType(rest, step.tb_frame, step.tb_lasti, step.tb_lineno)
