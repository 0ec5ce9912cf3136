"""``%%skill`` and the facts of variables, in a real IPython shell."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from llmos_entries import make_entry

pytest.importorskip("IPython")

CODE = "def execute(inputs):\n    return {'y': inputs['x'] / 2}\n"


@pytest.fixture
def shell(library) -> Iterator[object]:
    from IPython.core.interactiveshell import InteractiveShell

    from llmos import _skill

    y = {"name": "y", "type": "number"}
    library(make_entry("half", CODE, inputs=[{"name": "x", "type": "number"}], outputs=[y]))
    InteractiveShell.clear_instance()
    _skill._hooked = False
    shell = InteractiveShell.instance()
    shell.run_cell("from llmos import skill\nfirst = skill('half')")
    yield shell
    InteractiveShell.clear_instance()
    _skill._hooked = False


def test_the_cell_runs_as_without_the_magic(shell):
    cell = "%%skill my-step\nh = await skill('half')(x=3)\nz = h.y + 1"
    result = shell.run_cell(cell)
    result.raise_error()
    assert shell.user_ns["z"] == 2.5


def test_lines_of_tracebacks_stay(shell, capsys):
    result = shell.run_cell("%%skill\n\n1 / 0")
    assert isinstance(result.error_in_exec, ZeroDivisionError)
    assert result.error_in_exec.__traceback__.tb_next.tb_lineno == 3


def test_an_id_that_cannot_be_is_told_before_the_cell_runs(shell, capsys):
    shell.run_cell("%%skill My Step\nran = True")
    assert "ran" not in shell.user_ns
    printed = "".join(capsys.readouterr())
    assert "cannot be the id" in printed and "%%skill my-step" in printed


def test_the_magic_has_help(shell):
    assert "Make a skill of this cell" in shell.find_magic("skill", "cell").__doc__


def facts_of(shell: object, code: str, *names: str) -> dict:
    from llmos._describe import describe

    shell.run_cell(code).raise_error()
    answer = describe(names)
    assert json.loads(repr(answer)) == answer._repr_json_()
    return {name: answer[name] for name in names if name in answer}


@pytest.mark.parametrize(
    ("value", "form", "kind", "json_value"),
    [
        ("3", "plain", "integer", 3),
        ("2.5", "plain", "number", 2.5),
        ("2.0", "float", "number", 2.0),
        ("float('nan')", "plain", "number", None),
        ("True", "plain", "boolean", True),
        ("'a'", "plain", "string", "a"),
        ("None", "none", "any", None),
        ("[1, 2]", "plain", "array<number>", [1, 2]),
        ("[1.0, 2.5]", "floats", "array<number>", [1.0, 2.5]),
        ("[1, 2.0]", "plain", "array<number>", None),
        ("['a', None]", "plain", "array", ["a", None]),
        ("(1, 2)", "tuple", "array<number>", [1, 2]),
        ("{3, 1}", "set", "array<number>", [1, 3]),
        ("{'a': [1]}", "plain", "object", {"a": [1]}),
        ("{1: 2}", "plain", "object", None),
        ("list(range(9999))", "plain", "array<number>", None),
        ("2**70", "plain", "integer", None),
        ("object()", "plain", "any", None),
    ],
)
def test_values(shell, value, form, kind, json_value):
    found = facts_of(shell, f"v = {value}", "v")["v"]
    assert (found["kind"], found["form"], found["type"]) == ("value", form, kind)
    assert found.get("value") == json_value


def test_code_and_where_it_comes_from(shell):
    code = "import math as m, json\nfrom os.path import join as j\nf = lambda: 1\nclass C: pass"
    found = facts_of(shell, code, "m", "json", "j", "f", "C", "nothing")
    assert all(fact["kind"] == "code" for fact in found.values())
    assert [found[n].get("importLine") for n in ("m", "json", "f", "C")] == [
        "import math as m",
        "import json",
        None,
        None,
    ]
    assert found["j"]["importLine"].endswith("import join as j")
    assert "nothing" not in found


def test_arrays_and_outputs(shell):
    pytest.importorskip("numpy")
    code = "import numpy as np\na = np.array([1, 2], dtype='int32')\nb = np.zeros((2, 2))\n"
    found = facts_of(shell, code + "h = await skill('half')(x=3)\ns = np.float64(2)", *"abhs")
    assert found["a"] == {
        "kind": "value",
        "form": "array",
        "type": "array<number>",
        "dtype": "int32",
        "value": [1, 2],
    }
    assert found["b"]["type"] == "array" and found["b"]["value"] == [[0, 0], [0, 0]]
    assert found["s"] == {"kind": "value", "form": "float", "type": "number", "value": 2.0}
    assert found["h"]["form"] == "outputs"
    assert found["h"]["members"]["y"]["value"] == 1.5
