"""One call of a skill: checked when it is written, run when it is awaited."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextvars import ContextVar

from . import _bridge
from ._check import check_outputs
from ._errors import SkillError, SkillNotAwaitedError
from ._index import Entry
from ._outputs import Outputs

PYTHON_TYPES = frozenset({"python-wasm", "qiskit"})
_DEEPEST = 64

#: Ids of the skills that are running, outermost first.
_running: ContextVar[tuple[str, ...]] = ContextVar("llmos_running", default=())

#: What a replay notes of the calls in it; such calls run whatever the cache has.
_replayed: ContextVar[list | None] = ContextVar("llmos_replayed", default=None)


class Call:
    """What is known of a call beside its inputs: its key, and where its answer came from."""

    __slots__ = ("cached", "key")

    def __init__(self, key: str | None = None) -> None:
        self.key = key
        self.cached = False


class SkillCall:
    """A call that has been checked and not run yet: write ``await`` before it.

    Awaiting it again gives the same outputs. Where the platform can block, reading an
    output runs the call, so that code without ``await`` works there too.
    """

    __slots__ = ("_entry", "_inputs", "_place", "_state", "_value")

    def __init__(self, entry: Entry, inputs: dict, place: object = None) -> None:
        """``place``: shows the preview when the call is done, see ``_cell``."""
        self._entry = entry
        self._inputs = inputs
        self._place = place
        self._state = "new"
        self._value: object = None

    def __await__(self) -> Generator[object, None, Outputs]:
        return self._finish().__await__()

    async def _finish(self) -> Outputs:
        if self._state == "done":
            return self._value
        if self._state == "failed":
            raise self._value.with_traceback(None)
        if self._state == "running":
            raise SkillError(
                f'This call of "{self._entry.id}" is already being awaited. Await it once '
                "and keep the result.",
                skill=self._entry.id,
            )
        self._state = "running"
        try:
            value = await _answer(self._entry, self._inputs)
        except Exception as error:
            self._state, self._value = "failed", error
            raise error.with_traceback(None) from error.__cause__
        except BaseException as stop:  # cancelled or interrupted: may be awaited again
            self._state = "new"
            raise stop.with_traceback(None)  # it says which call it met, not where in that
        self._state, self._value = "done", value
        if self._place is not None:
            self._place.show(value)
        return value

    def _block(self) -> Outputs:
        if self._state == "done":
            return self._value
        return run_blocking(self)

    def _resolved(self) -> Outputs | SkillCall:
        """The outputs where they can be had without ``await``, else the call itself."""
        return self._block() if self._state == "done" or can_block() else self

    def _advice(self) -> str:
        return (
            f'This call of skill "{self._entry.id}" has not run. Write `await` before it: '
            f'result = await skill("{self._entry.id}")(…)'
        )

    def _not_awaited(self, end: str) -> SkillNotAwaitedError:
        return SkillNotAwaitedError(self._advice() + end, skill=self._entry.id)

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        if self._state == "done" or can_block():
            return getattr(self._block(), name)
        raise self._not_awaited(f", then read .{name}.")

    def __getitem__(self, name: str) -> object:
        if self._state == "done" or can_block():
            return self._block()[name]
        raise self._not_awaited(f", then read [{name!r}].")

    def __iter__(self) -> object:
        raise self._not_awaited(".")

    def __repr__(self) -> str:
        if self._state == "done":
            return repr(self._value)
        return f"<{self._advice()}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        if self._state != "done" and not can_block():
            return {"text/plain": repr(self)}
        return self._block()._repr_mimebundle_()


def can_block() -> bool:
    """Whether a call without ``await`` can wait for its result here."""
    if _bridge.in_browser():
        from pyodide.ffi import can_run_sync

        return can_run_sync()
    asyncio = sys.modules.get("asyncio")
    return asyncio is None or asyncio._get_running_loop() is None


def run_blocking(call: SkillCall) -> Outputs:
    """The outputs of a call, waited for without ``await``.

    Raises ``SkillError`` where that is not possible, which says to write ``await``.
    """
    if not can_block():
        raise call._not_awaited(".")
    if _bridge.in_browser():
        from pyodide.ffi import run_sync

        return run_sync(call._finish())
    import asyncio

    return asyncio.run(call._finish())


async def _answer(entry: Entry, inputs: dict) -> Outputs:
    noted = _replayed.get()
    if noted is not None:
        outputs = await run(entry, inputs)
        if len(_running.get()) == 1:
            noted.append((entry, outputs))
        return outputs
    if _bridge.store is None:
        return await run(entry, inputs)
    from . import _cached

    return await _cached.run(entry, inputs)


async def run(entry: Entry, inputs: dict, call: Call | None = None) -> Outputs:
    """Runs a skill on checked inputs and checks what it returns.

    What the skill's code raises comes as the cause of a ``SkillError``, with its traceback
    cut down to the skill's own lines.
    """
    stack = _running.get()
    if len(stack) >= _DEEPEST:
        chain = " -> ".join((*stack[-4:], entry.id))
        raise SkillError(
            f"Skills call each other more than {_DEEPEST} deep: … {chain}.", skill=entry.id
        )
    token = _running.set((*stack, entry.id))
    try:
        result, bundle = await _run_any(entry, inputs, call)
    except Exception as error:
        if isinstance(error, SkillError) and _code_line(entry, error) is None:
            raise  # about the call itself, not from the skill's own lines
        raise _failure(entry, error) from error
    finally:
        _running.reset(token)
    return outputs_of(entry, check_outputs(entry, result), bundle)


def outputs_of(entry: Entry, values: dict, bundle: object) -> Outputs:
    """Checked values with the units that the skill declares."""
    units = {name: port.unit for name, port in entry.outputs.items() if port.unit}
    return Outputs(entry.id, values, units, bundle)


async def _run_any(entry: Entry, inputs: dict, call: Call | None) -> tuple[object, object]:
    """Result and preview of the runtime that the skill's type names."""
    if entry.mode == "server-python" and _bridge.in_browser():
        raise SkillError(
            f'Skill "{entry.id}" has execution_mode server-python: it does not run in the '
            "browser. Run the notebook with `python -m llmos` on a machine with Python.",
            skill=entry.id,
        )
    if entry.type in PYTHON_TYPES:
        from . import _python

        copy = {name: _python.own_copy(value) for name, value in inputs.items()}
        return await _python.execute(entry, copy), None
    if _bridge.runner is None and _bridge.in_browser():
        raise SkillError(
            f'Skill "{entry.id}" is of type {entry.type}, and this kernel has no runtime for '
            "it. Open the notebook in LLMos Lab with the kernel Python (LLMos Lab), which has "
            "one.",
            skill=entry.id,
            type=entry.type,
        )
    from . import _foreign

    return await _foreign.execute(entry, inputs, call)


