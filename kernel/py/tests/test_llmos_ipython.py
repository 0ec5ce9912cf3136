"""Previews under cells, completion and help, in a real IPython shell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from llmos_entries import make_entry

pytest.importorskip("IPython")

CODE = "def execute(inputs):\n    print('ran')\n    return {'y': inputs['x']}\n"
PORTS = {
    "inputs": [
        {"name": "x", "type": "number", "default": 1},
        {"name": "label", "type": "string", "default": ""},
    ],
    "outputs": [{"name": "y", "type": "number", "unit": "Ha"}],
}


@pytest.fixture
def shell(library) -> Iterator[object]:
    from IPython.core.interactiveshell import InteractiveShell

    from llmos import _skill

    nested = "async def execute(inputs):\n    return {**await skill('echo')(2)}\n"
    library(
        make_entry("echo", CODE, **PORTS),
        make_entry("outer", nested, outputs=PORTS["outputs"]),
        make_entry("scene", type="threejs"),
    )
    InteractiveShell.clear_instance()
    _skill._hooked = False
    shell = InteractiveShell.instance()
    shell.run_cell("from llmos import skill, skills\nfirst = skill('echo')")
    yield shell
    InteractiveShell.clear_instance()
    _skill._hooked = False


def shown(shell: object, cell: str) -> list[str]:
    """The `text/plain` of each display, and of the cell's result after `Out:`."""
    from IPython.utils.capture import capture_output

    with capture_output() as captured:
        result = shell.run_cell(cell, store_history=True)
    result.raise_error()
    texts = [output.data["text/plain"] for output in captured.outputs]
    if result.result is not None and "Out[" in captured.stdout:
        texts.append("Out: " + repr(result.result))
    return texts


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a = await skill('echo')(3)", ["y 3 Ha"]),
        ("a = await skill('echo')(3)\na", ["Out: y 3 Ha"]),
        ("await skill('echo')(3)", ["Out: y 3 Ha"]),
        ("a = await skill('echo')(3);", []),
        ("a = await skill('echo')(3);  # quiet", []),
        ("await skill('echo')(3);", []),
        ("a = await skill('echo', preview=False)(3)", []),
        ("a = await skill('echo')(3)\nb = await skill('echo')(a.y + 1)", ["y 3 Ha", "y 4 Ha"]),
        ("a = await skill('echo')((await skill('echo')(5)).y)", ["y 5 Ha", "y 5 Ha"]),
        ("(await skill('echo')(3)).y", ["y 3 Ha", "Out: 3"]),
        ("a = await skill('echo')(3)\na.y", ["y 3 Ha", "Out: 3"]),
        ("for i in range(3):\n    a = await skill('echo')(i)", []),
        ("all = [await skill('echo')(i) for i in range(3)]", []),
        ("if True:\n    a = await skill('echo')(3)", ["y 3 Ha"]),
        ("async def f():\n    return await skill('echo')(3)\na = await f()", []),
        ("a = await skill('outer')()", ["y 2 Ha"]),
        ("é = 'ü'; a = await skill('echo')(\n    x=3,\n    label='ß'\n)", ["y 3 Ha"]),
        (
            "import asyncio\na, b = await asyncio.gather(skill('echo')(1), skill('echo')(2))",
            ["y 1 Ha", "y 2 Ha"],
        ),
    ],
)
def test_a_cell_shows_each_preview_once(shell, cell, expected):
    assert shown(shell, cell) == expected


@pytest.mark.parametrize("broken", ["'data:image/png;base64,A'", "Drawn()"])
def test_a_preview_that_fails_leaves_the_value_to_the_cell(shell, library, broken):
    code = (
        "class Drawn:\n    def _repr_png_(self):\n        raise OSError('no ink')\n"
        f"def execute(inputs):\n    return {{'y': {broken}}}\n"
    )
    library(make_entry("bad", code, outputs=[{"name": "y", "type": "any"}]))
    (text,) = shown(shell, "a = await skill('bad')()")
    assert text.startswith("y: no preview, because of ")
    assert "a" in shell.user_ns


