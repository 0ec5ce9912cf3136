"""Which calls of a run the cache will answer, told before it: the graph's ghost run.

The cells that would run are followed from top to bottom over the notebook's variables, which
stay as they are: nothing is run. Calls take the results that the cache has; statements that
only read and bind names are followed too. What anything else gives is not known beforehand,
and so neither is the key of a call that needs it.
"""

from __future__ import annotations

import json

from . import _bridge
from ._cached import restored
from ._cachekey import Uncacheable, cache_key
from ._call import PYTHON_TYPES, Call, run
from ._check import check_inputs
from ._codec import from_other
from ._describe import Described, notebook
from ._errors import SkillError
from ._index import Entry
from ._outputs import Outputs
from ._prepare import Refused, evaluated, followed, stage
from ._record import recording


class _Unknown:
    """Stands for a value that only running gives: of no class whose values are data."""


async def foretell(text: str) -> Described:
    """JSON of ``[{ source, target, binds }]``: the cells of a run, from top to bottom.

    ``target`` is the variable of a cell that only calls a skill, null where none takes the
    result; other cells lack it. Answers ``{ cached: [...] }``: for each cell true or false,
    null where only running tells.
    """
    space = dict(notebook())
    # Keys of calls further up, which the cache has once they have run.
    coming: set[str] = set()
    found = []
    with recording(passes=False):
        for cell in json.loads(text):
            if "target" in cell:
                found.append(await _call(cell, space, coming))
            else:
                space = _follow(cell, space)
                found.append(False)
    return Described(cached=found)


def _follow(cell: dict, space: dict) -> dict:
    try:
        return followed(cell["source"], space)
    except Refused:
        return {**space, **{name: _Unknown() for name in cell["binds"]}}


async def _call(cell: dict, space: dict, coming: set[str]) -> bool | None:
    target = cell["target"]
    value: object = _Unknown()
    try:
        called, args, inputs = evaluated(cell["source"], space)
        entry = called._entry
        inputs = check_inputs(entry, tuple(args), inputs)
        key = cache_key(entry, inputs)
        if key is None:
            return False
        if key in coming:
            return True
        outputs = await _known(entry, inputs, key)
        if outputs is None:
            coming.add(key)
            return False
        value = outputs
        return True
    except (Refused, Uncacheable):
        return None
    except SkillError:
        return False  # the call will fail the same way
    finally:
        if target is not None:
            space[target] = value


async def _known(entry: Entry, inputs: dict, key: str) -> Outputs | None:
    """What the cache has for a call."""
    store = _bridge.store
    if store is None or not store.may_have(key):
        return None
    if entry.type not in PYTHON_TYPES:
        # The page keeps these, and answers the call with them.
        staged = await stage(entry, inputs)
        return await run(entry, inputs, Call(key)) if staged["cached"] else None
    found = from_other(await store.lookup(key))
    if not found or found["kind"] != "python":
        return None
    return await restored(entry, found["text"], found["buffers"])
