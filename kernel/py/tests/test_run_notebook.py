"""``python -m llmos run``: outputs, cache, failures, parameters, Ctrl-C, as a process."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest

pytest.importorskip("IPython")
pytest.importorskip("yaml")

from run_notebooks import (
    Bell,
    cells_of,
    command,
    environment,
    run,
    text_of,
    traces_of,
    write_notebook,
    write_skill,
)

COUNTS = """import pathlib
def execute(inputs):
    with open(pathlib.Path(__file__).parent / "calls.txt", "a") as f:
        f.write("x")
    print("calling", inputs["x"])
    return {"y": inputs["x"] * 2}"""


def calls(folder) -> int:
    path = folder / "skills" / "calls.txt"
    return len(path.read_text()) if path.exists() else 0


def test_outputs_cache_and_trace(tmp_path):
    write_skill(tmp_path, "double", COUNTS)
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        "# Twice",
        "from llmos import skill\nd = await skill('double')(x=21)",
        "e = await skill('double')(x=d.y)",
        "print(e.y)\ne.y",
        session="s-1",
    )
    ended = run(notebook)
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stderr
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert cells["c2"]["outputs"][0]["text"] == "calling 21\n"
    assert cells["c2"]["outputs"][1]["data"]["text/plain"] == "y 42"
    assert text_of(cells["c4"]) == "84\n\n84"
    assert [cells[c]["execution_count"] for c in ("c2", "c3", "c4")] == [1, 2, 3]
    first = (tmp_path / "n.run.ipynb").read_bytes()
    assert calls(tmp_path) == 2
    assert run(notebook).returncode == 0
    assert calls(tmp_path) == 2
    assert (tmp_path / "n.run.ipynb").read_bytes() == first
    one, two = traces_of(tmp_path / "n.run.traces.jsonl")
    assert one["status"] == two["status"] == "success"
    assert (one["session"], one["user"], one["goal"]) == ("s-1", "ana", "Twice")
    nodes = {node["id"]: node for node in one["nodes"]}
    assert nodes["c2"]["outputs"]["y"] == {"type": "integer", "value": 42}
    assert nodes["c3"]["inputs"]["x"]["from"] == ["c2", "y"]
    assert nodes["c4"]["skill"] is None and nodes["c4"]["code"].startswith("sha256:")
    assert one["edges"] == [["c2", "y", "c3", "x"], ["c3", "y", "c4", "e"]]
    assert [n.get("cached") for n in one["nodes"]] == [False, False, None]
    assert [n.get("cached") for n in two["nodes"]] == [True, True, None]
    for file in (tmp_path / "cache").rglob("*.llmos"):
        file.write_bytes(file.read_bytes()[:-1])
    assert run(notebook).returncode == 0
    assert calls(tmp_path) == 4, "damaged results are computed again"
    assert run(notebook, "--no-cache").returncode == 0
    assert calls(tmp_path) == 6


def test_a_notebook_of_other_programs_runs(tmp_path):
    """Cells without an id beside one whose id is a number, and no metadata."""
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], **more}
        for source, more in [("x = 6", {"id": "1"}), ("y = 7", {}), ("print(x * y)", {})]
    ]
    notebook = tmp_path / "n.ipynb"
    notebook.write_text(
        json.dumps({"cells": cells, "metadata": None, "nbformat": 4, "nbformat_minor": 4})
    )
    ended = run(notebook)
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stderr
    written = json.loads((tmp_path / "n.run.ipynb").read_text())
    assert text_of(written["cells"][2]) == "42\n"
    assert traces_of(tmp_path / "n.run.traces.jsonl")[0]["status"] == "success"


def test_an_error_stops_only_what_depends_on_it(tmp_path):
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        "import math\nx = 1 / 0",
        "y = x + 1",
        "z = y",
        "print(math.pi)",
        "x = 5",
        "print(x)",
        "if",
    )
    ended = run(notebook, "-o", "out.ipynb")
    assert ended.returncode == 1
    assert "c1 failed: ZeroDivisionError: division by zero" in ended.stderr
    cells = cells_of(tmp_path / "out.ipynb")
    assert cells["c1"]["outputs"][0]["ename"] == "ZeroDivisionError"
    assert text_of(cells["c2"]) == "Not run: it needs `x` of cell c1, which gave none.\n"
    assert text_of(cells["c3"]) == "Not run: it needs `y` of cell c2, which gave none.\n"
    assert [text_of(cells[c])[:4] for c in ("c4", "c6")] == ["3.14", "5\n"]
    assert "SyntaxError" in str(cells["c7"]["outputs"])
    assert cells["c2"]["execution_count"] is None
    (trace,) = traces_of(tmp_path / "out.traces.jsonl")
    found = [node["status"] for node in trace["nodes"]]
    assert found == ["failed", "blocked", "blocked", "success", "success", "success", "failed"]
    assert trace["nodes"][0]["error"]["name"] == "ZeroDivisionError"


def test_errors_do_nothing_to_a_terminal(tmp_path):
    said = "a\x1b[2Jb\x9bc\rd\u202ee\u200ef\u061cg\u2028h\ti"
    notebook = write_notebook(tmp_path / "n.ipynb", f"raise ValueError({said!r})")
    ended = run(notebook)
    told = r"a\x1b[2Jb\x9bc\x0dd\u202ee\u200ef\u061cg\u2028h" + "\ti"
    assert f"llmos: c1 failed: ValueError: {told}\n" in ended.stderr


def test_parameters_change_the_cells(tmp_path):
    write_skill(
        tmp_path,
        "double",
        COUNTS,
        "  - { name: x, type: number }\n  - { name: s, type: string, default: a }",
    )
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        "from llmos import skill\nd = await skill('double')(x=21,  # twenty-one\n)",
        "e = await skill('double')((1))",
    )
    ended = run(notebook, "--param", "d.x=2.5", "--param", "c1.s=it's", "--param", "1.s=b")
    assert ended.returncode == 0, ended.stderr
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert 'x=2.5, s="it\'s",  # twenty-one' in cells["c1"]["source"]
    assert cells["c2"]["source"] == "e = await skill('double')((1), s='b')"
    assert "y 5" in text_of(cells["c1"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--param", "d.x"], "write CELL.INPUT=VALUE"),
        (["--param", "e.x=1"], 'There is no code cell "e"'),
        (["--param", "d.z=1"], 'Skill "double" has no input "z"'),
        (["--param", "d.x=many"], "expected number"),
        (["--param", "c2.x=1"], "calls no skill"),
        (["--param", 'd.s="x"y"'], 'Input "s": expected text'),
        (["--scheduler", "tcp://h:1"], "--scheduler is for --engine dask"),
        (["-o", "no/folder/out.ipynb"], "There is no folder"),
        (["-o", "skills"], "is a folder. Name a file in it."),
        (["--volume", "nowhere"], "which is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_runs(tmp_path, arguments, message):
    inputs = "  - { name: x, type: number, required: true }\n  - { name: s, type: string }"
    write_skill(tmp_path, "double", COUNTS, inputs)
    cell = "from llmos import skill\nd = await skill('double')(x=1)"
    ended = run(write_notebook(tmp_path / "n.ipynb", cell, "1"), *arguments)
    assert ended.returncode == 2
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert calls(tmp_path) == 0 and not (tmp_path / "n.run.ipynb").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"nbformat": 3, "worksheets": []}', "\x00"])
def test_what_is_no_notebook_is_named(tmp_path, text):
    path = tmp_path / "n.ipynb"
    path.write_text(text)
    ended = run(path)
    assert ended.returncode == 2 and "n.ipynb is no notebook" in ended.stderr
    assert run(tmp_path / "none.ipynb").returncode == 2


def test_a_workflow_file_is_no_notebook_but_can_become_one(tmp_path):
    path = tmp_path / "h2.workflow.json"
    path.write_text('{"v": 1, "name": "h2", "nodes": []}')
    ended = run(path)
    assert ended.returncode == 2
    assert f"llmos workflow convert {path} {tmp_path}/h2.ipynb" in ended.stderr


def test_the_help_says_that_notebooks_are_programs(tmp_path):
    ended = subprocess.run(
        command("run", "--help"), env=environment(tmp_path), capture_output=True, text=True
    )
    assert "run with all your rights" in ended.stdout


@pytest.mark.parametrize("waits", ["pass", "await asyncio.sleep(0)"])
def test_ctrl_c_leaves_what_is_done(tmp_path, waits):
    bell = Bell(tmp_path / "bell")
    # It computes: a signal just before a blocking call of the system is heard after that call.
    computes = (
        "import asyncio, os, time\nos.write(os.open('bell', os.O_WRONLY), b'x')\n"
        f"end = time.monotonic() + 60\nwhile time.monotonic() < end:\n    {waits}"
    )
    notebook = write_notebook(tmp_path / "n.ipynb", "x = 1\nprint(x)", computes, "y = 2")
    with subprocess.Popen(
        command("run", notebook), env=environment(tmp_path), cwd=tmp_path, stderr=subprocess.PIPE
    ) as process:
        bell.wait()
        bell.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        said = process.stderr.read()
    assert said == b"llmos: stopped: n.run.ipynb has what ran before.\n"
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert text_of(cells["c1"]) == "1\n"
    assert cells["c2"]["outputs"][-1]["ename"] == "KeyboardInterrupt"
    assert cells["c3"]["outputs"] == []
    (trace,) = traces_of(tmp_path / "n.run.traces.jsonl")
    assert [n["status"] for n in trace["nodes"]] == ["success", "cancelled", "cancelled"]
    assert trace["status"] == "cancelled"


INTERRUPTS_THE_LOOP = """import asyncio, os, signal
loop = asyncio.get_running_loop()
soon = loop.call_soon
def interrupted(*args, **options):
    loop.call_soon = soon
    os.kill(os.getpid(), signal.SIGINT)
    return soon(*args, **options)
