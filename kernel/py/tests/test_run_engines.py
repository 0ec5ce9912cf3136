"""Engines: what runs side by side, what a lost worker costs, and equal bytes from all."""

from __future__ import annotations

from multiprocessing import active_children

import pytest

pytest.importorskip("IPython")
pytest.importorskip("yaml")

from run_notebooks import Bell, cells_of, run, text_of, traces_of, write_notebook, write_skill

#: Dask takes seconds to start: its tests run beside those of Qiskit.
ENGINES = ["processes", pytest.param("dask", marks=pytest.mark.oracle)]

MEETS = """import os, pathlib, select
def execute(inputs):
    folder = pathlib.Path(inputs["folder"])
    (folder / inputs["me"]).write_text("x")
    bell = os.open(folder / inputs["other"], os.O_RDWR)
    if not select.select([bell], [], [], 60)[0]:
        raise TimeoutError("nobody came")
    return {"y": inputs["me"]}"""

#: The first time, one ends its process while the other is under way beside it.
BESIDE = """import os, pathlib, select, signal
def execute(inputs):
    folder = pathlib.Path(inputs["folder"])
    bell, gone = (os.open(folder / name, os.O_RDWR) for name in ("bell", "gone"))
    if inputs["dies"]:
        if not (folder / "died").exists():
            select.select([bell], [], [], 60)
            os.write(gone, b"x")
        (folder / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    with open(folder / "begun", "a") as begun:
        begun.write("x")
    os.write(bell, b"x")
    select.select([gone], [], [], 60)
    return {"y": 7}"""

DIES = """import os, pathlib, signal
def execute(inputs):
    mark = pathlib.Path(inputs["mark"])
    if inputs["always"] or not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return {"y": 7}"""

SHOWS = """import sys
import numpy as np
from IPython.display import HTML, display
def execute(inputs):
    print("out", inputs["x"])
    print("err", file=sys.stderr)
    display(HTML("<b>shown</b>"))
    if inputs["x"] == 3:
        raise ValueError("three")
    return {"y": np.linspace(0, inputs["x"], 5) @ np.ones((5, 5))}"""

IMPORT = "from llmos import skill"


def inputs(*names: str) -> str:
    return "\n".join(f"  - {{ name: {name}, type: any }}" for name in names)


@pytest.mark.parametrize("engine", ENGINES)
def test_independent_calls_run_side_by_side_before_plain_cells_end(tmp_path, engine):
    write_skill(tmp_path, "meets", MEETS, inputs("folder", "me", "other"))
    bells = [Bell(tmp_path / name) for name in "ab"]
    call = f"await skill('meets')(folder={str(tmp_path)!r}, me=%r, other=%r)"
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        IMPORT,
        "a = " + call % ("a", "b"),
        "b = " + call % ("b", "a"),
        "print(a.y + b.y)",
    )
    ended = run(notebook, "--engine", engine, "--workers", 2)
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    for bell in bells:
        bell.close()
    assert text_of(cells_of(tmp_path / "n.run.ipynb")["c4"]) == "ab\n"
    (trace,) = traces_of(tmp_path / "n.run.traces.jsonl")
    assert [node.get("cached") for node in trace["nodes"]] == [None, False, False, None]
    assert trace["env"]["engine"] == engine


@pytest.mark.parametrize("engine", ENGINES)
def test_the_tasks_of_a_lost_worker_run_again(tmp_path, engine):
    write_skill(tmp_path, "dies", DIES, inputs("mark", "always"))
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        IMPORT,
        f"a = await skill('dies')(mark={str(tmp_path / 'mark')!r}, always=False)",
        "print(a.y)",
    )
    ended = run(notebook, "--engine", engine, "--workers", 2)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "mark").exists()
    assert text_of(cells_of(tmp_path / "n.run.ipynb")["c3"]) == "7\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_skill_that_always_ends_its_worker_fails_and_the_rest_goes_on(tmp_path, engine):
    write_skill(tmp_path, "dies", DIES, inputs("mark", "always"))
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        IMPORT,
        f"a = await skill('dies')(mark={str(tmp_path / 'mark')!r}, always=True)",
        "print(a.y)",
        "print('still here')",
        f"b = await skill('dies')(mark={str(tmp_path / 'mark')!r}, always=True)",
    )
    ended = run(notebook, "--engine", engine, "--workers", 1)
    assert ended.returncode == 1
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert 'ran skill "dies" ended' in text_of(cells["c2"])
    assert "Not run" in text_of(cells["c3"])
    assert text_of(cells["c4"]) == "still here\n"
    # The same call does not run in this process, which it would end.
    assert 'ran skill "dies" ended' in text_of(cells["c5"])


