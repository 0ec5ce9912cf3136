"""Cached calls give what computed ones give: values, preview, print-out, errors."""

import asyncio
import json
import math
import random
import re
from collections import defaultdict, namedtuple
from types import SimpleNamespace

import numpy as np
import pytest
from llmos import Outputs, SkillError, _bridge, _pool, _traced, prepare, skill
from llmos._pack import Unpackable, modules_of, pack, unpack
from llmos_entries import make_entry as entry

pd = pytest.importorskip("pandas")

ANY = [{"name": "x", "type": "any"}]
OUT = [{"name": "y", "type": "any", "unit": "V"}]

DOUBLE = entry(
    "double",
    "def execute(inputs):\n    print('doubling', inputs['x'])\n    return {'y': inputs['x'] * 2}\n",
    inputs=ANY,
    outputs=OUT,
)
FAILS = entry("fails", "def execute(inputs):\n    print('before')\n    return 1 / 0\n")
OUTER = entry(
    "outer",
    "async def execute(inputs):\n    return {'y': (await skill('double')(x=4)).y}\n",
    outputs=OUT,
)
OBJECT = entry("object", "def execute(inputs):\n    return {'y': object()}\n", outputs=OUT)
IMPURE = entry("impure", "def execute(inputs):\n    return {'y': 1}\n", outputs=OUT, pure=False)
EMPTY = entry(
    "empty", "def execute(inputs):\n    return {'y': 1}\n", inputs=ANY, outputs=OUT
)


class Store:
    """The page's cache and pool, in memory."""

    tells = True

    def __init__(self):
        self.results, self.failures, self.staged, self.told = {}, {}, {}, []

    def may_have(self, key):
        return key in self.results or key in self.failures

    async def lookup(self, key):
        return self.failures.pop(key, None) or self.results.get(key)

    def put(self, key, text, buffers):
        copies = [memoryview(bytes(part)) for part in buffers]
        self.results[key] = {"kind": "python", "text": text, "buffers": copies}

    async def stage(self, request):
        self.staged[request["key"]] = request
        return {"cached": request["key"] in self.results}

    def called(self, text):
        self.told.append(json.loads(text))


@pytest.fixture
def store(library):
    library(DOUBLE, FAILS, OUTER, OBJECT, IMPURE, EMPTY)
    store = Store()
    _bridge.set_store(store)
    yield store
    _bridge.set_store(None)


def call(name, **inputs):
    async def run():
        return await skill(name)(**inputs)

    return asyncio.run(run())


def same(one, two):
    """Equal in type, dtype, layout and value; NaN equals itself."""
    assert type(one) is type(two)
    if isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (two.dtype, two.shape)
        assert one.flags.f_contiguous == two.flags.f_contiguous
        if one.dtype.kind == "O":
            [same(a, b) for a, b in zip(one.ravel(), two.ravel(), strict=True)]
        else:
            assert one.tobytes() == two.tobytes()
    elif isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, two, check_exact=True)
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, two, check_exact=True)
    elif isinstance(one, dict):
        assert list(one) == list(two)
        [same(one[key], two[key]) for key in one]
    elif isinstance(one, (list, tuple)):
        assert len(one) == len(two)
        [same(a, b) for a, b in zip(one, two, strict=True)]
    elif isinstance(one, float) and math.isnan(one):
        assert math.isnan(two)
    elif isinstance(one, float):
        assert (one, math.copysign(1, one)) == (two, math.copysign(1, two))
    else:
        assert one == two


