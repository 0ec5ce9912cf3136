"""The points of a sweep that the graph's workers compute, seen from the notebook's kernel.

The page decides what runs where; here arguments are evaluated, calls staged, and results of
the cache read. Each point has its own results of the swept calls and of those that use them;
the notebook's variables are as they were when the sweep began, and stay as they are.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from time import perf_counter

from ._cachekey import Uncacheable
from ._check import check_inputs
from ._codec import to_json
from ._describe import Described, notebook
from ._errors import SkillError
from ._harmless import Refused
from ._index import Entry
from ._outputs import Outputs
from ._prepare import evaluated, stage
from ._record import recording
from ._skill import Skill, skill
from ._traced import traced

#: Sweeps of the page, by the names that it gives them.
_sweeps: dict[str, _Sweep] = {}


@dataclass(frozen=True)
class _Call:
    source: str
    #: The variable that takes the result.
    target: str
    #: Number of the axis by the name of the input that it replaces.
    axes: dict[str, int]


@dataclass(frozen=True)
class _Sweep:
    calls: tuple[_Call, ...]
    space: dict


def begin(text: str) -> Described:
    """Takes the calls of a point: JSON of ``{ name, calls: [{ source, target, callee, axes }] }``.

    ``callee`` is what the cell calls ``skill``, which nobody may have imported yet.
    """
    import llmos

    wanted = json.loads(text)
    space = dict(notebook())
    for call in wanted["calls"]:
        head, dot, _ = call["callee"].partition(".")
        space.setdefault(head, llmos if dot else skill)
    calls = tuple(_Call(each["source"], each["target"], each["axes"]) for each in wanted["calls"])
    _sweeps[wanted["name"]] = _Sweep(calls, space)
    return Described(ok=True)


def end(name: str) -> Described:
    """Forgets a sweep."""
    _sweeps.pop(name, None)
    return Described(ok=True)


async def advance(text: str) -> Described:
    """Takes points as far as they go without computing.

    JSON of ``{ name, points: [{ values, here }] }``: Python literals by axis, and how many of
    the point's calls are answered here, by the cache or by running them. The answer,
    ``{ points: [...] }``, has for each point its ``calls`` so far, as traces have them, and

    - ``{ at, key }``: that call waits for a worker;
    - ``{ at, why }``: that call can only run here;
    - ``{ at, error }``: that call has failed;
    - ``{ row }``: all are done; the outputs that a table can show, by ``target.output``.
    """
    wanted = json.loads(text)
    sweep = _sweeps.get(wanted["name"])
    if sweep is None:
        return Described(lost=True)
    with recording(passes=False):
        points = [await _point(sweep, point) for point in wanted["points"]]
    return Described(points=points)


async def _point(sweep: _Sweep, point: dict) -> dict:
    values = [ast.literal_eval(value) for value in point["values"]]
    space, row, told = dict(sweep.space), {}, []
    for at, call in enumerate(sweep.calls):
        found = {"at": at, "calls": told}
        try:
            called, inputs = _inputs(call, values, space)
            if at >= point["here"]:
                staged = await _staged(called._entry, inputs)
                if staged is not None:
                    return {**found, **staged}
            outputs = await _answered(called, inputs, told)
        except (SkillError, Refused) as error:
            name = getattr(error, "raised_by", None) or type(error).__name__
            return {**found, "error": {"name": str(name), "message": str(error)}}
        space[call.target] = outputs
        row.update((f"{call.target}.{name}", value) for name, value in scalars(outputs).items())
    return {"calls": told, "row": to_json(row)}


def _inputs(call: _Call, values: list, space: dict) -> tuple[Skill, dict]:
    called, args, inputs = evaluated(call.source, space)
    entry = called._entry
    inputs = {**dict(zip(entry.inputs, args, strict=False)), **inputs}
    inputs.update((name, values[axis]) for name, axis in call.axes.items())
    return called, check_inputs(entry, (), inputs)


async def _staged(entry: Entry, inputs: dict) -> dict | None:
    """The key of a call that must be computed, or why only this kernel can; None: cached."""
    try:
        answer = await stage(entry, inputs)
    except (Refused, Uncacheable) as reason:
        return {"why": str(reason)}
    return None if answer["cached"] else {"key": answer["key"]}


async def _answered(called: Skill, inputs: dict, told: list) -> Outputs:
    entry, start = called._entry, perf_counter()
    record = {
        "skill": entry.id,
        "version": entry.version,
        "status": "failed",
        "inputs": traced(inputs, entry.inputs),
        "outputs": {},
    }
    told.append(record)
    try:
        outputs = await called(**inputs)
    finally:
        record["ms"] = round((perf_counter() - start) * 1000, 3)
    record.update(status="success", outputs=traced(outputs, entry.outputs))
    return outputs


def scalars(outputs: Outputs) -> dict[str, object]:
    """The outputs that a table can show, as plain Python."""
    found = {}
    for name, value in outputs.items():
        item = value.item() if hasattr(value, "item") and getattr(value, "ndim", 1) == 0 else value
        if isinstance(item, (bool, int, float)):
            found[name] = item
        elif isinstance(item, str) and "\n" not in item and len(item) <= 80:
            found[name] = item
    return found
