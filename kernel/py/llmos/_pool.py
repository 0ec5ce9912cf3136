"""Calls in a worker of the pool: run here, answered later to the cell that made them.

What the skill showed and what it raised travel as data, so that the cell shows the same as
if it had run the skill itself.
"""

from __future__ import annotations

import builtins
from functools import partial

from . import _bridge, _call, _errors
from ._errors import SkillError
from ._index import Entry
from ._pack import Unpackable, modules_of, pack, unpack
from ._record import Record, checked, recording, replay


async def run(skill_id: str, version: str, text: str, buffers: list) -> dict:
    """Runs a staged call.

    ``{ "text", "buffers" }`` of the packed result; the same of the packed error with its
    ``name`` and ``message``; or ``{ "why", "holds" }`` when the call has to run in its
    kernel: always with that ``version`` of the skill, or with this ``call``'s inputs.
    """
    from ._cached import packed

    with recording() as record:
        try:
            entry = _bridge.index().find(skill_id, version)
            await _call.need(modules_of(text))
            outputs = await _call.run(entry, unpack(text, buffers))
        except BaseException as error:  # SystemExit of a skill must not end the worker
            return _unkept(_ELSEWHERE) if may_be_ours(error) else failure(error, record)
    result = packed(outputs, record)
    if result is None:
        return _unkept(_OBJECTS) if record.is_whole else _unkept(_PRINTS, "call")
    return {"text": result[0], "buffers": result[1]}


_OBJECTS = "The skill gives objects of its own, which stay in their kernel."
_PRINTS = "The call prints more than is kept with a result."
_ELSEWHERE = "The skill wants files or packages that only the notebook's kernel may have."


def _unkept(why: str, holds: str = "version") -> dict:
    return {"why": why, "holds": holds, "buffers": []}


def may_be_ours(error: BaseException | None) -> bool:
    """Whether this worker may be the cause: it has no drives and nothing from ``%pip``."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, (OSError, ImportError)):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def failure(error: BaseException, record: Record) -> dict:
    """The packed error of a call, with what it had shown before."""
    known = isinstance(error, SkillError)
    data = {
        "kind": type(error).__name__ if known else "SkillError",
        "message": str(error) if known else f"{type(error).__name__}: {error}",
        "details": _packable(error.details) if known else {},
        "cause": _cause(error) if known else None,
        "events": record.events,
    }
    try:
        text, parts = pack(data)
    except Unpackable:
        text, parts = pack({**data, "events": []})
    name = getattr(error, "raised_by", None) or type(error).__name__
    return {"name": str(name), "message": data["message"], "text": text, "buffers": parts}


def _packable(values: dict) -> dict:
    kept = {}
    for name, value in values.items():
        try:
            pack(value)
        except Unpackable:
            continue
        kept[name] = value
    return kept


def _cause(error: BaseException) -> dict | None:
    cause = error.__cause__
    if cause is None:
        return None
    arguments = _packable({"args": list(cause.args)}).get("args", [str(cause)])
    return {
        "name": type(cause).__name__,
        "args": arguments,
        "frames": _frames(cause, error.details.get("path")),
    }


#: Frames of a skill that travel with its error: a recursion has a thousand.
_MOST_FRAMES = 50


def _frames(error: BaseException, path: object) -> list:
    """Function, parameters and line in the skill's own file, outermost first."""
    found, step = [], error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == path:
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
            found.append([code.co_name, list(names), step.tb_lineno])
        step = step.tb_next
    return found[-_MOST_FRAMES:]


def raise_again(entry: Entry, text: str, buffers: list) -> None:
    """Raises the error that ``run`` has packed, after showing what the skill had shown."""
    try:
        data = unpack(text, buffers)
        message, details, cause = data["message"], dict(data["details"]), data["cause"]
        events = checked(data["events"])
    except (ValueError, TypeError, LookupError):
        return  # not made by ``run``: the call is computed here
    replay(events)
    kind = getattr(_errors, str(data["kind"]), SkillError)
    if not (isinstance(kind, type) and issubclass(kind, SkillError)):
        kind = SkillError
    raise kind(message, **details) from (_rebuilt(entry, cause) if cause else None)


def _rebuilt(entry: Entry, cause: dict) -> Exception:
    """The skill's own exception, with the line of its file that raised it."""
    name, arguments = str(cause["name"]), cause["args"]
    kind = getattr(builtins, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = type(name, (Exception,), {})
    try:
        error = kind(*arguments)
    except TypeError:
        error = type(name, (Exception,), {})(*arguments)
    frames = cause.get("frames")
    return _raised_at(error, entry, frames) if frames else error


def _raised_at(error: Exception, entry: Entry, frames: list) -> Exception:
    """The error as if raised in those lines, so that its traceback quotes the skill."""
    from . import _python

    try:
        _python.compiled(entry)  # makes the skill's lines known to tracebacks
        # By names that no parameter of the skill's has.
        body, space = "raise __llmos_error__", {"__llmos_error__": error}
        for function, parameters, line in reversed(frames):
            names = [str(name) for name in parameters if str(name).isidentifier()]
            source = "\n" * (int(line) - 1) + f"def raises({', '.join(names)}): {body}"
            exec(compile(source, entry.path, "exec"), space)
            raises = space["raises"]
            raises.__code__ = raises.__code__.replace(co_name=str(function) or "execute")
            body, space = "__llmos_next__()", {"__llmos_next__": partial(raises, *names)}
        space["__llmos_next__"]()
    except SkillError:
        return error
    except Exception as raised:
        raised.__traceback__ = raised.__traceback__.tb_next
    return error
