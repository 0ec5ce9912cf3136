"""Progress of native runs: drawn on a terminal and taken away, and none in a pipe."""

from __future__ import annotations

import os
import subprocess

import pytest

pytest.importorskip("IPython")
pytest.importorskip("yaml")
pty = pytest.importorskip("pty")

from run_notebooks import command, environment, run, write_notebook

# Ends when the line was drawn: the terminal says so by this file.
WAITS = "import pathlib, time\nwhile not pathlib.Path('drawn').exists():\n    time.sleep(0.02)"


def test_is_drawn_on_a_terminal_and_taken_away(tmp_path):
    notebook = write_notebook(tmp_path / "n.ipynb", WAITS, "1 + 1")
    ours, theirs = pty.openpty()
    ran = subprocess.Popen(
        command("run", notebook),
        env=environment(tmp_path),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while piece := _read(ours):
        said += piece
        if b"] 0/2" in said:
            (tmp_path / "drawn").touch()
    os.close(ours)
    assert ran.wait(60) == 0
    assert b"\r[--------------------] 0/2" in said
    assert said.endswith(b"\r\x1b[K")


def test_is_not_in_a_pipe(tmp_path):
    (tmp_path / "drawn").touch()
    ended = run(write_notebook(tmp_path / "n.ipynb", WAITS, "1 + 1"))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\x1b[K" not in ended.stdout


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # closed at its other end, as Linux says it
        return b""
