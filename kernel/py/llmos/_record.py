"""What a skill prints and displays, noted so that a cached answer can show it again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

#: Characters of print-out that are noted; a call that prints more is not cached.
_LIMIT = 1_000_000


class Record:
    """What one call has shown, in its order, as data.

    ``events`` holds ``[stream, text]`` and ``["display", data, metadata, options]``.
    """

    __slots__ = ("_outer", "_size", "events", "passes")

    def __init__(self, outer: Record | None, passes: bool = True) -> None:
        """``passes``: whether what is shown also goes where it would go without a record."""
        self.events: list[list] = []
        self.passes = passes and (outer is None or outer.passes)
        self._outer = outer
        self._size = 0

    @property
    def is_whole(self) -> bool:
        """False when more was shown than is noted."""
        return self._size <= _LIMIT

    def add(self, *event: object) -> None:
        """Notes something shown, in the calls around this one too."""
        if self._outer is not None:
            self._outer.add(*event)
        text = event[1]
        self._size += len(text) if isinstance(text, str) else 1000
        if not self.is_whole:
            self.events.clear()
        elif self.events and isinstance(text, str) and self.events[-1][0] == event[0]:
            self.events[-1][1] += text
        else:
            self.events.append(list(event))


_current: ContextVar[Record | None] = ContextVar("llmos_record", default=None)
_active = 0
#: Workers of a cluster may run several calls, each in a thread of its own.
_lock = Lock()


class _Tee:
    """A stream that notes what is written for the running call, and passes it on."""

    def __init__(self, name: str, stream: object) -> None:
        self._name, self._stream = name, stream

    def write(self, text: str) -> object:
        record = _current.get()
        if record is not None:
            record.add(self._name, text)
            if not record.passes:
                return len(text)
        return self._stream.write(text)

    def writelines(self, lines: object) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@contextmanager
def recording(*, passes: bool = True) -> Iterator[Record]:
    """Notes what is shown in the ``with`` block, and in tasks that are started there."""
    record = Record(_current.get(), passes)
    token = _current.set(record)
    _begin()
    try:
        yield record
    finally:
        _current.reset(token)
        _end()


def _begin() -> None:
    global _active
    with _lock:
        _active += 1
        _install()


def _end() -> None:
    global _active
    with _lock:
        _active -= 1
        if not _active:
            _uninstall()


def _install() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and type(stream) is not _Tee:
            setattr(sys, name, _Tee(name, stream))
    publisher = _publisher()
    if publisher is not None and "publish" not in vars(publisher):
        publisher.publish = _noting(publisher.publish)


def _uninstall() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if type(stream) is _Tee:
            setattr(sys, name, stream._stream)
    publisher = _publisher()
    if publisher is not None and hasattr(vars(publisher).get("publish"), "llmos"):
        del publisher.publish


def _publisher() -> object | None:
    module = sys.modules.get("IPython.core.interactiveshell")
    shell = module.InteractiveShell._instance if module else None
    return getattr(shell, "display_pub", None)


def _noting(publish: Callable) -> Callable:
    def noted(data: dict, metadata: dict | None = None, **options: object) -> object:
        record = _current.get()
        if record is not None:
            record.add("display", data, metadata or {}, options)
            if not record.passes:
                return None
        return publish(data, metadata, **options)

    noted.llmos = True
    return noted


#: Named arguments with which something is displayed.
_OPTIONS = {"source", "transient", "update"}


def checked(events: object) -> list:
    """The same events; raises ``ValueError`` for what a record does not hold."""
    if type(events) is not list or not all(map(_is_event, events)):
        raise ValueError("this is no record of what a call has shown")
    return events


def _is_event(event: object) -> bool:
    match event:
        case ["stdout" | "stderr", str()]:
            return True
        case ["display", dict() as data, dict(), dict() as options]:
            return all(type(key) is str for key in data) and options.keys() <= _OPTIONS
    return False


def replay(events: list) -> None:
    """Shows again what a call has shown; takes events that are ``checked``."""
    for event in events:
        if event[0] == "display":
            publisher = _publisher()
            if publisher is not None:
                publisher.publish(event[1], event[2], **event[3])
        elif event[0] in ("stdout", "stderr"):
            getattr(sys, event[0]).write(event[1])
