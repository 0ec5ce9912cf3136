"""Fixtures for the tests of ``llmos`` and ``qiskit_lite``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGES = str(Path(__file__).resolve().parents[1])
if PACKAGES not in sys.path:
    sys.path.insert(0, PACKAGES)

HEAD = {"type": "python-wasm", "codeLine": 1, "volume": "system", "inputs": [], "outputs": []}


def make_entry(skill_id: str, code: str = "", **fields: object) -> dict:
    """An index entry as the kernel sends it; the version depends on all of it."""
    from hashlib import sha256

    path = f"system:skills/{skill_id}.md"
    entry = {**HEAD, "id": skill_id, "code": code, "path": path, **fields}
    if "version" not in fields:
        text = json.dumps(entry, sort_keys=True).encode()
        entry["version"] = "sha256:" + sha256(text).hexdigest()
    return entry


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
