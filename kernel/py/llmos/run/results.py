"""What answers the skill calls of a run: the store, and the tasks of its engine.

Stands where the page stands in the site (``_bridge.set_store``), so that calls are checked,
keyed, answered and told of by the same code.
"""

from __future__ import annotations

import asyncio
import json
from contextvars import ContextVar

from .. import _bridge
from .._cachekey import members
from .._call import PYTHON_TYPES
from .engines import Answer, Engine, Task
from .engines.worker import failed
from .store import Store


class Results:
    """The cache of a run, and its calls under way."""

    #: Calls are told of, for the trace.
    tells = True

    def __init__(self, store: Store | None, engine: Engine | None) -> None:
        """``engine``: what runs staged calls; without one each runs in its cell."""
        self._store = store
        self._engine = engine
        self._here: dict[str, dict] = {}
        self._elsewhere: dict[str, str] = {}
        self._lost: set[str] = set()
        self._tasks: dict[str, asyncio.Future[Answer]] = {}
        self._calls: ContextVar[list[dict] | None] = ContextVar("llmos_calls", default=None)
        #: Milliseconds of the calls that a task of this run has computed, by key.
        self.computed: dict[str, float] = {}

    # What the calls themselves ask, see ``_bridge``.

    def may_have(self, key: str) -> bool:
        return key in self._here or (self._store is not None and self._store.has(key))

    async def lookup(self, key: str) -> dict | None:
        found = self._here.get(key)
        if found is not None:
            # A skill's own failure is told once: whoever calls again tries again. One that
            # ended its worker would end this process, so that failure stays.
            if found["kind"] == "failure" and key not in self._lost:
                del self._here[key]
            return found
        kept = self._store.get(key) if self._store else None
        return kept and {"kind": "python", "text": kept[0], "buffers": kept[1]}

    def put(self, key: str, text: str, buffers: list) -> None:
        parts = [bytes(part) for part in buffers]
        if self._store is None:
            self._here[key] = {"kind": "python", "text": text, "buffers": parts}
        else:
            self._store.put(key, text, parts)

    def called(self, text: str) -> None:
        calls = self._calls.get()
        if calls is not None:
            calls.append(json.loads(text))

    async def stage(self, request: dict) -> dict:
        """Gives a prepared call to the engine, unless its result is there."""
        key = request["key"]
        if key in self._tasks or self.is_known(key):
            return {"cached": key not in self._tasks}
        why = self._elsewhere.get(key)
        if self._engine is None:
            why = "This engine has no workers."
        elif request["type"] not in PYTHON_TYPES:
            why = f"Skills of the type {request['type']} have no workers here."
        if why:
            return {"why": why}
        task = Task(
            key, request["skill"], request["version"],
            _entries(request["skill"], request["version"]),
            request["text"], [bytes(part) for part in request["buffers"]],
        )  # fmt: skip
        self._tasks[key] = asyncio.ensure_future(self._compute(task))
        return {"cached": False}

    # What the run asks.

    def note_calls(self, calls: list[dict]) -> None:
        """Calls of this task, and of tasks that it starts, are told into this list."""
        self._calls.set(calls)

    def is_known(self, key: str) -> bool:
        """Whether a whole result is there: a damaged one is found out now, not later."""
        if key in self._here:
            return True
        return self._store is not None and self._store.get(key) is not None

    def task(self, key: str) -> asyncio.Future[Answer] | None:
        """The task of a call, while it is under way."""
        found = self._tasks.get(key)
        return None if found is None or found.done() else found

    @property
    def running(self) -> list[asyncio.Future[Answer]]:
        """All tasks under way."""
        return [task for task in self._tasks.values() if not task.done()]

    def cancel(self) -> None:
        """Gives up all tasks under way."""
        for task in self.running:
            task.cancel()

    async def _compute(self, task: Task) -> Answer:
        try:
            answer = await self._engine.run(task)
        except Exception as error:  # the engine itself: the connection to a cluster, say
            said = f"{type(error).__name__}: {error}"
            answer = failed(f'Skill "{task.skill}" came to no end in its worker: {said}.')
        if answer.get("why"):
            self._elsewhere[task.key] = answer["why"]
        elif "message" in answer:
            if answer.get("lost"):
                self._lost.add(task.key)
            self._here[task.key] = {"kind": "failure", **_packed(answer)}
        else:
            self.put(task.key, answer["text"], answer["buffers"])
            if self._store is not None and not self._store.has(task.key):
                # Too large for the store, or a disk that is full: this run has it all the same.
                self._here[task.key] = {"kind": "python", **_packed(answer)}
        self.computed[task.key] = answer["ms"]
        return answer


def _packed(answer: Answer) -> dict:
    return {"text": answer["text"], "buffers": answer["buffers"]}


def _entries(skill_id: str, version: str) -> list[dict]:
    """The skill and those that it calls, so that a worker needs no folder of skills."""
    index = _bridge.index()
    entry = index.find(skill_id, version)
    wanted = [entry, *(index.entry(name) for name in members(entry, index) if index.resolve(name))]
    return [item.raw for item in {id(each): each for each in wanted}.values()]
