"""The graph of native runs against the site's, over the recorded corpus of cells."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("IPython")

from llmos.run.analysis import analyse
from llmos.run.graph import build_graph

SKILLS = Path(__file__).parents[3] / "skills" / "test"
RECORDED = json.loads((SKILLS / "recorded" / "cells.json").read_text("utf8"))
CORPUS = {
    file.stem: re.split(r"^# ---.*\n", file.read_text("utf8"), flags=re.M)
    for file in (SKILLS / "fixtures" / "cells").glob("*.txt")
}


def test_the_corpus_is_whole():
    assert sum(map(len, CORPUS.values())) >= 1000
    assert RECORDED.keys() == CORPUS.keys()


@pytest.mark.parametrize("topic", sorted(CORPUS))
def test_cells_are_read_as_the_site_reads_them(topic):
    """``corpus.spec.ts`` holds the site's analysis to the same answers."""
    for cell, answer in zip(CORPUS[topic], RECORDED[topic], strict=True):
        found = analyse(cell)
        assert not found.incomplete, cell
        names = {name: list(getattr(found, name)) for name in answer}
        assert names == answer, cell


@pytest.mark.parametrize(
    "source",
    [
        "def f(a, a): pass",
        "x = 1\nglobal x",
        "nonlocal y",
        "x = " + " + ".join(["1"] * 1500),
        "x = " + "(" * 5000 + ")" * 5000,
        "x = '\0'",
    ],
)
def test_what_only_a_compiler_refuses_stops_no_run(source):
    analyse(source)
    assert build_graph([("a", source), ("b", "y = 1")]).cells["b"].binds == ("y",)


@pytest.mark.parametrize(
    ("source", "defines", "uses"),
    [
        ("x = a\ny = (\n", ["x"], ["a"]),
        ("y = (\nx = a\n", ["x"], ["a"]),
        ("x = a\nfor i in b\n    c\nz = d", ["x", "z"], ["a", "d"]),
        ("def f(:\n    return a\nx = b", ["x"], ["b"]),
        ("x = 'a", [], []),
        ("class A:\n    global g\n    g = a\n", ["A", "g"], ["a"]),
        ("%%bash\nx=1", [], []),
    ],
)
def test_half_typed_cells_keep_what_their_whole_statements_say(source, defines, uses):
    found = analyse(source)
    assert (list(found.defines), list(found.uses)) == (defines, uses)