loop.call_soon = interrupted
while True:
    await asyncio.sleep(0)"""


def test_ctrl_c_between_two_steps_of_a_cell_ends_it(tmp_path):
    """In the code of the event loop, where an exception would leave the run waiting."""
    notebook = write_notebook(tmp_path / "n.ipynb", INTERRUPTS_THE_LOOP, "y = 2")
    ended = run(notebook)
    assert ended.returncode == 130
    assert ended.stderr == "llmos: stopped: n.run.ipynb has what ran before.\n"
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert cells["c1"]["outputs"][-1]["ename"] == "KeyboardInterrupt"


def test_ctrl_c_while_the_notebook_is_written_leaves_it_whole(tmp_path):
    write_skill(tmp_path, "double", "def execute(i):\n    return {'y': i['x'] * 2}")
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTS_WRITING)
    cell = "from llmos import skill\na = await skill('double')(x=1)\nprint(a.y)"
    ended = run(write_notebook(tmp_path / "n.ipynb", cell), path=tmp_path)
    assert ended.returncode == 130
    assert "Traceback" not in ended.stderr
    assert text_of(cells_of(tmp_path / "n.run.ipynb")["c1"]).endswith("2\n")


INTERRUPTS_WRITING = """import os, signal
from llmos.run.notebook import Notebook
write = Notebook.write
def interrupted(self, path):
    os.kill(os.getpid(), signal.SIGINT)
    write(self, path)
