"""Calling skills: look-up, running, nesting, errors and tracebacks."""

from __future__ import annotations

import asyncio
import inspect
import io
import json
import pydoc
import traceback

import pytest
from llmos_entries import make_entry

from llmos import (
    Outputs,
    SkillError,
    SkillInputError,
    SkillNotFoundError,
    SkillOutputError,
    _bridge,
    skill,
    skills,
)

NUMBER = {"name": "x", "type": "number", "default": 2, "unit": "Ha", "description": "a value"}
DOUBLE = "def execute(inputs):\n    return {'y': inputs['x'] * 2}\n"
Y = [{"name": "y", "type": "number", "unit": "Ha"}]


def double(**fields: object) -> dict:
    return make_entry("double", DOUBLE, inputs=[NUMBER], outputs=Y, **fields)


def run(call: object) -> Outputs:
    async def wait() -> Outputs:
        return await call

    return asyncio.run(wait())


def test_a_skill_is_called_by_name_by_position_and_with_defaults(library):
    library(double())
    assert run(skill("double")(x=3)).y == 6
    assert run(skill("double")(4))["y"] == 8
    assert run(skill("double")()).y == 4


def test_an_alias_finds_the_skill(library):
    library(double(aliases=["double-node"]))
    assert skill("double-node").id == "double"
    assert run(skill("double-node")(1)).y == 2


def test_an_unknown_id_names_close_ones_and_where_was_looked(library):
    library(double())
    with pytest.raises(SkillNotFoundError) as error:
        skill("duoble")
    assert 'Did you mean "double"?' in str(error.value)
    assert "Looked in: user:, system:" in str(error.value)


def test_the_nearer_volume_wins_and_a_pin_reaches_the_farther_one(library):
    near = double(volume="user", path="user:skills/double.md")
    near["code"] = "def execute(inputs):\n    return {'y': -1}\n"
    near["version"] = "sha256:" + "a" * 64
    far = double(version="sha256:" + "b" * 64)
    library(near, far)
    assert run(skill("double")()).y == -1
    assert run(skill("double", version="sha256:" + "b" * 64)()).y == 4
    assert run(skill("double", version="bbbbbbbb")()).y == 4
    with pytest.raises(SkillNotFoundError, match="pinned to sha256:cccc"):
        skill("double", version="sha256:cccc")


def test_a_pin_reaches_versions_of_before_which_nothing_else_does():
    now = double(version="sha256:" + "a" * 64)
    before = double(version="sha256:" + "b" * 64)
    before["code"] = "def execute(inputs):\n    return {'y': -1}\n"
    gone = {**before, "id": "gone"}
    _bridge.set_index(json.dumps({"entries": [now], "places": [], "earlier": [before, gone]}))
    assert run(skill("double")()).y == 4
    assert run(skill("double", version="bbbbbbbb")()).y == -1
    assert run(skill("gone", version="bbbbbbbb")()).y == -1
    with pytest.raises(SkillNotFoundError, match="Evolution panel"):
        skill("double", version="sha256:cccccccc")
    with pytest.raises(SkillNotFoundError):
        skill("gone")


def test_an_edited_skill_is_used_by_the_next_call(library):
    library(double())
    held = skill("double")
    assert run(held(1)).y == 2
    library(make_entry("double", DOUBLE.replace("* 2", "* 3"), inputs=[NUMBER], outputs=Y))
    assert run(held(1)).y == 3


def test_execute_may_be_async_and_call_other_skills(library):
    outer = make_entry(
        "outer",
        "from llmos import skill\n"
        "async def execute(inputs):\n"
        "    inner = await skill('double')(inputs['x'])\n"
        "    return {'y': inner.y + 1}\n",
        inputs=[NUMBER],
        outputs=Y,
    )
    library(double(), outer)
    assert run(skill("outer")(5)).y == 11


@pytest.mark.parametrize(
    "code",
    [
        "result = {'y': inputs['x'] * 2}\n",
        "inner = await skill('double')(x=inputs['x'])\nresult = {'y': inner.y}\n",
    ],
    ids=["global inputs and result", "await at the top level"],
)
def test_older_shapes_run(library, code):
    library(double(), make_entry("old", code, inputs=[NUMBER], outputs=Y))
    assert run(skill("old")(3)).y == 6


def test_each_call_has_a_namespace_of_its_own(library):
    code = (
        "from __future__ import annotations\n"
        "from dataclasses import dataclass\n"
        "@dataclass\nclass Point:\n    x: float\n"
        "seen = []\n"
        "def execute(inputs):\n"
        "    seen.append(Point(1.0))\n"
        "    return {'y': len(seen)}\n"
    )
    library(make_entry("count", code, outputs=Y))
    assert [run(skill("count")()).y for _ in range(3)] == [1, 1, 1]