def some_value(rng, depth=0):
    """A value as skills give them, of any kind."""
    simple = [
        lambda: None,
        lambda: rng.random() < 0.5,
        lambda: rng.randint(-(10**20), 10**20),
        lambda: rng.choice([0.0, -0.0, math.nan, math.inf, -math.inf, 1e-320, rng.random()]),
        lambda: complex(rng.random(), -0.0),
        lambda: rng.choice(["", "$array", "ä€😀", "\ud800", "a\nb"]),
        lambda: rng.randbytes(rng.randint(0, 9)),
        lambda: bytearray(b"ab"),
        lambda: range(rng.randint(0, 5), 9, 2),
        lambda: np.float32(rng.random()),
        lambda: np.array(
            np.random.default_rng(rng.randint(0, 99)).normal(size=(rng.randint(0, 3), 2, 3)),
            dtype=rng.choice(["f4", ">f8", "i8", "u1", "c16", "?"]),
            order=rng.choice("CF"),
        ),
        lambda: np.array(["a", "bcd"]),
        lambda: np.array(["2020-01-01", "NaT"], "M8[D]"),
        lambda: np.array([1, "a", None], object).reshape(3, 1),
        lambda: pd.DataFrame(
            {"a": [1, 2], "b": ["x", None], 3: [0.5, math.nan]}
        ).astype({"b": object}),
        lambda: pd.Series([1.0, 2.0], index=pd.Index(["p", "q"], dtype=object), name="s"),
    ]
    if depth > 2 or rng.random() < 0.6:
        return rng.choice(simple)()
    items = [some_value(rng, depth + 1) for _ in range(rng.randint(0, 4))]
    keys = ["a", "$x", "$array", 1, (1, 2), None]
    return rng.choice([items, tuple(items), dict(zip(rng.sample(keys, 4), items, strict=False))])


@pytest.mark.parametrize("seed", range(300))
def test_values_come_back_as_they_were(seed):
    value = some_value(random.Random(seed))
    text, parts = pack(value)
    back = unpack(text, [memoryview(part) for part in parts])
    same(value, back)


def test_arrays_that_come_back_can_be_changed():
    text, parts = pack(np.arange(3))
    back = unpack(text, parts)
    back[0] = 7
    assert unpack(text, parts)[0] == 0


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, [lambda: 1], np.ma.array([1]), pd.Categorical(["a"])]
)
def test_what_would_change_is_not_packed(value):
    with pytest.raises(Unpackable):
        pack(value)


def test_what_holds_itself_is_not_packed():
    value = []
    value.append(value)
    with pytest.raises(Unpackable):
        pack(value)


@pytest.mark.parametrize(
    "text",
    [
        *('{"$code": "x"}', '{"$array": 1}', '{"$array": ["|O", [1], "C", 0]}', "nonsense"),
        *('{"$array": ["O8", [1], "C", 0]}', '{"$array": ["O", [0], "C", 1]}'),
        *('{"$array": ["i8,O", [1], "C", 2]}', '{"$array": ["V8", [1], "C", 0]}'),
        *('{"$scalar": ["O", "0000000000000000"]}', '{"$scalar": ["i4,i4", "0000000000000000"]}'),
    ],
)
def test_foreign_texts_are_refused(text):
    with pytest.raises(ValueError):
        unpack(text, [b"12345678", b"", b"1234567812345678"])


def test_needed_modules_are_known_before():
    assert modules_of(pack({"y": 1})[0]) == []
    assert modules_of(pack({"y": np.arange(2)})[0]) == ["numpy"]
    assert modules_of(pack([pd.Series([1])])[0]) == ["numpy", "pandas"]


def test_a_second_call_is_answered_from_the_cache(store, capsys):
    first = call("double", x=np.array([1.5], "f4"))
    said = capsys.readouterr().out
    second = call("double", x=np.array([1.5], "f4"))
    assert capsys.readouterr().out == said == "doubling [1.5]\n"
    same(first.y, second.y)
    assert repr(first) == repr(second)
    assert first._repr_mimebundle_() == second._repr_mimebundle_()
    assert [told["cached"] for told in store.told] == [False, True]
    assert store.told[0]["key"] == store.told[1]["key"]


def test_the_answer_belongs_to_the_caller(store):
    call("double", x=[1]).y.append(9)
    assert call("double", x=[1]).y == [1, 1]


def test_nested_calls_are_cached_and_their_prints_kept(store, capsys):
    call("outer")
    assert len(store.results) == 2
    assert len(store.told) == 1, "calls inside skills are not told"
    capsys.readouterr()
    call("outer")
    assert capsys.readouterr().out == "doubling 4\n"


def test_impure_and_unkeepable_calls_run_each_time(store):
    call("impure")
    call("object")
    assert store.results == {}
    assert [told["key"] is None for told in store.told] == [True, False]


