"""``--sweep``: points, their calls, the cache, a stop, and the cell that is added."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("IPython")
pytest.importorskip("yaml")
pytest.importorskip("PIL")  # what the chart's fallback is drawn with

from llmos._index import Port
from llmos.run.failure import RunError
from llmos.run.parameters import read_values
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

RECORDED = Path(__file__).parent / "recorded"

SQUARE = """import pathlib
def execute(inputs):
    if inputs["x"] == 13:
        raise ValueError("unlucky")
    with open(pathlib.Path(__file__).parent / "calls.txt", "a") as file:
        file.write("x")
    print("noise")
    return {"y": inputs["x"] ** 2, "note": "fine"}"""
NUMBER = "  - { name: x, type: number, default: 1.0, minimum: -100, maximum: 100 }"


def port(kind: str) -> Port:
    return Port({"name": "x", "type": kind})


def test_points_are_read():
    assert read_values("0:1:5", port("number")) == [0, 0.25, 0.5, 0.75, 1]
    assert read_values("1:0:3", port("number")) == [1, 0.5, 0]
    assert read_values("0.4:1.4:6", port("number")) == [0.4, 0.6, 0.8, 1, 1.2, 1.4]
    assert read_values("-0.1:0.2:4", port("number")) == [-0.1, 0, 0.1, 0.2]
    assert read_values("2:2:1", port("number")) == [2]
    assert read_values("1:3:5", port("integer")) == [1, 2, 2, 2, 3]
    assert read_values("1,2.5, 3", port("number")) == [1, 2.5, 3]
    assert read_values("a,b", port("string")) == ["a", "b"]
    assert read_values("[1, [2, 3]]", port("any")) == [1, [2, 3]]
    assert read_values("['a', 'b']", port("string")) == ["a", "b"]
    assert read_values("[1, None]", port("any")) == [1, None]
    assert read_values('["a:b:c"]', port("any")) == ["a:b:c"]
    assert read_values("a:b", port("any")) == ["a:b"]
    long = read_values("0.1:0.7:24", port("number"))
    assert (len(long), long[0], long[-1]) == (24, 0.1, 0.7)
    for wrong in ("0:1:0", "0:inf:3", "a:b:c", "0:1:9999999"):
        with pytest.raises(RunError):
            read_values(wrong, port("number"))
    for forgotten in ("0.4:2.5", "0.4:2.5:", "0:1:2:3", "a:b:c"):
        with pytest.raises(RunError, match="A:B:N"):
            read_values(forgotten, port("number"))
    assert read_values("a:b", port("string")) == ["a:b"]
    for kind in ("string", "any", "number"):
        with pytest.raises(RunError, match=r'Input "x": expected a list .*, found \[a,b\]'):
            read_values("[a,b]", port(kind))


def volume(tmp_path):
    code = SQUARE
    outputs = "outputs:\n  - { name: y, type: number, unit: V }\n  - { name: note, type: string }"
    path = write_skill(tmp_path, "square", code, NUMBER)
    path.write_text(path.read_text().replace("outputs:\n  - { name: y, type: any }", outputs))
    path = write_skill(tmp_path, "next", "def execute(i):\n    return {'y': i['x'] + 1}", NUMBER)
    path.write_text(path.read_text().replace("{ name: y, type: any }", "{ name: z, type: number }"))
    path.write_text(path.read_text().replace("'y'", "'z'"))
    return write_notebook(
        tmp_path / "n.ipynb",
        "from llmos import skill",
        "k = 1",
        "a = await skill('square')(x=2.0)",
        "b = await skill('next')(x=a.y)",
        "print(b.z)",
        "c = await skill('next')(x=k)",
    )


def calls(tmp_path) -> int:
    return len((tmp_path / "skills" / "calls.txt").read_text())


def rows(cell: dict) -> list[list[str]]:
    text = cell["outputs"][0]["data"]["text/plain"]
    return [line.split() for line in text.split("\n")]


@pytest.mark.parametrize("engine", ["local", "processes"])
def test_each_point_runs_the_call_and_those_below(tmp_path, engine):
    notebook = volume(tmp_path)
    arguments = ("--engine", engine, "--workers", 2)
    ended = run(notebook, "--sweep", "a.x=0:3:4", *arguments)
    assert ended.returncode == 0, ended.stderr
    told = "4 of 4 points ran, 0 of them from the cache, 1 computed before in this run."
    assert told in ended.stdout
    without = run(notebook, "--sweep", "a.x=2,5", "--no-cache", *arguments, "-o", "w.ipynb")
    assert "2 of 2 points ran, 0 of them from the cache, 1 computed before" in without.stdout
    (tmp_path / "skills" / "calls.txt").write_text("xxxx")
    assert "impure skills): c5" in ended.stdout
    assert calls(tmp_path) == 4
    cell = cells_of(tmp_path / "n.run.ipynb")["sweep-1"]
    assert rows(cell)[0] == ["x", "a.y", "[V]", "a.note", "b.z"]
    assert rows(cell)[1:] == [
        ["0", "0", "fine", "1"],
        ["1", "1", "fine", "2"],
        ["2", "4", "fine", "5"],
        ["3", "9", "fine", "10"],
    ]
    chart = cell["outputs"][1]["data"]
    assert {"application/vnd.vegalite.v5+json", "image/png", "text/plain"} <= chart.keys()
    assert "noise" not in str(cell["outputs"])
    _, *points = traces_of(tmp_path / "n.run.traces.jsonl")
    assert [trace["trigger"] for trace in points] == ["sweep"] * 4
    assert [trace["swept"] for trace in points] == [[["c3", "x"]]] * 4
    assert [len(trace["nodes"]) for trace in points] == [2] * 4
    assert points[3]["nodes"][0]["inputs"]["x"] == {"type": "number", "value": 3.0}
    assert points[3]["edges"] == [["c3", "y", "c4", "x"]]
    first = (tmp_path / "n.run.ipynb").read_bytes()
    again = run(notebook, "--sweep", "a.x=0:3:4", *arguments)
    assert "4 of 4 points ran, 4 of them from the cache." in again.stdout
    assert (tmp_path / "n.run.ipynb").read_bytes() == first
    more = run(notebook, "--sweep", "a.x=0,1,2,3,7", *arguments)
    assert "5 of 5 points ran, 4 of them from the cache." in more.stdout
    assert calls(tmp_path) == 5


def test_the_added_cell_gives_the_same_when_it_runs(tmp_path):
    notebook = volume(tmp_path)
    assert run(notebook, "--sweep", "a.x=0:3:4").returncode == 0
    swept = tmp_path / "n.run.ipynb"
    before = cells_of(swept)["sweep-1"]
    assert run(swept, "-o", "twice.ipynb").returncode == 0
    after = cells_of(tmp_path / "twice.ipynb")["sweep-1"]
    assert after["source"] == before["source"]
    table, chart = [output["data"] for output in before["outputs"]]
    # What the skill prints comes again too, point by point.
    shown = [output["data"] for output in after["outputs"] if "data" in output]
    assert shown == [table, chart]


def test_the_cell_that_the_site_adds_gives_what_the_command_line_gives(tmp_path):
    """The site's cell is held to the record by ``skills/test/workflow/sweep/native.spec.ts``."""
    recorded = json.loads((RECORDED / "sweep_cell.json").read_text())
    notebook = volume(tmp_path)
    ended = run(notebook, "--sweep", recorded["sweep"])
    assert ended.returncode == 0, ended.stderr
    ours = cells_of(tmp_path / "n.run.ipynb")["sweep-1"]
    # A line before the comment: else it were a heading to `write_notebook`.
    sources = [*recorded["cells"], "\n" + recorded["source"]]
    assert run(write_notebook(tmp_path / "site.ipynb", *sources)).returncode == 0
    site = cells_of(tmp_path / "site.run.ipynb")[f"c{len(sources)}"]
    shown = [output["data"] for output in site["outputs"] if "data" in output]
    assert shown == [output["data"] for output in ours["outputs"]]


