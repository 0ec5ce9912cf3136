"""Tells the page what a call was given, what it gave and how long it took, for traces."""

from __future__ import annotations

import json
from asyncio import CancelledError
from time import perf_counter

from . import _bridge
from ._call import Call
from ._index import Entry
from ._outputs import Outputs
from ._traced import traced, traced_outputs


class Telling:
    """One call under way; one of its methods is called at its end."""

    __slots__ = ("_call", "_entry", "_inputs", "_start")

    def __init__(self, entry: Entry, inputs: dict, call: Call, texts: dict[str, str]) -> None:
        self._entry, self._call = entry, call
        # Before the run: the skill may outlive what the caller does to the values.
        self._inputs = traced(inputs, entry.inputs, texts)
        self._start = perf_counter()

    def succeeded(self, outputs: Outputs) -> None:
        """The call has given its outputs."""
        ms = self._ms()
        self._send("success", ms, outputs=traced_outputs(outputs._values, self._entry.outputs))

    def failed(self, error: BaseException) -> None:
        """The call has raised an error, or was stopped."""
        stopped = isinstance(error, (KeyboardInterrupt, CancelledError))
        name = getattr(error, "raised_by", None) or type(error).__name__
        said = {"name": str(name), "message": str(error)}
        self._send("cancelled" if stopped else "failed", self._ms(), error=said)

    def _ms(self) -> float:
        return round((perf_counter() - self._start) * 1000, 3)

    def _send(self, status: str, ms: float, **more: object) -> None:
        record = {
            "skill": self._entry.id,
            "version": self._entry.version,
            "key": self._call.key,
            "status": status,
            "ms": ms,
            "cached": self._call.cached,
            "inputs": self._inputs,
            "outputs": {},
            **more,
        }
        _bridge.store.called(json.dumps(record))


def begin(entry: Entry, inputs: dict, call: Call, texts: dict[str, str]) -> Telling:
    """Notes the inputs of a call, of which ``texts`` has canonical forms, and when it began."""
    return Telling(entry, inputs, call, texts)
