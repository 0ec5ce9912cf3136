"""Fixtures for the tests of ``llmos`` and ``qiskit_lite``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


@pytest.fixture
def library() -> Iterator[Callable[..., None]]:
    """Sets the index of skills as the kernel does; the folders of this machine come back."""
    from llmos import _bridge

    def use(*entries: dict, places: tuple[str, ...] = ("user:", "system:")) -> None:
        _bridge.set_index(json.dumps({"entries": list(entries), "places": places}))

    yield use
    _bridge._text = None
    _bridge._index = None
    _bridge.set_runner(None)
    _bridge.set_reader(None)
    _bridge.set_loader(None)
