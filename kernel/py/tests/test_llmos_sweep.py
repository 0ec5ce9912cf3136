"""The kernel's side of a sweep in the graph: points, keys, the cache, what fails."""

import asyncio
import json
import math

import numpy as np
import pytest
from llmos import _bridge, _sweep, skill, table
from llmos_entries import make_entry as entry
from test_llmos_cached import Store

X = [{"name": "x", "type": "number", "minimum": -100, "maximum": 100, "default": 1.0}]
SQUARE = entry(
    "square",
    "def execute(inputs):\n"
    "    print('noise')\n"
    "    if inputs['x'] == 13:\n"
    "        raise ValueError('unlucky')\n"
    "    return {'y': inputs['x'] ** 2, 'many': [1, 2], 'note': 'fine'}\n",
    inputs=[*X, {"name": "k", "type": "any", "default": 1}],
    outputs=[{"name": "y", "type": "number", "unit": "V"}, {"name": "many", "type": "array"}]
    + [{"name": "note", "type": "string"}],
)
NEXT = entry(
    "next",
    "def execute(inputs):\n    return {'z': inputs['x'] + 1}\n",
    inputs=[{"name": "x", "type": "number"}],
    outputs=[{"name": "z", "type": "number"}],
)
OBJECT = entry(
    "object",
    "def execute(inputs):\n    return {'y': inputs['x']}\n",
    inputs=[*X, {"name": "what", "type": "any"}],
    outputs=[{"name": "y", "type": "number"}],
)

CALLS = [
    {
        "source": 'from llmos import skill\na = await skill("square")(x=2.0, k=k)',
        "target": "a",
        "callee": "skill",
        "axes": {"x": 0},
    },
    {"source": 'b = await skill("next")(x=a.y)', "target": "b", "callee": "skill", "axes": {}},
]


@pytest.fixture
def store(library):
    library(SQUARE, NEXT, OBJECT)
    store = Store()
    _bridge.set_store(store)
    yield store
    _bridge.set_store(None)


@pytest.fixture
def space(monkeypatch):
    """The notebook's variables."""
    space = {"k": 1}
    monkeypatch.setattr(_sweep, "notebook", lambda: space)
    return space


def begin(name="s", calls=CALLS):
    assert _sweep.begin(json.dumps({"name": name, "calls": calls})) == {"ok": True}


def advance(*points, name="s"):
    asked = [{"values": [value], "here": here} for value, here in points]
    answer = asyncio.run(_sweep.advance(json.dumps({"name": name, "points": asked})))
    return json.loads(json.dumps(answer))["points"]


def compute(name, **inputs):
    """What a worker does."""

    async def run():
        return await skill(name)(**inputs)

    return asyncio.run(run())


def test_a_point_waits_for_its_calls_one_after_the_other(store, space, capsys):
    begin()
    (first,) = advance(("3.0", 0))
    assert (first["at"], first["calls"]) == (0, [])
    assert store.staged[first["key"]]["skill"] == "square"
    compute("square", x=3.0, k=1)
    (second,) = advance(("3.0", 1))
    assert second["at"] == 1
    assert [call["skill"] for call in second["calls"]] == ["square"]
    compute("next", x=9.0)
    capsys.readouterr()
    (done,) = advance(("3.0", 2))
    assert done["row"] == {"a.y": 9.0, "a.note": "fine", "b.z": 10.0}
    square, following = done["calls"]
    assert square["inputs"]["x"] == {"type": "number", "value": 3.0}
    assert square["outputs"]["many"] == {"type": "array", "value": [1, 2]}
    assert (following["status"], following["version"]) == ("success", NEXT["version"])
    assert capsys.readouterr().out == ""


def test_what_the_cache_has_needs_no_worker(store, space):
    begin()
    for x in (1.0, 2.0):
        compute("square", x=x, k=1)
        compute("next", x=x**2)
    answers = advance(("1.0", 0), ("2.0", 0), ("2", 0))
    assert [answer.get("row", {}).get("b.z") for answer in answers] == [2.0, 5.0, None]
    # 2 and 2.0 have other keys.
    assert [key for key in store.staged if key not in store.results] == [answers[2]["key"]]