def test_an_input_without_a_key_does_not_fail_the_call(store):
    value = {}
    value["me"] = value
    store.tells = False  # so that only the key and the run meet the value
    for given in (10**5000, [10**5000], object()):
        assert call("empty", x=given).y == 1
    assert store.results == {}


@pytest.mark.parametrize("text", ["{}", "[]", "{", '{"values": {}, "bundle": {}, "events": []}'])
def test_a_damaged_entry_is_computed_again(store, text):
    call("double", x=1)
    (key,) = store.results
    store.put(key, text, [])
    assert call("double", x=1).y == 2
    assert json.loads(store.results[key]["text"])["values"] == {"y": 2}


@pytest.mark.parametrize(
    "event", ["x", [], ["stdout"], ["stdout", 1], ["display", 1, {}, {}], ["display", {}, {}, {"x": 1}]]
)
def test_an_entry_with_foreign_events_is_computed_again(store, capsys, event):
    call("double", x=1)
    capsys.readouterr()
    (key,) = store.results
    entry = json.loads(store.results[key]["text"])
    store.put(key, json.dumps({**entry, "events": [*entry["events"], event]}), [])
    assert call("double", x=1).y == 2
    assert capsys.readouterr().out == "doubling 1\n"


def test_errors_are_told_and_not_cached(store):
    with pytest.raises(SkillError):
        call("fails")
    assert store.results == {}
    (told,) = store.told
    assert told["status"] == "failed"
    assert told["error"]["name"] == "ZeroDivisionError"


def test_a_call_that_failed_in_the_pool_fails_alike_in_the_cell(store, capsys):
    with pytest.raises(SkillError) as own:
        call("fails")
    printed = capsys.readouterr().out
    failure = asyncio.run(_pool.run("fails", FAILS["version"], "{}", []))
    capsys.readouterr()
    assert failure["name"] == "ZeroDivisionError"
    store.failures[store.told[0]["key"]] = {"kind": "failure", **failure}
    with pytest.raises(SkillError) as again:
        call("fails")
    assert capsys.readouterr().out == printed == "before\n"
    assert str(again.value) == str(own.value)
    assert again.value.details == own.value.details
    cause = again.value.__cause__
    assert type(cause) is ZeroDivisionError
    assert cause.__traceback__.tb_lineno == own.value.line
    assert cause.__traceback__.tb_frame.f_code.co_filename == FAILS["path"]


def test_the_pool_gives_what_the_cell_needs(store, capsys):
    source = 'a = await skill("double")(x=n)'
    found = asyncio.run(prepare(source, {"skill": skill, "n": 21}))
    request = store.staged[found["key"]]
    result = asyncio.run(
        _pool.run("double", request["version"], request["text"], request["buffers"])
    )
    store.put(found["key"], result["text"], result["buffers"])
    capsys.readouterr()
    assert call("double", x=21).y == 42
    assert capsys.readouterr().out == "doubling 21\n"
    assert store.told[-1]["cached"] is True


def test_a_replay_runs_again_what_is_cached_and_gives_what_each_call_gave(store, capsys):
    import json
    import platform

    from llmos import _replay

    call("double", x=21)
    learned = entry(
        "learned",
        "async def execute(inputs):\n"
        '    a = await skill("double")(x=inputs["x"])\n'
        '    b = await skill("double")(x=a["y"])\n'
        '    return {"y": b["y"]}\n',
        inputs=[{"name": "x", "type": "any"}],
        outputs=OUT,
    )
    told, kept = len(store.told), dict(store.results)
    found = asyncio.run(_replay.replay(json.dumps(learned), '{"x": 21}'))
    calls = json.loads(found["text"])
    assert [each["outputs"]["y"]["value"] for each in calls] == [42, 84]
    assert [each["skill"] for each in calls] == ["double", "double"]
    assert [each["env"] for each in calls] == [{"python": platform.python_version()}] * 2
    assert (len(store.told), store.results) == (told, kept)
    wrong = asyncio.run(_replay.replay(json.dumps(learned), '{"z": 21}'))
    assert "z" in wrong["message"]
    assert call("double", x=21).y == 42
    assert store.told[-1]["cached"] is True


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("open('data.csv')", "files or packages"),
        ("import only_here", "files or packages"),
        ("try: import only_here\n    except ImportError: raise ValueError('no')", "files or packages"),
        ("return {'y': object()}", "objects of its own"),
        ("print('x' * 2_000_000); return {'y': 1}", "prints more"),
    ],
)
def test_what_a_worker_cannot_do_is_left_to_the_kernel(library, capsys, body, why):
    made = entry("there", f"def execute(inputs):\n    {body}\n", outputs=OUT)
    library(made)
    found = asyncio.run(_pool.run("there", made["version"], "{}", []))
    assert why in found["why"]
    assert found["holds"] == ("call" if "prints" in why else "version")