def test_a_skill_cannot_change_its_caller_s_values(library):
    code = (
        "def execute(inputs):\n"
        "    inputs['data']['rows'].append(1)\n"
        "    inputs['data']['array'][0] = 9\n"
        "    return {}\n"
    )
    library(make_entry("greedy", code, inputs=[{"name": "data", "type": "object"}]))
    numpy = pytest.importorskip("numpy")
    data = {"rows": [], "array": numpy.zeros(2)}
    run(skill("greedy")(data))
    assert data["rows"] == [] and data["array"][0] == 0


def test_a_default_is_fresh_for_each_call(library):
    code = "def execute(inputs):\n    inputs['x'].append(1)\n    return {'y': len(inputs['x'])}\n"
    port = {"name": "x", "type": "array", "default": []}
    library(make_entry("grow", code, inputs=[port], outputs=Y))
    assert [run(skill("grow")()).y for _ in range(2)] == [1, 1]


def test_an_optional_input_without_default_is_left_out(library):
    code = "def execute(inputs):\n    return {'y': inputs.get('x', 7)}\n"
    library(make_entry("maybe", code, inputs=[{"name": "x", "type": "number"}], outputs=Y))
    assert run(skill("maybe")()).y == 7
    assert run(skill("maybe")(x=None)).y == 7


def test_an_error_shows_the_skill_s_file_and_its_real_line(library):
    code = "import math\n\ndef execute(inputs):\n    return {'y': math.sqrt(-1)}\n"
    library(make_entry("broken", code, outputs=Y, codeLine=21))
    with pytest.raises(SkillError) as caught:
        run(skill("broken")())
    error = caught.value
    assert 'Skill "broken" failed: ValueError' in str(error)
    assert "system:skills/broken.md, line 24" in str(error)
    assert (error.skill, error.line, error.raised_by) == ("broken", 24, "ValueError")
    cause = traceback.extract_tb(error.__cause__.__traceback__)
    assert [(frame.filename, frame.lineno, frame.line) for frame in cause] == [
        ("system:skills/broken.md", 24, "return {'y': math.sqrt(-1)}")
    ]


def test_an_error_of_a_nested_skill_names_both(library):
    inner = make_entry("inner", "def execute(inputs):\n    raise KeyError('k')\n")
    outer = make_entry("outer", "async def execute(inputs):\n    await skill('inner')()\n")
    library(inner, outer)
    with pytest.raises(SkillError) as caught:
        run(skill("outer")())
    assert "inner.md, line 2" in str(caught.value) and "outer.md, line 2" in str(caught.value)


def test_a_syntax_error_names_file_and_line(library):
    library(make_entry("typo", "def execute(inputs)\n    return {}\n", codeLine=10))
    with pytest.raises(SkillError, match=r"not valid Python.*typo\.md, line 10"):
        run(skill("typo")())


def test_a_skill_without_execute_says_what_to_write(library):
    library(make_entry("bare", "x = 1\n", outputs=Y))
    with pytest.raises(SkillError, match=r"neither execute\(inputs\) nor result"):
        run(skill("bare")())


def test_skills_that_call_themselves_are_ended(library):
    code = "async def execute(inputs):\n    return await skill('loop')()\n"
    library(make_entry("loop", code))
    with pytest.raises(SkillError, match="call each other more than"):
        run(skill("loop")())


def test_interrupts_pass_through_unwrapped(library):
    library(make_entry("stop", "def execute(inputs):\n    raise KeyboardInterrupt\n"))
    with pytest.raises(KeyboardInterrupt):
        run(skill("stop")())


def test_other_runtimes_are_named_when_missing(library, monkeypatch):
    from llmos import _bridge

    library(make_entry("scene", type="threejs"))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(SkillError, match="type threejs.*no program `node`"):
        run(skill("scene")())
    monkeypatch.setattr(_bridge, "in_browser", lambda: True)
    with pytest.raises(SkillError, match="type threejs.*no runtime"):
        run(skill("scene")())


def test_server_python_skills_run_natively(library):
    library(double(mode="server-python"))
    assert run(skill("double")(1)).y == 2


def test_server_python_skills_are_refused_in_the_browser(library, monkeypatch):
    from llmos import _bridge

    monkeypatch.setattr(_bridge, "in_browser", lambda: True)
    library(double(mode="server-python"))
    with pytest.raises(SkillError, match=r"python -m llmos"):
        run(skill("double")(1))