def test_the_chart_of_several_sweeps_shows_what_depends_on_all(tmp_path):
    write_skill(tmp_path, "first", "def execute(i):\n    return {'y': i['x']}", NUMBER)
    code = "def execute(i):\n    return {'y': i['x'] * i['k']}"
    inputs = NUMBER + "\n  - { name: k, type: number, default: 1 }"
    path = write_skill(tmp_path, "second", code, inputs)
    path.write_text(path.read_text().replace("{ name: y, type: any }", "{ name: y, type: number }"))
    first = tmp_path / "skills" / "first.md"
    first.write_text(
        first.read_text().replace("{ name: y, type: any }", "{ name: y, type: number }")
    )
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        "from llmos import skill\na = await skill('first')()",
        "b = await skill('second')(x=a.y)",
    )
    ended = run(notebook, "--sweep", "a.x=1:4:4", "--sweep", "b.k=2,3")
    assert ended.returncode == 0, ended.stderr
    cell = cells_of(tmp_path / "n.run.ipynb")["sweep-1"]
    values = cell["outputs"][1]["data"]["application/vnd.vegalite.v5+json"]["data"]["values"]
    assert [row["y"] for row in values] == [2, 4, 6, 8, 3, 6, 9, 12]
    assert {row["series"] for row in values} == {"k=2.0", "k=3.0"}


