"""A call answered from the cache, or run and its result put there.

Only the page reads and writes the cache; ``_bridge.store`` asks it. The worker knows which
keys are worth asking for, so a call that must run costs the hashing of its inputs and no
message that anybody waits for; results are handed over together when Python next waits.
Calls of any length are kept alike.
"""

from __future__ import annotations

from . import _bridge, _call
from ._cachekey import cache_key
from ._codec import from_other
from ._index import Entry
from ._outputs import Outputs
from ._pack import Unpackable, modules_of, pack, unpack
from ._record import Record, checked, recording, replay


async def run(entry: Entry, inputs: dict) -> Outputs:
    """The outputs of a call with checked inputs; tells the page of it when it ends."""
    outermost = not _call._running.get()
    texts: dict[str, str] = {}
    call = _call.Call(cache_key(entry, inputs, texts=texts))
    if not outermost or not _bridge.store.tells:
        return await _answer(entry, inputs, call)
    from . import _tell

    told = _tell.begin(entry, inputs, call, texts)
    del texts  # they may be long, and so may the call
    try:
        outputs = await _answer(entry, inputs, call)
    except BaseException as error:
        told.failed(error)
        raise
    told.succeeded(outputs)
    return outputs


async def _answer(entry: Entry, inputs: dict, call: _call.Call) -> Outputs:
    if call.key is None or entry.type not in _call.PYTHON_TYPES:
        # The page itself keeps the answers of its runtimes.
        return await _call.run(entry, inputs, call)
    store = _bridge.store
    found = None
    if store.may_have(call.key):
        found = from_other(await store.lookup(call.key))
    if found and found["kind"] == "failure":
        from ._pool import raise_again

        await _call.need(modules_of(found["text"]))
        raise_again(entry, found["text"], found["buffers"])
    if found and found["kind"] == "python":
        outputs = await restored(entry, found["text"], found["buffers"])
        if outputs is not None:
            call.cached = True
            return outputs
    with recording() as record:
        outputs = await _call.run(entry, inputs, call)
    result = packed(outputs, record)
    if result is not None:
        _bridge.put(call.key, *result)
    return outputs


def packed(outputs: Outputs, record: Record) -> tuple[str, list[bytes]] | None:
    """Text and parts of a result; None when it would not come back as it was."""
    if not record.is_whole:
        return None
    try:
        return pack(
            {"values": outputs._values, "bundle": outputs._bundle, "events": record.events}
        )
    except Unpackable:
        return None


async def restored(entry: Entry, text: str, buffers: list) -> Outputs | None:
    """The outputs of a packed result, after showing what the call had shown.

    None when the entry is not what ``packed`` makes, or not what the skill declares: the
    cache is open to every notebook's code, so it is not believed blindly.
    """
    from ._check import check_outputs
    from ._errors import SkillOutputError

    await _call.need(modules_of(text))
    try:
        result = unpack(text, buffers)
        values = check_outputs(entry, result["values"])
        outputs = _call.outputs_of(entry, values, result["bundle"])
        events = checked(result["events"])
    except (ValueError, TypeError, LookupError, SkillOutputError):
        return None
    replay(events)
    return outputs
