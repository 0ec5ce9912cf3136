"""Runs skills of the system library natively, through the same ``skill()`` as notebooks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "kernel" / "py"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """``run("plot-xy", y=[1, 2])``: the outputs; files go to a folder of this test."""
    from llmos import skill

    monkeypatch.delenv("LLMOS_VOLUMES_PATH", raising=False)
    monkeypatch.chdir(tmp_path)
    return lambda skill_id, **inputs: skill(skill_id).sync(**inputs)
