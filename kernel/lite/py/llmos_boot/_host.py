"""Hands the page's skills and answers to ``llmos`` when a cell first needs them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from . import _packages

_index_text: str | None = None
_given_text: str | None = None
_runner: Callable | None = None
_reader: Callable | None = None
_store: object | None = None
_offered = False
_connected = False


def offer_index(text: str) -> None:
    """Takes the skill index as JSON; nothing parses it before it is used."""
    global _index_text
    _index_text = text
    if _connected:
        _hand_over()


def connect_host(runner: Callable, reader: Callable, store: object) -> None:
    """Takes what runs skills of other runtimes, what reads files, what keeps results."""
    global _runner, _reader, _store, _offered
    _runner, _reader, _store = runner, reader, store
    _offered = True
    if _connected:
        _hand_over()


def tell_loading(*names: str) -> None:
    """Says which packages are being loaded for a call; without names, that they are there."""
    if _store is not None:
        _store.loading(*names)


async def _run(request: object) -> object:
    """The page's answer; a wait that is cancelled ends the run at the page too."""
    asked = _runner(request)
    try:
        return await asked.answer
    except BaseException:
        asked.cancel()
        raise


def _hand_over() -> None:
    global _connected, _given_text
    from llmos import _bridge

    if not _connected:
        _connected = True
        _bridge.set_runner(_run)
        _bridge.set_reader(_reader)
        _bridge.set_store(_store)
        _bridge.set_loader(_packages.load_for)
    if _index_text is not None and _index_text is not _given_text:
        _given_text = _index_text
        _bridge.set_index(_index_text)


def connect(code: str) -> None:
    """Connects ``llmos`` before code that may use it; importing it costs time.

    While a snapshot is made there is no page to connect with.
    """
    if _offered and not _connected and ("llmos" in code or "skill" in code or "llmos" in sys.modules):
        _hand_over()


def watch(shell: object) -> None:
    """Connects before completion and inspection too, which see only a cell's text."""
    for name in ("complete", "inspect"):
        _connect_before(shell.kernel, name)


def _connect_before(kernel: object, name: str) -> None:
    original = getattr(kernel, name)

    def connected(code: str, *rest: object) -> object:
        connect(code)
        return original(code, *rest)

    setattr(kernel, name, connected)