def test_what_a_skill_prints_appears_in_the_cell(shell):
    from IPython.utils.capture import capture_output

    with capture_output() as captured:
        shell.run_cell("a = await skill('echo')(3)")
    assert captured.stdout == "ran\n"


def test_a_traceback_shows_the_cell_and_the_skill_only(shell, library):
    import re

    from IPython.utils.capture import capture_output

    code = "def execute(inputs):\n    return 1 / 0\n"
    library(make_entry("broken", code, codeLine=15))
    with capture_output() as captured:
        shell.run_cell("await skill('broken')()")
    text = re.sub(r"\x1b\[[0-9;]*m", "", captured.stdout)
    assert "system:skills/broken.md:16, in execute(inputs)" in text
    assert "---> 16     return 1 / 0" in text
    assert "await skill('broken')()" in text
    assert "_call.py" not in text and "interactiveshell" not in text
    assert text.rstrip().endswith("(system:skills/broken.md, line 16)")


def completed(shell: object, text: str) -> set[str]:
    from IPython.core.completer import provisionalcompleter, rectify_completions

    with provisionalcompleter():
        found = list(shell.Completer.completions(text, len(text)))
        found = list(rectify_completions(text, found))
    return {text[: c.start] + c.text for c in found}


def test_ids_are_completed_inside_the_quotes(shell):
    assert completed(shell, 'skill("ec') == {'skill("echo'}
    assert completed(shell, "a = await skill('") == {
        "a = await skill('echo",
        "a = await skill('outer",
        "a = await skill('scene",
    }
    assert completed(shell, 'skill("ute') == {'skill("outer'}


def test_inputs_are_completed_inside_the_call(shell):
    found = completed(shell, 'a = await skill("echo")(')
    assert found == {'a = await skill("echo")(x=', 'a = await skill("echo")(label='}
    found = completed(shell, "await skill('echo')(x=(1, 2), la")
    assert "await skill('echo')(x=(1, 2), label=" in found


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('skill("echo")(x=', (None, "", [])),
        ('skill("echo")(x=f(1, ', (None, "", [])),
        ('skill("echo")(x=")", ', ("input", "", ["label="])),
        ('skill("echo")("text, ', (None, "", [])),
        ('skill("echo")(x=1)', (None, "", [])),
        ('skill("echo")(x=1); skill("outer")(', ("input", "", [])),
        ('skill("nothing")(', (None, "", [])),
        ('skill("echo").sync(l', ("input", "l", ["label="])),
        ('skill("echo", preview=False)(l', ("input", "l", ["label="])),
        ("print('x', ", (None, "", [])),
    ],
)
def test_completion_knows_where_it_is(shell, before, expected):
    from llmos._ipython import completions

    assert completions(before) == expected


def test_a_question_mark_shows_the_skill_s_help(shell):
    shell.run_cell('skill("echo")?')
    payload = shell.payload_manager.read_payload()
    assert 'await skill("echo")()' in payload[0]["data"]["text/plain"]


def test_inspection_inside_a_call_is_about_the_skill(shell):
    from llmos._ipython import entry_at, install

    code = 'a = await skill("echo")(x=value)'
    assert entry_at(code, code.index("echo") + 2).id == "echo"
    assert entry_at(code, code.index("x=") + 1).id == "echo"
    assert entry_at(code, len(code) - 1) is None, "the variable itself is meant"
    assert entry_at(code, 3) is None

    class Kernel:
        def inspect(self, code: str, cursor: int, detail: int) -> str:
            return "original"

    shell.kernel = Kernel()
    install(shell)
    assert shell.kernel.inspect(code, 3, 0) == "original"
    answer = shell.kernel.inspect(code, code.index("x="), 0)
    assert answer["found"] and "text/html" in answer["data"]


def test_a_skill_without_runtime_shows_no_preview(shell, monkeypatch):
    from llmos import SkillError

    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(SkillError, match="no program `node`"):
        shown(shell, "a = await skill('scene')()")
