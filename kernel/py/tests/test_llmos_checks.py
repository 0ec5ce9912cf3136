"""Checks of inputs: which values each port type takes, and what the messages say."""

from __future__ import annotations

import asyncio
import math

import pytest
from llmos_entries import make_entry

from llmos import SkillInputError, _index
from llmos._check import check_inputs

np = pytest.importorskip("numpy")


def check(value: object, kind: str, **port: object) -> object:
    entry = _index.Entry(make_entry("s", inputs=[{"name": "x", "type": kind, **port}]))
    return check_inputs(entry, (), {"x": value})["x"]


PNG = b"\x89PNG\r\n\x1a\n"
TABLE = [
    (
        "number",
        [1, 1.5, -0.0, math.inf, np.float32(1), np.int64(3), np.array(2.0)],
        ["1", True, None, 1j, [1]],
    ),
    (
        "integer",
        [0, 10**30, np.int8(3), np.array(2)],
        [1.0, 1.5, True, np.float64(1), np.bool_(True), "1"],
    ),
    ("string", ["", "x", np.str_("n")], [1, None, b"x", ["x"]]),
    ("boolean", [True, False, np.bool_(True)], [0, 1, "true", None]),
    ("object", [{}, {"a": 1}], [[], 1, "x", None]),
    (
        "array",
        [[], (1, 2), range(3), np.zeros((2, 2)), [{"a": 1}]],
        ["abc", {}, 1, np.float64(1), {1, 2}],
    ),
    (
        "array<number>",
        [[], [1, 2.5], (1,), np.arange(3), [np.float64(1)], range(2)],
        [["a"], [True], [1, None], np.zeros((2, 2)), np.array([1j]), np.array([True]), [[1]], "12"],
    ),
    (
        "image",
        ["data:image/png;base64,AA==", "<svg xmlns='x'/>", PNG, np.zeros((2, 2)), {"mime": "x"}],
        ["x", 1, b"x"],
    ),
    ("geometry", [{}], [[], "x"]),
    ("material", [{}], [1]),
    ("mesh", [{}], [1]),
    ("scene", [{}], [1]),
    ("circuit", [{}, "OPENQASM 3.0;"], [1, []]),
    ("table", [[{"a": 1}], {"a": [1, 2]}, []], [[1], {"a": 1}, "x"]),
    ("any", [1, None, object(), "x", [None]], []),
]


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, good, _ in TABLE for value in good]
)
def test_a_type_takes(kind, value):
    check(value, kind)


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, _, bad in TABLE for value in bad]
)
def test_a_type_refuses(kind, value):
    with pytest.raises(SkillInputError) as error:
        check(value, kind, required=True)
    text = str(error.value)
    assert text.startswith('Skill "s", input "x": expected ') and ", given " in text
    assert error.value.expected.startswith(kind)


def test_every_port_type_of_the_reference_is_in_the_table():
    from llmos._types import _TESTS

    assert {kind for kind, _, _ in TABLE} == set(_TESTS)


def test_pandas_values_are_tables_and_arrays():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1, 2]})
    assert check(frame, "table") is frame
    check(frame["a"], "array<number>", minimum=1)
    with pytest.raises(SkillInputError):
        check(frame["a"], "array<number>", minimum=2)


def test_numpy_scalars_become_python_numbers():
    assert type(check(np.int32(3), "integer")) is int
    assert type(check(np.float32(0.5), "number")) is float
    assert type(check(np.array(4), "number")) is int
    assert type(check(np.str_("a"), "string")) is str


def test_whole_and_fractional_numbers_stay_what_they_are():
    assert type(check(1, "number")) is int
    assert type(check(1.0, "number")) is float


@pytest.mark.parametrize(
    ("value", "kind", "port", "said"),
    [
        (0, "integer", {"minimum": 1, "maximum": 9}, "integer from 1 to 9, given 0 (integer)"),
        (0, "integer", {"minimum": 1}, "integer of at least 1, given 0"),
        (
            2.5,
            "number",
            {"maximum": 1, "unit": "V"},
            "number of at most 1 in V, given 2.5 (number)",
        ),
        (math.nan, "number", {"minimum": 0}, "given nan (number)"),
        ([1, 20], "array<number>", {"maximum": 9}, "of at most 9, given a list of 2"),
        (
            "adm",
            "string",
            {"enum": ["adam", "spsa"]},
            "one of 'adam', 'spsa', given 'adm' (string). Did you mean \"adam\"?",
        ),
        (True, "integer", {"enum": [1]}, "given True (boolean)"),
        (100.0, "integer", {}, "expected integer, given 100.0 (number). Write 100."),
        (2.5, "integer", {}, "Write int(…) or round(…)"),
        ("5", "number", {}, "given '5' (string). Write it without quotes."),
        (1, "boolean", {}, "Write True."),
        (5, "string", {}, "Put it in quotes."),
        (np.zeros((3, 4)), "array<number>", {}, "given a numpy array of float64, 3 x 4."),
        ([1, "b"], "array<number>", {}, "given a list of 2 that holds 'b' (string)."),
        ({"a": 1}, "number", {}, "given a dictionary with a."),
    ],
)
def test_messages_say_expected_and_given(value, kind, port, said):
    with pytest.raises(SkillInputError) as error:
        check(value, kind, **port)
    assert said in str(error.value)


def test_a_forgotten_await_is_pointed_out(library):
    from llmos import skill

    code = "def execute(inputs):\n    return {'y': 1}\n"
    library(make_entry("s", code, inputs=[{"name": "x", "type": "object"}]))

    async def use() -> None:
        with pytest.raises(SkillInputError, match="Write `await`"):
            skill("s")(x=skill("s")())

    asyncio.run(use())
    assert skill("s").sync(x=skill("s")()).y == 1, "where it can block, it runs"


def entry_of(*ports: dict) -> _index.Entry:
    return _index.Entry(make_entry("vqe", inputs=list(ports)))


def test_unknown_inputs_get_a_suggestion():
    entry = entry_of({"name": "iterations", "type": "integer"}, {"name": "seed", "type": "integer"})
    with pytest.raises(SkillInputError) as error:
        check_inputs(entry, (), {"iteration": 5})
    assert 'has no input "iteration". Did you mean "iterations"?' in str(error.value)
    assert "Its inputs: iterations, seed." in str(error.value)


def test_missing_inputs_say_what_they_are():
    port = {"name": "h", "type": "object", "required": True, "description": "Pauli sum"}
    with pytest.raises(SkillInputError) as error:
        check_inputs(entry_of(port), (), {})
    assert 'needs the input "h" (Pauli sum): expected object' in str(error.value)


def test_too_many_and_doubled_positions_are_refused():
    entry = entry_of({"name": "a", "type": "number"})
    with pytest.raises(SkillInputError, match=r"takes 1 input \(a\); 2 were given"):
        check_inputs(entry, (1, 2), {})
    with pytest.raises(SkillInputError, match='"a" is given twice'):
        check_inputs(entry, (1,), {"a": 2})


def test_none_stands_for_a_missing_optional_input_only():
    given = {"a": None}
    assert check_inputs(entry_of({"name": "a", "type": "number"}), (), given) == {}
    assert check_inputs(entry_of({"name": "a", "type": "any"}), (), given) == {"a": None}
    with pytest.raises(SkillInputError, match="given None"):
        check_inputs(entry_of({"name": "a", "type": "number", "default": 1}), (), given)


def test_inputs_come_in_declared_order():
    entry = entry_of({"name": "a", "type": "any", "default": 1}, {"name": "b", "type": "any"})
    assert list(check_inputs(entry, (), {"b": 1})) == ["a", "b"]