def test_several_sweeps_give_all_pairs_and_a_failed_point_is_told(tmp_path):
    notebook = volume(tmp_path)
    ended = run(notebook, "--sweep", "a.x=1,13", "--sweep", "c.x=5,6,7")
    assert ended.returncode == 1
    assert '3 points of the sweep failed; the first: Skill "square" failed' in ended.stderr
    cell = cells_of(tmp_path / "n.run.ipynb")["sweep-1"]
    assert rows(cell)[0][:2] == ["a.x", "c.x"]
    assert [row[:2] for row in rows(cell)[1:]] == [["1", "5"], ["1", "6"], ["1", "7"]]
    assert "a.x=13.0, c.x=5.0: Skill" in text_of(cell)
    again = shown_again(tmp_path)
    assert [row[:2] for row in again[1:4]] == [["1", "5"], ["1", "6"], ["1", "7"]]
    assert [row[:2] for row in again[4:]] == [["13", "5"], ["13", "6"], ["13", "7"]]
    assert "error" in again[0] and "unlucky" in " ".join(again[4])


def shown_again(tmp_path) -> list[list[str]]:
    """The table that the added cell shows when the notebook is run again."""
    ended = run(tmp_path / "n.run.ipynb", "-o", "again.ipynb")
    assert ended.returncode == 0, ended.stderr
    outputs = cells_of(tmp_path / "again.ipynb")["sweep-1"]["outputs"]
    return rows({"outputs": [output for output in outputs if "data" in output]})


def test_the_added_cell_calls_skills_by_the_name_that_the_notebook_gives_them(tmp_path):
    volume(tmp_path)
    sources = ("from llmos import skill as s", "sweep = 2", "a = await s('square')(x=sweep)")
    ended = run(write_notebook(tmp_path / "n.ipynb", *sources), "--sweep", "a.x=1,13,3")
    assert ended.returncode == 1
    cells = cells_of(tmp_path / "n.run.ipynb")
    source = "".join(cells["sweep-1"]["source"])
    assert 'sweep_chart = await s("plot-xy")(' in source and "sweep_ = []" in source
    chart = cells["sweep-1"]["outputs"][1]["data"]
    assert [row[0] for row in shown_again(tmp_path)[1:]] == ["1", "13", "3"]
    outputs = cells_of(tmp_path / "again.ipynb")["sweep-1"]["outputs"]
    assert [each["data"] for each in outputs if "data" in each][1] == chart


def test_a_point_that_is_given_twice_is_one(tmp_path):
    notebook = volume(tmp_path)
    ended = run(notebook, "--sweep", "a.x=5,5.0,13,13", "--no-cache")
    assert "llmos: 1 point of the sweep failed: " in ended.stderr
    assert "1 of 2 points ran, 0 of them from the cache." in ended.stdout
    assert calls(tmp_path) == 2  # the notebook's own and one


def test_long_values_are_short_in_the_legend(tmp_path):
    write_skill(
        tmp_path,
        "area",
        "def execute(i):\n    return {'y': i['x'] * i['k'] + len(str(i['of']))}",
        NUMBER + "\n  - { name: k, type: number }\n  - { name: of, type: any }",
    )
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        "from llmos import skill\na = await skill('area')(k=1.0, of=1)",
    )
    points = ("--sweep", "a.x=1:4:4", "--sweep", "a.k=0.7304347826086957,2")
    ended = run(notebook, *points, "--sweep", "a.of=[1,'1']")
    assert ended.returncode == 0, ended.stderr
    names = {f"k={k}, of={of}" for k in ("0.730435", "2.0") for of in ("1", '"1"')}
    assert legend(tmp_path) == names
    # Six digits that do not tell them apart are left as they are.
    ended = run(notebook, "--sweep", "a.x=1:4:4", "--sweep", "a.k=0.73043471,0.73043472,0.5")
    assert legend(tmp_path) == {"k=0.73043471", "k=0.73043472", "k=0.5"}


def legend(tmp_path) -> set[str]:
    outputs = cells_of(tmp_path / "n.run.ipynb")["sweep-1"]["outputs"]
    chart = outputs[1]["data"]["application/vnd.vegalite.v5+json"]
    return {row["series"] for row in chart["data"]["values"]}


