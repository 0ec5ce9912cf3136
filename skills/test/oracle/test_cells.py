"""Definitions and uses of cells by CPython itself: the reference for `analyseCell`.

The reading of CPython's `ast` and `symtable` is `llmos.run.analysis`, by which native runs
draw their graph. Record the answers anew with

    .venv/bin/python skills/test/oracle/test_cells.py

(Python 3.11 or later, with IPython for the cells that need it). As a test, pytest checks
that the recorded answers are still what this Python says.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CELLS = HERE.parent / "fixtures" / "cells"
RECORDED = HERE.parent / "recorded" / "cells.json"
SEPARATOR = re.compile(r"^# ---.*\n", re.M)

sys.path.insert(0, str(HERE.parents[2] / "kernel" / "py"))

from llmos.run.analysis import analyse  # noqa: E402

Answer = dict[str, list[str]]


def answer(source: str) -> Answer:
    """What `analyseCell` must say of a cell that parses."""
    found = analyse(source)
    assert not found.incomplete, source
    return {name: list(getattr(found, name)) for name in ("defines", "uses", "mutates")}


def corpus() -> dict[str, list[str]]:
    """The cells of each fixture file, in order."""
    files = sorted(CELLS.glob("*.txt"))
    return {f.stem: SEPARATOR.split(f.read_text("utf8")) for f in files}


def answers() -> dict[str, list[Answer]]:
    return {topic: [answer(cell) for cell in cells] for topic, cells in corpus().items()}


def test_recorded_answers_are_what_python_says() -> None:
    import pytest

    pytest.importorskip("IPython", reason="cells with magics go through IPython")
    assert json.loads(RECORDED.read_text("utf8")) == answers()


if __name__ == "__main__":
    RECORDED.parent.mkdir(exist_ok=True)
    RECORDED.write_text(json.dumps(answers(), indent=1, ensure_ascii=False) + "\n", "utf8")
    print(f"{sum(map(len, corpus().values()))} cells recorded in {RECORDED.name}")
