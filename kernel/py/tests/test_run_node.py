"""Skills that are not Python, in Node: data, errors, the cache, and what is missing."""

from __future__ import annotations

import math
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("IPython")
pytest.importorskip("yaml")
np = pytest.importorskip("numpy")

from llmos.run.wire import decode, encode
from run_notebooks import (
    cells_of,
    command,
    environment,
    run,
    text_of,
    traces_of,
    write_notebook,
    write_skill,
)

ROOT = Path(__file__).parents[3]
BUNDLE = ROOT / "skills" / "dist" / "llmos.mjs"
NGSPICE = ROOT / "lite" / "dist" / "llmos" / "sandbox" / "eecircuit-engine.mjs"
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not BUNDLE.is_file(), reason="no Node, or no command line"
)

ECHO = """function execute(inputs) {
  if (inputs.x === 3) {
    throw new RangeError('three');
  }
  console.log('in Node');
  return { y: [inputs.x, typeof inputs.x, new Float64Array([0.5, 2]), NaN, files] };
}"""
IMPORT = "from llmos import skill"


def test_data_goes_to_the_other_side_and_back():
    for value in (
        *(None, True, 0, -7, 2**53, 2**70, 0.5, math.inf, -math.inf, "π", b"\x00\xff", [], {}),
        {"$llmos": "number", "of": {"$llmos": 1}},
        {"a": [1, {"b": -0.0}]},
    ):
        back = decode(encode(value))
        if isinstance(value, bytes):
            assert back.tobytes() == value
        else:
            assert back == value
    assert math.isnan(decode(encode(math.nan)))
    assert math.copysign(1, decode(encode(-0.0))) == -1
    assert decode('{"$llmos":"undefined"}') is None
    for kind in ("i1", "u1", "i2", "u2", "i4", "u4", "f4", "f8", "i8", "u8"):
        array = np.array([0, 1, 100], kind)
        back = decode(encode({"a": array}))["a"]
        assert back.dtype == array.dtype and back.tolist() == array.tolist()
    grid = decode(encode(np.arange(6.0).reshape(2, 3)))
    assert [row.tolist() for row in grid] == [[0, 1, 2], [3, 4, 5]]
    with pytest.raises(ValueError):
        decode('{"$llmos":"pickle","of":""}')


def volume(tmp_path):
    write_skill(tmp_path, "echo", ECHO, type="javascript", language="javascript")
    (tmp_path / "skills" / "echo").mkdir()
    return tmp_path


@needs_node
def test_a_call_in_node_is_like_any_other(tmp_path):
    volume(tmp_path)
    write_skill(
        tmp_path,
        "cached",
        "function execute(inputs) { return { y: Date.now() + inputs.x }; }",
        type="javascript",
        language="javascript",
    )
    (tmp_path / "skills" / "echo" / "a.txt").write_text("hi")
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        IMPORT,
        "a = await skill('echo')(x=2)\nprint(a.y[:2], a.y[2], a.y[4]['a.txt'])",
        "b = await skill('echo')(x=3)",
        "c = await skill('cached')(x=1)\nc.y",
    )
    first = run(notebook)
    assert first.returncode == 1
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert "in Node\n" in text_of(cells["c2"])
    assert "[2, 'number'] [0.5 2. ] [104 105]" in text_of(cells["c2"])
    assert "RangeError: three" in text_of(cells["c3"])
    told = text_of(cells["c4"])
    assert run(notebook, "--engine", "processes").returncode == 1
    assert text_of(cells_of(tmp_path / "n.run.ipynb")["c4"]) == told
    _, trace = traces_of(tmp_path / "n.run.traces.jsonl")
    assert [node.get("cached") for node in trace["nodes"]] == [None, False, None, True]


@needs_node
@pytest.mark.skipif(not NGSPICE.is_file(), reason="the site has not been built")
@pytest.mark.parametrize("name", ["rc-filter", "three-scenes"])
def test_the_other_demo_notebooks_run(tmp_path, name):
    pytest.importorskip("PIL")
    notebook = tmp_path / f"{name}.ipynb"
    notebook.write_bytes((ROOT / "lite" / "notebooks" / notebook.name).read_bytes())
    ended = run(notebook)
    assert ended.returncode == 0, ended.stderr
    shown = str([cell.get("outputs") for cell in cells_of(tmp_path / f"{name}.run.ipynb").values()])
    mime = "circuit" if name == "rc-filter" else "scene"
    assert f"application/vnd.llmos.{mime}.v1+json" in shown


@pytest.mark.parametrize("missing", ["node", "command line"])
def test_what_is_missing_is_named(tmp_path, missing, monkeypatch):
    volume(tmp_path)
    if missing == "node":
        monkeypatch.setenv("PATH", str(tmp_path))
        message = "there is no program `node`: install Node 20 or newer"
    else:
        program = tmp_path / "node"
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("LLMOS_CLI", str(tmp_path / "none.mjs"))
        message = "set LLMOS_CLI to the skills/dist/llmos.mjs"
    notebook = write_notebook(tmp_path / "n.ipynb", IMPORT, "a = await skill('echo')()", "1")
    ended = run(notebook)
    assert ended.returncode == 1
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert message in text_of(cells["c2"])
    assert text_of(cells["c3"]) == "1"


@needs_node
def test_a_skill_that_never_ends_is_stopped_at_the_time_limit(tmp_path, monkeypatch):
    code = "function execute({ x }) { while (x > 0) {} return { y: x }; }"
    write_skill(tmp_path, "endless", code, type="javascript", language="javascript")
    calls = [f"a = await skill('endless')(x={x})" for x in (1, 0)]
    notebook = write_notebook(tmp_path / "n.ipynb", IMPORT, *calls)
    monkeypatch.setenv("LLMOS_CALL_SECONDS", "5")
    assert run(notebook).returncode == 1
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert 'Skill "endless" was stopped after 5 s, the time limit' in text_of(cells["c2"])
    assert "y 0" in text_of(cells["c3"])

    monkeypatch.setenv("LLMOS_CALL_SECONDS", "soon")
    run(notebook)
    told = text_of(cells_of(tmp_path / "n.run.ipynb")["c2"])
    assert "LLMOS_CALL_SECONDS is a number of seconds above 0, not 'soon'" in told


@needs_node
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_ctrl_c_ends_a_skill_that_never_ends(tmp_path):
    code = "function execute() { while (true) {} }"
    write_skill(tmp_path, "endless", code, type="javascript", language="javascript")
    call = "a = await skill('endless')(x=1)"
    notebook = write_notebook(tmp_path / "n.ipynb", IMPORT, call)
    with subprocess.Popen(
        command("run", notebook), env=environment(tmp_path), cwd=tmp_path, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + 60
        while not (below := calls_below(process.pid)):  # nothing in there can tell of itself
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.02)
        ends = [os.pidfd_open(pid) for pid in below]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    for end in ends:
        assert select.select([end], [], [], 30)[0], "a process was left"
        os.close(end)


def calls_below(ancestor: int) -> list[int]:
    """The processes below that answer calls."""
    below = children(ancestor)
    found = [*below, *(inner for pid in below for inner in calls_below(pid))]
    return [pid for pid in found if is_there(pid) and b"calls-of-llmos" in arguments(pid)]


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children") if is_there(pid) else ()
    return [int(child) for task in tasks for child in task.read_text().split()]


def arguments(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()