Notebook.write = interrupted
"""


def test_runs_of_a_session_join_its_traces(tmp_path):
    (tmp_path / "session.json").write_text(json.dumps({"v": 1}))
    (tmp_path / "traces.jsonl").write_text('{"v":1}')
    assert run(write_notebook(tmp_path / "n.ipynb", "1")).returncode == 0
    assert len(traces_of(tmp_path / "traces.jsonl")) == 2


def test_cells_show_what_notebooks_show(tmp_path):
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        "from IPython.display import display\nd = display(1, display_id=True)\nd.update(2)",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "!echo hello",
        "input()",
        "import sys; sys.exit(3)",
        "%%bash\necho hi",
    )
    assert run(notebook, "-q").returncode == 1
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert text_of(cells["c1"]) == "2"
    assert cells["c2"]["outputs"][0]["data"]["image/png"].startswith("iVBOR")
    assert text_of(cells["c3"]).strip() == "hello"
    assert "write the value in the cell" in text_of(cells["c4"])
    assert cells["c5"]["outputs"][0]["ename"] == "SystemExit"
    assert text_of(cells["c6"]) == "hi\n"


def test_places_of_the_environment_may_be_relative(tmp_path):
    """They are seen from where the command was given, not from the notebook's folder."""
    write_skill(tmp_path / "volume", "double", "def execute(i):\n    return {'y': i['x'] * 2}")
    show = "import os\nprint(os.environ['LLMOS_CLI'], os.environ['LLMOS_SITE'])"
    call = "from llmos import skill\nd = await skill('double')(x=2)\nd.y"
    (tmp_path / "books").mkdir()
    notebook = write_notebook(tmp_path / "books" / "n.ipynb", call, show)
    places = {"LLMOS_VOLUMES_PATH": "volume", "LLMOS_CLI": "dist/cli.mjs", "LLMOS_SITE": "site"}
    ended = subprocess.run(
        command("run", notebook),
        env={**environment(tmp_path), **places},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    cells = cells_of(tmp_path / "books" / "n.run.ipynb")
    assert text_of(cells["c2"]) == f"{tmp_path}/dist/cli.mjs {tmp_path}/site\n"