def test_a_process_that_ends_takes_no_other_call_along(tmp_path):
    write_skill(tmp_path, "beside", BESIDE, inputs("folder", "dies"))
    bells = [Bell(tmp_path / name) for name in ("bell", "gone")]
    call = f"await skill('beside')(folder={str(tmp_path)!r}, dies=%r)"
    notebook = write_notebook(
        tmp_path / "n.ipynb", IMPORT, "a = " + call % True, "b = " + call % False, "print(b.y)"
    )
    ended = run(notebook, "--engine", "processes", "--workers", 2)
    for bell in bells:
        bell.close()
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    cells = cells_of(tmp_path / "n.run.ipynb")
    assert 'ran skill "beside" ended 4 times' in text_of(cells["c2"])
    assert text_of(cells["c4"]) == "7\n"
    # Nor was it run again.
    assert (tmp_path / "begun").read_text() == "x"


@pytest.mark.parametrize("engine", ENGINES)
def test_all_engines_write_the_same_bytes(tmp_path, engine):
    write_skill(tmp_path, "shows", SHOWS, inputs("x"))
    write_skill(tmp_path, "outer", "async def execute(i):\n    return await skill('shows')(x=2)")
    names = "def look(error, *, deep):\n    raise error\n"
    write_skill(
        tmp_path, "named", names + "def execute(i):\n    look(ValueError('no'), deep=1)"
    )
    here = "import os\ndef execute(i):\n    return {'y': os.getpid()}"
    write_skill(tmp_path, "impure", here, pure="false")
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        IMPORT,
        "a = await skill('shows')(x=1)",
        "b = await skill('shows')(x=3)",
        "c = await skill('outer')()",
        "d = await skill('shows')(x=a.y[1])\nd.y",
        "import os\n(await skill('impure', preview=False)()).y == os.getpid()",
        "b.y",
        "await skill('named')()",
    )
    written = {}
    for name in ("local", engine):
        ended = run(notebook, "--engine", name, "--no-cache", "-o", f"{name}.ipynb")
        assert ended.returncode == 1, ended.stderr
        written[name] = (tmp_path / f"{name}.ipynb").read_bytes()
    cells = cells_of(tmp_path / f"{engine}.ipynb")
    assert "out 1\n" in text_of(cells["c2"]) and "err\n" in text_of(cells["c2"])
    assert "<b>shown</b>" in str(cells["c2"]["outputs"])
    assert cells["c3"]["outputs"][-1]["ename"] == "SkillError"
    assert text_of(cells["c6"]) == "True"
    assert written["local"] == written[engine]


def test_what_a_worker_kept_answers_the_next_run(tmp_path):
    code = "import pathlib\ndef execute(i):\n    pathlib.Path(i['x']).touch()\n    return {'y': 1}"
    write_skill(tmp_path, "once", code, inputs("x"))
    mark = tmp_path / "mark"
    notebook = write_notebook(
        tmp_path / "n.ipynb", IMPORT, f"a = await skill('once')(x={str(mark)!r})"
    )
    assert run(notebook, "--engine", "processes").returncode == 0
    assert mark.exists()
    mark.unlink()
    assert run(notebook, "--engine", "local").returncode == 0
    assert not mark.exists()
    _, trace = traces_of(tmp_path / "n.run.traces.jsonl")
    assert trace["nodes"][1]["cached"] is True