def prepared(source, **names):
    return asyncio.run(prepare(source, {"skill": skill, "np": np, **names}))


@pytest.mark.parametrize(
    "source",
    [
        'a = await skill("double")(x=1)',
        'from llmos import skill as s\na = await s("double")(x=1)',
        'import llmos\na = await llmos.skill("double")(x=1)',
        'import math\nx = math.sqrt(1)\na = (await skill("double")(x=int(x))).y',
        'a = await skill("double")(x=sum(i for i in range(2)))',
        'a = await skill("double")(1)\nprint(a)',
        'a = skill("double").sync(**{"x": n})',
        '"""About it."""\na = await d(x=box.items_[0])',
    ],
)
def test_inputs_are_evaluated(store, source):
    class Box:
        items_ = [1]

    found = prepared(source, n=1, box=Box, d=skill("double"))
    assert found["key"] == prepared('await skill("double")(x=1)')["key"]
    assert found["key"] in store.staged
    assert found == {**found, "skill": "double", "cached": False}
    assert json.loads(repr(found)) == found


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("x = 1", "no skill call"),
        ('await skill("double")(x=1); await skill("double")(x=2)', "several"),
        ('await skill("double")(x=f())', r"f\(\), which may have an effect"),
        ('await skill("double")(x=values.pop())', "may have an effect"),
        ('await skill("double")(x=list(lines))', "iterator"),
        ('await skill("double")(x=sorted(values, key=f))', "may have an effect"),
        ('await skill("double")(x=np.random.rand())', "may have an effect"),
        ('await skill("double")(x=(lambda: 1)())', "code that may have an effect"),
        ('await skill("double")(x=await g())', "code that may have an effect"),
        ('values.append(1)\nawait skill("double")(x=values)', "Line 1"),
        ('for i in range(3):\n    await skill("double")(x=i)', "larger expression"),
        ('f(await skill("double")(x=1))', "larger expression"),
        ('await skill("double")(x=unknown)', "not defined yet"),
        ('await skill("double")(x=1 / 0)', "ZeroDivisionError"),
        ('await skill("nothing")()', "no skill"),
        ('await skill("double")(z=1)', "no input"),
        ('await skill("impure")()', "not pure"),
        ('await skill("double")(x=skill("empty")(x=1))', "several"),
        ('await skill("double")(x=thing)', "no canonical form"),
        ("await skill(", "not valid Python"),
    ],
)
def test_what_may_have_an_effect_is_left_to_the_cell(store, source, why):
    values = [3, 1]
    found = prepared(
        source, f=values.clear, values=values, lines=iter("ab"), thing=object(), g=None
    )
    assert found["key"] is None
    assert re.search(why, found["why"])
    assert values == [3, 1]
    assert store.staged == {}


class Noisy:
    """Tells when any of its code runs."""

    plain = 3

    def __init__(self, log):
        self.log, self.stream, self.nested = log, iter("ab"), [self]

    def _ran(self, *_):
        self.log.append("ran")
        return 1

    __getattr__ = __getitem__ = __add__ = __radd__ = __format__ = __eq__ = __bool__ = _ran
    __float__ = __int__ = __len__ = __iter__ = _ran
    __hash__ = None
    field = property(_ran)