async def need(modules: list[str]) -> None:
    """Loads packages of the site that are not imported yet."""
    missing = [name for name in modules if name not in sys.modules]
    if not missing or not _bridge.in_browser():
        return
    if _bridge.loader is not None:
        await _bridge.loader("".join(f"import {name}\n" for name in missing))
    else:
        from pyodide_js import loadPackage

        await loadPackage(missing)


def _code_line(entry: Entry, error: BaseException) -> int | None:
    """The innermost line of the skill's file in the traceback, if there is one."""
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == entry.path:
            line = step.tb_lineno
        step = step.tb_next
    return line


def _failure(entry: Entry, error: Exception) -> SkillError:
    """The error for the caller; cuts the frames of this package off the cause."""
    line = _code_line(entry, error)
    step = error.__traceback__
    while step is not None and step.tb_frame.f_code.co_filename != entry.path:
        step = step.tb_next
    if step is not None:
        error.__traceback__ = step
    where = f"{entry.path}, line {line}" if line else entry.path
    what = str(error) if isinstance(error, SkillError) else f"{type(error).__name__}: {error}"
    return SkillError(
        f'Skill "{entry.id}" failed: {what} ({where})',
        skill=entry.id,
        raised_by=type(error).__name__,
        line=line,
        path=entry.path,
    )
