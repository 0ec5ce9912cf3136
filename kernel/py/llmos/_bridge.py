"""The border to the kernel worker: it sets, the rest of the package asks.

The worker calls, before any user code runs:

``set_index(json_text)``
    All executable skills, nearest volume first: a JSON list of entries, or
    ``{"entries": [...], "places": [...]}``. An entry is ``{ id, aliases, name,
    description, category, keywords, type, mode, pure, inputs, outputs, code, codeLine,
    version, volume, path, shadows }``. An id may come twice: the first wins, the later
    ones answer pinned calls. Parsed at the first look-up.
``set_runner(runner)``
    ``await runner(request)`` runs a skill that is not Python. ``request`` is a plain
    object ``{ id, version, type, path, inputs }``; the answer is ``{ outputs, bundle?,
    metadata?, stdout?, stderr? }``, or ``{ error: { name, message, traceback?, line? } }``.
    Both are data in the sense of structured clone (``_codec`` says which).
``set_reader(reader)``
    ``await reader(path)`` gives the bytes or text of a file beside a skill.
``set_loader(loader)``
    ``await loader(source)`` loads the packages that ``source`` imports and shows so.
    Without it Pyodide's own ``loadPackagesFromImports`` is used, silently.
``set_store(store)``
    The page's cache of results. ``await store.lookup(key)`` gives ``{ kind, text, buffers }``
    with ``kind`` ``python`` or ``failure``, or nothing; ``store.may_have(key)`` says without
    waiting whether that can be worth the while. ``store.put(key, text, buffers)``
    hands a result over. ``await store.stage(request)`` keeps a call for the pool, see
    ``_prepare``. ``store.called(json_text)`` tells of a call, where ``store.tells``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar

from ._index import Index

_text: str | None = None
_index: Index | None = None
runner: Callable | None = None
reader: Callable | None = None
loader: Callable | None = None
store: object | None = None

#: The index of a task in a worker outside the browser, where several may run side by side.
local_index: ContextVar[Index | None] = ContextVar("llmos_index", default=None)


def set_index(json_text: str) -> None:
    """Replaces the index; the text is parsed when it is first needed."""
    global _text, _index
    _text, _index = json_text, None


def set_runner(function: Callable | None) -> None:
    """Sets what runs JavaScript, Three.js and ngspice skills."""
    global runner
    runner = function


def set_reader(function: Callable | None) -> None:
    """Sets what reads files beside a skill."""
    global reader
    reader = function


def set_loader(function: Callable | None) -> None:
    """Sets what loads the packages that a skill's code imports."""
    global loader
    loader = function


def set_store(value: object | None) -> None:
    """Sets what keeps results of calls."""
    global store
    store = value


def put(key: str, text: str, buffers: list) -> None:
    """Hands a packed result to the page; does not wait."""
    from ._codec import to_other

    store.put(key, text, to_other(buffers))


def in_browser() -> bool:
    """True in Pyodide."""
    return sys.platform == "emscripten"


def index() -> Index:
    """The current index: what the worker set, else the skill folders of this machine."""
    global _index
    if _text is None:
        if in_browser():
            return Index([])
        own = local_index.get()
        if own is not None:
            return own
        from . import _native

        return _native.index()
    if _index is None:
        import json

        data = json.loads(_text)
        if isinstance(data, dict):
            earlier = data.get("earlier") or ()
            _index = Index(data["entries"], tuple(data.get("places") or ()), earlier)
        else:
            _index = Index(data)
    return _index
