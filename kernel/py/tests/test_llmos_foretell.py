"""What the kernel says of calls before a run: which of them the cache will answer."""

import asyncio
import json

import numpy as np
import pytest
from llmos import _bridge, _foretell, prepare, skill
from llmos_entries import make_entry as entry
from test_llmos_cached import Store

X = [{"name": "x", "type": "any"}]
Y = [{"name": "y", "type": "any"}]
DOUBLE = entry(
    "double",
    "def execute(inputs):\n    print('noise')\n    return {'y': inputs['x'] * 2}\n",
    inputs=X,
    outputs=Y,
)
DRAW = entry("draw", "def execute(inputs):\n    return {'y': 1}\n", outputs=Y, pure=False)
SCRIPT = entry("script", type="javascript", inputs=X, outputs=Y)


@pytest.fixture
def store(library):
    library(DOUBLE, DRAW, SCRIPT)
    store = Store()
    _bridge.set_store(store)
    yield store
    _bridge.set_store(None)


@pytest.fixture
def space(monkeypatch):
    """The notebook's variables."""
    space = {"skill": skill}
    monkeypatch.setattr(_foretell, "notebook", lambda: space)
    return space


def compute(name, **inputs):
    async def run():
        return await skill(name)(**inputs)

    return asyncio.run(run())


def foretell(*cells):
    answer = asyncio.run(_foretell.foretell(json.dumps(cells)))
    return json.loads(json.dumps(answer))["cached"]


def call(source, target=None):
    return {"source": source, "target": target}


def code(source, *binds):
    return {"source": source, "binds": binds}


CHAIN = (
    code("from llmos import skill\nn = 2 * 1.5", "skill", "n"),
    call('a = await skill("double")(x=n)', "a"),
    call('b = await skill("double")(x=a.y)', "b"),
    code("print(b.y)"),
    call('c = await skill("double")(x=[b.y])', "c"),
)


def test_a_chain_of_kept_results_is_followed_to_its_end(store, space, capsys):
    assert foretell(*CHAIN) == [False, False, None, False, None]
    for x in (3.0, 6.0):
        compute("double", x=x)
    capsys.readouterr()
    told = len(store.told)
    assert foretell(*CHAIN) == [False, True, True, False, False]
    compute("double", x=[12.0])
    capsys.readouterr()
    assert foretell(*CHAIN)[-1] is True
    # Nothing was shown, kept or bound.
    assert capsys.readouterr().out == ""
    assert (list(space), len(store.results)) == (["skill"], 3)
    assert len(store.told) == told + 1


def test_arrays_come_back_as_keys_need_them(store, space):
    compute("double", x=np.arange(3))
    compute("double", x=np.arange(3) * 2)
    space.update(np=np)
    first = call('a = await skill("double")(x=np.arange(3))', "a")
    assert foretell(first, call('await skill("double")(a.y)')) == [True, True]


def test_what_only_running_gives_is_not_known(store, space):
    space.update(n=1, f=lambda: 1)
    compute("double", x=1)
    using = call('a = await skill("double")(x=n)', "a")
    assert foretell(using) == [True]
    assert foretell(code("n = f()", "n"), using) == [False, None]
    assert foretell(code("n += 1", "n"), using) == [False, None]
    # The value in the kernel is that of another cell: this run sets it first.
    assert foretell(code("n = 5", "n"), using) == [False, False]


def test_the_second_of_two_equal_calls_is_answered(store, space):
    same = 'await skill("double")(x=7)'
    assert foretell(call(f"a = {same}", "a"), call(f"b = {same}", "b")) == [False, True]


def test_calls_that_are_never_kept_run(store, space):
    assert foretell(call('await skill("draw")()'), call('await skill("double")()')) == [
        False,
        False,
    ]


def test_other_runtimes_are_answered_by_the_page(store, space):
    async def runner(request):
        return {"outputs": {"y": 4}, "cached": True}

    _bridge.set_runner(runner)
    cells = (
        call('a = await skill("script")(x=1)', "a"),
        call('await skill("double")(x=a.y)'),
    )
    assert foretell(*cells) == [False, None]
    key = asyncio.run(prepare(cells[0]["source"], dict(space)))["key"]
    store.results[key] = {"kind": "data", "text": "", "buffers": []}
    compute("double", x=4)
    assert foretell(*cells) == [True, True]
