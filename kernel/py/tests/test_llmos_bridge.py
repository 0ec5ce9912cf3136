"""The border to other runtimes, and the data that crosses it."""

from __future__ import annotations

import asyncio

import pytest
from llmos_entries import make_entry

from llmos import SkillError, SkillInputError, _bridge, skill
from llmos._codec import has_buffers, prepare, restore

np = pytest.importorskip("numpy")
X = [{"name": "x", "type": "any"}]


def scene(**fields: object) -> dict:
    return make_entry(
        "js", type="javascript", inputs=X, outputs=[{"name": "y", "type": "any"}], **fields
    )


def answer_with(answer: object) -> list:
    seen: list = []

    async def runner(request: dict) -> object:
        seen.append(request)
        return answer

    _bridge.set_runner(runner)
    return seen


def call(value: object) -> object:
    async def run() -> object:
        return await skill("js")(value)

    return asyncio.run(run())


def test_a_request_says_skill_version_and_inputs(library, capsys):
    entry = scene()
    library(entry)
    seen = answer_with({"outputs": {"y": 2}, "bundle": {"text/plain": "two"}, "stdout": "hello\n"})
    result = call(1)
    assert seen == [
        {
            "id": "js",
            "version": entry["version"],
            "type": "javascript",
            "path": "system:skills/js.md",
            "inputs": {"x": 1},
        }
    ]
    assert result.y == 2 and result._repr_mimebundle_()["text/plain"] == "two"
    assert capsys.readouterr().out == "hello\n"


def test_a_preview_of_another_runtime_is_data_only(library):
    library(scene())
    scene_mime = "application/vnd.llmos.scene.v1+json"
    hostile = {"text/html": "<script>", "application/javascript": "alert(1)", scene_mime: {}}
    answer_with({"outputs": {"y": 1}, "bundle": hostile})
    assert set(call(1)._repr_mimebundle_()) == {scene_mime, "text/plain"}


def test_an_error_of_the_runtime_names_skill_and_line(library):
    library(scene())
    answer_with({"error": {"name": "TypeError", "message": "x is not a function", "line": 31}})
    with pytest.raises(SkillError) as caught:
        call(1)
    assert str(caught.value) == (
        'Skill "js" failed: TypeError: x is not a function (system:skills/js.md, line 31)'
    )
    assert (caught.value.raised_by, caught.value.line) == ("TypeError", 31)


def test_a_call_that_is_stopped_is_no_error_of_the_skill(library):
    library(scene())
    answer_with({"error": {"name": "KeyboardInterrupt", "message": "The call was stopped."}})
    with pytest.raises(KeyboardInterrupt, match="The call was stopped"):
        call(1)


def test_a_runner_that_fails_or_says_nothing_is_an_error(library):
    library(scene())

    async def broken(request: dict) -> object:
        raise RuntimeError("the worker is gone")

    _bridge.set_runner(broken)
    with pytest.raises(SkillError, match="the worker is gone"):
        call(1)
    answer_with(None)
    with pytest.raises(SkillError, match="gave no answer"):
        call(1)


def test_an_input_that_only_python_understands_is_named(library):
    library(scene())
    seen = answer_with({"outputs": {"y": 1}})
    with pytest.raises(SkillInputError, match=r"input x\.a\[1\] holds a object"):
        call({"a": [1, object()]})
    assert seen == []


def test_arrays_are_prepared_for_typed_arrays():
    same = np.arange(6.0)[::2]
    ready = prepare({"x": same}, "x")["x"]
    assert ready.flags.c_contiguous and ready.tolist() == same.tolist()
    assert prepare(np.arange(3, dtype="i8"), "x").dtype == np.float64
    assert prepare(np.array([2**60]), "x").dtype == np.int64
    assert prepare(np.arange(3, dtype="i4"), "x").dtype == np.int32
    assert prepare(np.arange(3, dtype=">f8"), "x").dtype.isnative
    assert prepare(np.array([1, 2], dtype="f2"), "x").dtype == np.float32
    assert prepare(np.array([True, False]), "x") == [True, False]
    assert prepare(np.array(["a"]), "x") == ["a"]
    assert prepare(np.zeros((2, 3)), "x").shape == (2, 3)
    parts = prepare(np.array([1 + 2j]), "x")
    assert parts["re"].tolist() == [1.0] and parts["im"].tolist() == [2.0]
    assert prepare((np.float64(1), 2j, None, range(2)), "x") == [
        1.0,
        {"re": 0.0, "im": 2.0},
        None,
        [0, 1],
    ]


def test_frames_become_rows():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    assert prepare(frame, "t") == [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
    assert prepare(frame["a"], "t").tolist() == [1, 2]


def test_buffers_come_back_as_arrays_without_a_copy():
    buffer = np.array([1.0, 2.0])
    view = memoryview(buffer)
    assert has_buffers({"a": [view]}) and not has_buffers({"a": [1]})
    back = restore({"a": [view]})["a"][0]
    buffer[0] = 9
    assert back.tolist() == [9.0, 2.0]
    both = restore({"re": memoryview(np.array([1.0])), "im": memoryview(np.array([2.0]))})
    assert both.tolist() == [1 + 2j]
    assert restore({"re": 1, "im": 2.5}) == 1 + 2.5j
    assert restore({"re": "a", "im": 1}) == {"re": "a", "im": 1}


def test_an_index_is_read_as_a_list_or_with_its_places(library):
    import json

    entry = scene()
    _bridge.set_index(json.dumps([entry]))
    assert skill("js").path == "system:skills/js.md"
    _bridge.set_index(json.dumps({"entries": [], "places": ["system"]}))
    with pytest.raises(SkillError, match="Looked in: system"):
        skill("js")