def test_a_call_without_await_explains_itself_inside_a_loop(library):
    library(double())

    async def use() -> None:
        call = skill("double")(1)
        assert 'await skill("double")' in repr(call)
        with pytest.raises(AttributeError, match="Write `await`"):
            _ = call.y
        with pytest.raises(TypeError, match="Write `await`"):
            _ = call["y"]
        assert (await call).y == 2
        assert (await call).y == 2, "awaiting again gives the same outputs"
        with pytest.raises(SkillError, match="Write `await`"):
            skill("double").sync(1)

    asyncio.run(use())


def test_plain_calls_work_where_the_platform_can_block(library):
    library(double())
    assert skill("double")(4).y == 8
    assert skill("double")(4)["y"] == 8
    assert skill("double").sync(4).y == 8


def test_calls_run_side_by_side(library):
    code = (
        "import asyncio\n"
        "async def execute(inputs):\n"
        "    await asyncio.sleep(0)\n"
        "    return {'y': inputs['x']}\n"
    )
    library(make_entry("wait", code, inputs=[NUMBER], outputs=Y))

    async def both() -> list:
        return await asyncio.gather(skill("wait")(1), skill("wait")(2))

    assert [result.y for result in asyncio.run(both())] == [1, 2]


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("{}", 'did not return "y"'),
        ("{'y': 1, 'z': 2}", 'returned "z", not declared'),
        ("{'y': 'one'}", "declared as number, returned 'one' \\(string\\)"),
        ("{'y': True}", "returned True \\(boolean\\)"),
        ("3", "returned 3 \\(integer\\); expected a dictionary"),
        ("None", "returned None; expected a dictionary"),
    ],
)
def test_outputs_are_checked(library, returned, message):
    library(make_entry("bad", f"def execute(inputs):\n    return {returned}\n", outputs=Y))
    with pytest.raises(SkillOutputError, match=message):
        run(skill("bad")())


def test_help_and_signature_come_from_the_ports(library):
    needed = {"name": "h", "type": "object", "required": True}
    odd = {"name": "lambda", "type": "number", "default": 1}
    library(make_entry("vqe", DOUBLE, name="VQE", inputs=[needed, NUMBER, odd], outputs=Y))
    held = skill("vqe")
    assert str(inspect.signature(held)) == "(h: 'object', x: 'number' = 2) -> 'Outputs'"
    text = pydoc.render_doc(held, renderer=pydoc.plaintext)
    assert "h: object (a dictionary), required" in text
    assert "x: number in Ha, default 2. a value" in text
    assert 'await skill("vqe")(h=…)' in text
    assert repr(held.inputs.x) == "x: number = 2 [Ha]"
    assert held.inputs["h"].required and held.inputs[0].name == "h"
    out = io.StringIO()
    pydoc.Helper(output=out).help(held)
    assert "VQE (vqe)" in out.getvalue()


def test_a_card_is_escaped(library):
    library(make_entry("x", name="<script>alert(1)</script>", description="<b>"))
    html = skill("x")._repr_html_() + skills()._repr_html_()
    assert "<script>" not in html and "<b>" not in html and "&lt;script&gt;" in html


def test_skills_lists_and_filters(library):
    library(double(keywords=["twice"]), make_entry("other"))
    assert [item.id for item in skills()] == ["double", "other"]
    assert [item.id for item in skills("TWI")] == ["double"]


def test_errors_carry_their_details_through_pickle(library):
    import pickle

    library(double())
    with pytest.raises(SkillInputError) as caught:
        skill("double")("two")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.skill, copy.input, copy.given) == ("double", "x", "two")
    assert str(copy) == str(caught.value)


def test_files_beside_a_skill_are_read_and_nothing_else(library):
    from llmos import _bridge

    async def reader(path: str) -> str:
        return f"content of {path}"

    library(double())
    _bridge.set_reader(reader)
    data = asyncio.run(skill("double").read("data/a.csv"))
    assert data == b"content of system:skills/double/data/a.csv"
    for name in ("../x", "/etc/passwd", "a/../../b", "user:x", ".git/config", "a\\b"):
        with pytest.raises(SkillError, match="no file beside"):
            asyncio.run(skill("double").read(name))


def test_a_stop_tells_the_lines_of_the_cell_and_none_of_a_skill():
    from llmos._traceback import of_cell, of_person

    scope: dict = {}
    skill_code = "def execute():\n    raise KeyboardInterrupt"
    exec(compile(skill_code, "system:skills/long.md", "exec"), scope)
    cell = compile("def mine():\n    execute()\n\nmine()", "<ipython-input-1>", "exec")
    with pytest.raises(KeyboardInterrupt) as caught:
        exec(cell, scope)
    trace = caught.value.__traceback__

    def names(step) -> list[str]:
        return [] if step is None else [step.tb_frame.f_code.co_name, *names(step.tb_next)]

    assert names(of_person(trace))[-2:] == ["mine", "execute"]
    assert names(of_cell(trace))[-2:] == ["<module>", "mine"]
