"""What the worker is asked beside cells: expressions of a request, calls of the pool."""

from __future__ import annotations

import json

from . import _host


async def evaluate(expressions: str) -> str:
    """The values of an execute request's ``user_expressions``, as JSON in both directions.

    Values that can be awaited are; an error is the value of its own expression only.
    """
    wanted = json.loads(expressions)
    return json.dumps({name: await _value(code) for name, code in wanted.items()})


async def _value(code: str) -> dict:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell._instance
    _host.connect(code)
    try:
        value = eval(code, shell.user_global_ns, shell.user_ns)
        if hasattr(value, "__await__"):
            value = await value
        data, metadata = shell.display_formatter.format(value)
    except Exception as error:
        return {
            "status": "error",
            "ename": type(error).__name__,
            "evalue": str(error),
            "traceback": [],
        }
    return {"status": "ok", "data": data, "metadata": metadata}


async def run_call(skill: str, version: str, text: str, buffers: object) -> object:
    """Runs a staged call for the pool; see ``llmos._pool.run``."""
    _host.connect("llmos")
    from llmos import _codec, _pool

    return _codec.to_other(await _pool.run(skill, version, text, buffers.to_py()))


async def replay_call(entry: str, inputs: str) -> object:
    """Runs a learned skill again to verify it; see ``llmos._replay``."""
    _host.connect("llmos")
    from llmos import _codec, _replay

    return _codec.to_other(await _replay.replay(entry, inputs))
