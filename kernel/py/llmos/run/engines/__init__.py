"""What runs skill calls beside the client: processes of this machine, or a Dask cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

#: What a task gives: ``_pool.run``'s answer, with its time as ``ms``.
Answer = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One skill call with all that it needs, as data."""

    key: str
    skill: str
    version: str
    #: The skill's index entry and those of the skills that it calls.
    entries: list[dict]
    #: The packed inputs.
    text: str
    buffers: list[bytes]


class Engine(Protocol):
    """Runs tasks; those of a worker that is lost run again on another one."""

    #: How many tasks run at once.
    workers: int

    def warm(self, tasks: int) -> None:
        """Told before the first task how many may come: workers can start meanwhile."""

    async def run(self, task: Task) -> Answer:
        """The answer of a task; what its skill raises is an answer too."""

    def close(self) -> None:
        """Ends the workers that this engine has started; tasks under way are given up."""