def test_a_failed_call_is_told_and_stops_no_other_point(store, space):
    begin()
    compute("square", x=1.0, k=1)
    compute("next", x=1.0)
    failed, refused, done = advance(("13.0", 1), ("1000.0", 0), ("1.0", 0))
    assert failed["error"]["name"] == "ValueError" and "unlucky" in failed["error"]["message"]
    assert failed["calls"][0]["status"] == "failed"
    assert "from -100 to 100" in refused["error"]["message"] and refused["calls"] == []
    assert done["row"]["b.z"] == 2.0


def test_what_only_this_kernel_has_is_said_and_run_here(store, space):
    space["thing"] = object()
    calls = [
        {
            "source": 'o = await s("object")(what=thing)',
            "target": "o",
            "callee": "s",
            "axes": {"x": 0},
        }
    ]
    begin(calls=calls)
    (answer,) = advance(("1.0", 0))
    assert answer["at"] == 0 and "object" in answer["error"]["message"]
    calls[0]["source"] = 'o = await s("object")(what=None)'
    begin(calls=calls)
    _bridge.store.stage = refuse
    (answer,) = advance(("1.0", 0))
    assert answer["why"] == "no room"
    (answer,) = advance(("1.0", 1))
    assert answer["row"] == {"o.y": 1.0}


async def refuse(request):
    return {"cached": False, "why": "no room"}


def test_points_see_the_variables_as_they_were(store, space):
    begin()
    space["k"] = 2
    (answer,) = advance(("3.0", 0))
    compute("square", x=3.0, k=1)
    (again,) = advance(("3.0", 0))
    assert again["at"] == 1 and "a" not in space
    begin(name="other")
    assert advance(("3.0", 0), name="other")[0]["key"] != answer["key"]


def test_a_sweep_that_is_not_known_is_lost(store, space):
    begin()
    assert _sweep.end("s") == {"ok": True}
    answer = asyncio.run(_sweep.advance(json.dumps({"name": "s", "points": []})))
    assert answer == {"lost": True}
    assert _sweep.end("s") == {"ok": True}


def test_answers_are_json_also_where_a_number_is_none(store, space, library):
    library(
        entry(
            "nan",
            "def execute(i):\n    return {'y': float('nan'), 'n': i['x']}\n",
            inputs=X,
            outputs=[{"name": "y", "type": "number"}, {"name": "n", "type": "number"}],
        )
    )
    call = {"source": 'n = await skill("nan")()', "target": "n", "callee": "skill"}
    begin(calls=[{**call, "axes": {"x": 0}}])
    (answer,) = advance(("2.0", 1))
    assert answer["row"] == {"n.y": None, "n.n": 2.0}
    text = repr(asyncio.run(_sweep.advance(json.dumps({"name": "s", "points": []}))))
    assert json.loads(text) == {"points": []}


def test_scalars_of_numpy_are_plain():
    found = _sweep.scalars({"a": np.float64(0.5), "b": np.arange(3), "c": "x\ny", "d": True})
    assert found == {"a": 0.5, "d": True} and type(found["a"]) is float


def test_a_table_shows_rows_that_lack_a_value():
    rows = [{"x": 1.0, "y <b>": 1 / 3}, {"x": 2.0, "error": "too large"}]
    bundle = table(rows, {"x": "m"})._repr_mimebundle_()
    assert bundle["text/plain"].split("\n") == [
        "x [m]         y <b>      error",
        "    1  0.3333333333",
        "    2                too large",
    ]
    assert "<th>y &lt;b&gt;</th>" in bundle["text/html"]
    assert "<td>0.3333333333</td><td></td></tr>" in bundle["text/html"]
    assert repr(table([])) == ""
    long = table([{"x": n} for n in range(1500)])._repr_mimebundle_()
    assert "500 more rows" in long["text/html"] and math.isfinite(len(long["text/plain"]))