def test_without_dask_the_engine_says_what_to_install(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['distributed'] = None\n")
    notebook = write_notebook(tmp_path / "n.ipynb", "1")
    ended = run(notebook, "--engine", "dask", path=tmp_path)
    assert ended.returncode == 2
    assert 'pip install "llmos[dask]"' in ended.stderr and "Traceback" not in ended.stderr


#: Stands for the package: a cluster of this machine that nobody can reach.
NO_CLUSTER = """class LocalCluster:
    def __init__(self, **options):
        pass
    def close(self, timeout):
        print("closed")
class Client:
    def __init__(self, target, **options):
        raise {error}
"""


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("OSError('no port')", "Dask did not start on this machine: no port"),
        ("RuntimeError('ended')", "Dask did not start on this machine: ended"),
        ("KeyError('odd')", "KeyError: 'odd'"),
    ],
)
def test_a_cluster_of_its_own_is_closed_whatever_happens(tmp_path, error, message):
    (tmp_path / "distributed.py").write_text(NO_CLUSTER.format(error=error))
    notebook = write_notebook(tmp_path / "n.ipynb", "1")
    ended = run(notebook, "--engine", "dask", path=tmp_path)
    assert ended.returncode != 0 and message in ended.stderr
    assert "None" not in ended.stderr
    assert ended.stdout == "closed\n"


def test_processes_begin_before_the_first_task_and_end_with_the_engine():
    from llmos.run.engines.processes import ProcessEngine

    engine = ProcessEngine(2)
    before = len(active_children())
    for tasks, processes in ((0, 0), (1, 1), (9, 2), (9, 2)):
        engine.warm(tasks)
        assert len(active_children()) - before == processes
    engine.close()
    assert len(active_children()) == before


PLACE = """import os, pathlib
def execute(inputs):
    from beside_me import NAME
    return {"y": [NAME, os.environ.get("LLMOS_TEST"), "HOME" in os.environ, os.getcwd()]}"""


def test_skills_find_what_cells_have_set_whatever_runs_them(tmp_path):
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "beside_me.py").write_text("NAME = 'mine'")
    write_skill(tmp_path, "place", PLACE)
    sources = (
        "import os, sys\nfrom llmos import skill",
        f"sys.path.append({str(modules)!r})\nos.environ['LLMOS_TEST'] = 'set'\n"
        f"del os.environ['HOME']\nos.chdir({str(modules)!r})\nk = 1",
        "a = await skill('place')(x=k)",
        "print(a.y)",
    )
    notebook = write_notebook(tmp_path / "n.ipynb", *sources)
    for engine in ("local", "processes"):
        ended = run(notebook, "--engine", engine, "--no-cache")
        assert ended.returncode == 0, ended.stderr
        shown = text_of(cells_of(tmp_path / "n.run.ipynb")["c4"])
        assert shown == f"{['mine', 'set', False, str(modules)]}\n", engine


@pytest.mark.oracle
def test_a_cluster_that_runs_already_takes_calls_in_its_threads(tmp_path):
    distributed = pytest.importorskip("distributed")
    write_skill(tmp_path, "meets", MEETS, inputs("folder", "me", "other"))
    bells = [Bell(tmp_path / name) for name in "ab"]
    call = f"await skill('meets')(folder={str(tmp_path)!r}, me=%r, other=%r)"
    notebook = write_notebook(
        tmp_path / "n.ipynb", IMPORT, "a = " + call % ("a", "b"), "b = " + call % ("b", "a")
    )
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        ended = run(notebook, "--engine", "dask", "--scheduler", address)
        assert ended.returncode == 0, ended.stderr
        assert len(cluster.workers) == 1, "it is left as it was"
    for bell in bells:
        bell.close()


@pytest.mark.oracle
def test_a_scheduler_that_is_not_there_is_named(tmp_path):
    notebook = write_notebook(tmp_path / "n.ipynb", "1")
    address = "tcp://127.0.0.1:9"
    ended = run(notebook, "--engine", "dask", "--scheduler", address)
    assert ended.returncode == 2
    assert f"There is no Dask scheduler at {address}" in ended.stderr