@pytest.mark.parametrize(
    "inner",
    [
        *("box.missing", "box.field", "box[0]", "box + 1", "1 + box", "f'{box}'", "box == 1"),
        *("not box", "box or 1", "1 if box else 2", "float(box)", "len(box)", "[*box]"),
        *("sum(box.stream)", "list(box.stream)", "box.nested == [1]", "str(box.nested)"),
        *("[x for x in box]", "[x + 1 for x in box.nested]", "box.nested[0].field", "{**box}"),
        *("counts['new']", "np.array(box.nested)", "np.sum(box.nested)", "sorted(box.nested)"),
        *("odd(1)", "[1 in box.nested]", "{'a': box}['a'].field", "box.nested.index(1)", "box"),
        *("[i for i in range(10**9)]", "zip([1], [2])", "(i for i in [1])"),
    ],
)
def test_no_code_of_the_notebook_runs_before_the_cell(store, inner):
    log, counts = [], defaultdict(lambda: log.append("ran"))
    box = Noisy(log)
    odd = np.frompyfunc(box._ran, 1, 1)
    found = prepared(f'await skill("double")(x={inner})', box=box, counts=counts, odd=odd)
    assert found["key"] is None
    assert found["why"]
    assert log == []
    assert not counts
    assert list(box.stream) == ["a", "b"]


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        ("box.plain", 3),
        ("p.x + p2.y", 3),
        ("frame['a'].sum", None),
        ("frame['a'] * 2", None),
        ("[a * 2 for a, b in zip([1, 2], [3, 4]) if b > 3]", [4]),
        ("{k: v for k, v in {'a': 1}.items()}", {"a": 1}),
        ("np.linspace(0, 1, 3).tolist()", [0.0, 0.5, 1.0]),
        ("f'{1.5:.2f}|{3!r:>{w}}'", "1.50|   3"),
        ("1 < w <= 4 and w is not None", True),
        ("[*range(2), -w]", [0, 1, -4]),
        ("'abc'.upper()[::-1]", "CBA"),
        ("max(x for x in [1, 5])", 5),
        ("len({1, 1}) or 3", 1),
        ("{'a': [1, {'b': w}]}['a'][1]['b']", 4),
        ("dict(a=w)", {"a": 4}),
        ("h.y[0] + h['y'][1]", 3),
    ],
)
def test_what_only_reads_is_evaluated(store, inner, value):
    names = {
        "box": Noisy([]),
        "p": namedtuple("P", "x y")(1, 2),
        "p2": SimpleNamespace(y=2),
        "frame": pd.DataFrame({"a": [1, 2]}),
        "h": Outputs("h", {"y": [1, 2]}),
        "w": 4,
    }
    found = prepared(f'await skill("double")(x={inner})', **names)
    if value is not None:
        assert found["key"] == prepared(f'await skill("double")(x={value!r})')["key"]
    assert found["key"] or "a method, which has no canonical form" in found["why"]


@pytest.mark.parametrize("value", [[0.5] * 2000, {"a": "x" * 2000}, np.arange(5000.0)])
def test_a_large_input_is_hashed_for_its_key_and_its_trace_alike(store, monkeypatch, value):
    expected = _traced.traced_value(value)
    canonical = _traced.canonical
    again = []
    monkeypatch.setattr(_traced, "canonical", lambda item: again.append(item) or canonical(item))
    call("empty", x=value)
    assert store.told[0]["inputs"]["x"] == expected
    assert again == [], "the form that the key was made of is used again"


def test_traced_values_are_whole_when_small():
    traced = _traced.traced_value
    assert traced(3) == {"type": "integer", "value": 3}
    assert traced(np.array([1.0, 2.0])) == {"type": "array<number>", "value": [1.0, 2.0]}
    assert traced({"a": [1, "b"]}) == {"type": "object", "value": {"a": [1, "b"]}}
    assert traced("x" * 1022)["value"] == "x" * 1022
    large = traced("x" * 1023)
    assert large["length"] == 1023
    assert large["hash"].startswith("sha256:")
    assert "value" not in traced([math.nan])
    array = traced(np.zeros((40, 40)))
    assert (array["shape"], array["length"]) == ([40, 40], 40)
    assert traced(object()) == {"type": "any"}
    assert traced(Outputs("a", {"y": 1})) == {"type": "object", "value": {"y": 1}}
