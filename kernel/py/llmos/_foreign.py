"""Runs skills that are not Python through the runner that the kernel worker has set."""

from __future__ import annotations

import sys

from . import _bridge, _codec
from ._call import Call, need
from ._errors import SkillError, SkillInputError
from ._index import Entry

#: Previews of other runtimes are data: no HTML and no scripts come out of the sandbox.
_DATA = ("application/vnd.llmos.", "application/vnd.vegalite.", "image/", "text/plain")


async def execute(entry: Entry, inputs: dict, call: Call | None = None) -> tuple[object, dict]:
    """The outputs and the preview bundle of another runtime.

    What it prints appears in the cell. Its errors become ``SkillError`` with the runtime's
    own message, and the line of the skill's file where it gave one; a stop is no error of the skill.
    """
    try:
        data = {name: _codec.prepare(value, name) for name, value in inputs.items()}
    except TypeError as error:
        raise SkillInputError(
            f'Skill "{entry.id}" is of type {entry.type}: input {error}',
            skill=entry.id,
            input=str(error).partition(" ")[0],
            expected="data",
        ) from None
    request = {
        "id": entry.id,
        "version": entry.version,
        "type": entry.type,
        "path": entry.path,
        "inputs": data,
    }
    if call is not None and call.key is not None:
        request["key"] = call.key
    runner = _bridge.runner
    if runner is None:
        from ._native import run_in_node as runner
    answer = _codec.from_other(await runner(_codec.to_other(request)))
    if not isinstance(answer, dict):
        raise SkillError(
            f'Skill "{entry.id}": the {entry.type} runtime gave no answer. Run the cell again; '
            "if that does not help, restart the kernel.",
            skill=entry.id,
        )
    for name, stream in (("stdout", sys.stdout), ("stderr", sys.stderr)):
        if answer.get(name):
            stream.write(answer[name])
    if call is not None:
        call.cached = bool(answer.get("cached"))
    if answer.get("error"):
        error = answer["error"]
        if error.get("name") == "KeyboardInterrupt":
            raise KeyboardInterrupt(error.get("message"))  # the person has stopped the call
        raise _failure(entry, error)
    if _codec.has_buffers(answer.get("outputs")):
        await need(["numpy"])
    bundle = answer.get("bundle") or {}
    shown = {mime: data for mime, data in bundle.items() if mime.startswith(_DATA)}
    return _codec.restore(answer.get("outputs")), shown


def _failure(entry: Entry, error: dict) -> SkillError:
    line = error.get("line")
    where = f"{entry.path}, line {line}" if line else entry.path
    name = error.get("name") or "Error"
    message = error.get("message") or "no message"
    said = message if message.startswith(name) else f"{name}: {message}"
    details = error.get("traceback")
    text = f'Skill "{entry.id}" failed: {said} ({where})'
    return SkillError(
        f"{text}\n{details}" if details else text,
        skill=entry.id,
        raised_by=name,
        line=line,
        path=entry.path,
    )