@pytest.mark.parametrize(
    ("sweep", "message"),
    [
        ("a.x", "write CELL.INPUT=A:B:N"),
        ("a.x=1:200:3", "from -100 to 100"),
        ("a.q=1", 'has no input "q"'),
        ("k.x=1", "calls no skill"),
        ("a.x=", "names no values"),
    ],
)
def test_what_cannot_be_swept_is_said_first(tmp_path, sweep, message):
    ended = run(volume(tmp_path), "--sweep", sweep)
    assert ended.returncode == 2 and message in ended.stderr
    assert not (tmp_path / "skills" / "calls.txt").exists()


# They compute until they are stopped: a signal that comes just before a blocking call of the
# system is heard only after that call.
WAITS = """import pathlib, time
def execute(inputs):
    if inputs["x"] >= 3:
        (pathlib.Path(__file__).parent / "bell").write_text("x")
        end = time.monotonic() + 60
        while time.monotonic() < end:
            pass
    return {"y": inputs["x"]}"""


@pytest.mark.parametrize(
    "engine", ["local", "processes", pytest.param("dask", marks=pytest.mark.oracle)]
)
def test_ctrl_c_keeps_the_points_that_are_done(tmp_path, engine):
    write_skill(tmp_path, "waits", WAITS, NUMBER)
    cell = "from llmos import skill\na = await skill('waits')(x=1)"
    notebook = write_notebook(tmp_path / "n.ipynb", cell)
    arguments = ("run", notebook, "--sweep", "a.x=0:9:10", "--engine", engine, "--workers", 1)
    bell = Bell(tmp_path / "skills" / "bell")
    with subprocess.Popen(
        command(*arguments),
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        bell.wait()
        bell.close()
        os.killpg(process.pid, signal.SIGINT)  # as the terminal does: to its workers too
        # Its workers have its standard output too: the end comes when the last one has gone.
        told, complaints = process.communicate(timeout=60)
    assert process.returncode == 130, complaints
    assert "Traceback" not in complaints
    cell = cells_of(tmp_path / "n.run.ipynb")["sweep-1"]
    done = [row[0] for row in rows(cell)[1:]]
    # A worker's third answer may still be under way when the fourth point rings.
    assert done == ["0", "1", "2"] or (engine != "local" and done == ["0", "1"])
    assert f"{len(done)} of 10 points ran" in told
    if engine == "local":
        assert [row[0] for row in shown_again(tmp_path)[1:]] == done
    assert len(traces_of(tmp_path / "n.run.traces.jsonl")) == 1 + len(done)


HERE = """import multiprocessing, pathlib, time
def execute(inputs):
    if inputs["x"] >= 2 and multiprocessing.parent_process() is None:
        (pathlib.Path(__file__).parent / "bell").write_text("x")
        end = time.monotonic() + 60
        while time.monotonic() < end:
            pass
    return {"y": object()}"""


def test_ctrl_c_ends_a_point_that_no_worker_could_compute(tmp_path):
    """Its result leaves no process, so that the client computes it again."""
    write_skill(tmp_path, "here", HERE, NUMBER)
    cell = "from llmos import skill\na = await skill('here')(x=1)"
    notebook = write_notebook(tmp_path / "n.ipynb", cell)
    arguments = ("run", notebook, "--sweep", "a.x=0:9:10", "--engine", "processes")
    bell = Bell(tmp_path / "skills" / "bell")
    with subprocess.Popen(
        command(*arguments, "--workers", 1),
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        bell.wait()
        bell.close()
        process.send_signal(signal.SIGINT)
        told, complaints = process.communicate(timeout=60)
    assert process.returncode == 130, complaints
    assert "Traceback" not in complaints
    # Points 0 and 1 at most: the one that rang has not come to its end.
    assert told.splitlines()[-1].startswith(("0 of", "1 of", "2 of")), told
    assert (tmp_path / "n.run.ipynb").exists()


def test_a_sweep_that_is_killed_leaves_the_run_before_it(tmp_path):
    write_skill(tmp_path, "waits", WAITS, NUMBER)
    sources = ("from llmos import skill\na = await skill('waits')(x=1)", "print(a.y + 1)")
    notebook = write_notebook(tmp_path / "n.ipynb", *sources)
    bell = Bell(tmp_path / "skills" / "bell")
    arguments = ("run", notebook, "--sweep", "a.x=2,3", "--quiet")
    with subprocess.Popen(command(*arguments), env=environment(tmp_path)) as process:
        bell.wait()
        process.kill()
    bell.close()
    assert text_of(cells_of(tmp_path / "n.run.ipynb")["c2"]) == "2\n"
    (trace,) = traces_of(tmp_path / "n.run.traces.jsonl")
    assert [node["status"] for node in trace["nodes"]] == ["success", "success"]
