"""Runs of a learned skill that prove what it gives: nothing in them comes from the cache."""

from __future__ import annotations

import json
import platform
import sys

from . import _call
from ._check import check_inputs
from ._errors import SkillError
from ._index import Entry
from ._pool import may_be_ours
from ._record import recording
from ._traced import traced_outputs

_ELSEWHERE = "It wants files or packages that are not in the worker."


async def replay(entry_text: str, inputs_text: str) -> dict:
    """Runs the skill of an entry, which need not be in the index, with plain inputs.

    ``{ "text" }``: JSON of ``[{ skill, outputs, env }]``, one for each call that the skill
    itself made, in their order, with outputs and versions as traces keep them; or ``{ "name",
    "message", "text" }`` of its error; or ``{ "why", "holds" }`` where this worker may be
    the cause of that.
    """
    noted: list = []
    token = _call._replayed.set(noted)
    try:
        with recording():
            entry = Entry(json.loads(entry_text))
            await _call.run(entry, check_inputs(entry, (), json.loads(inputs_text)))
    except BaseException as error:  # SystemExit of a skill must not end the worker
        if may_be_ours(error):
            return {"why": _ELSEWHERE, "holds": "call", "buffers": []}
        said = str(error) if isinstance(error, SkillError) else f"{type(error).__name__}: {error}"
        name = getattr(error, "raised_by", None) or type(error).__name__
        return {"name": str(name), "message": said, "text": "", "buffers": []}
    finally:
        _call._replayed.reset(token)
    env = _env()
    calls = [
        {"skill": entry.id, "outputs": traced_outputs(outputs._values, entry.outputs), "env": env}
        for entry, outputs in noted
    ]
    return {"text": json.dumps(calls), "buffers": []}


def _env() -> dict[str, str]:
    """What numbers may depend on: a trace of another one has other last digits."""
    env = {"python": platform.python_version()}
    pyodide = getattr(sys.modules.get("pyodide"), "__version__", None)
    return {**env, "pyodide": pyodide} if isinstance(pyodide, str) else env
