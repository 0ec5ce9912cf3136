"""``python -m llmos run``: the arguments, and what stands around a run."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from .. import __version__
from .failure import RunError
from .say import warn
from .store import DEFAULT_LIMIT, default_folder

ENGINES = ("local", "processes", "dask")

_DESCRIPTION = """\
Runs a notebook of LLMos Lab with this Python: the same cells in the same graph as in the
browser, with its own cache of results. Skill calls run as soon as what they need is there.

A notebook and the skills that it calls are programs: they run with all your rights, outside
any sandbox. Run only what you would run as a script."""

_EPILOG = """\
A CELL is named by its id, its index among all cells or the variable that it assigns:
  --param vqe.iterations=50
  --sweep h.bond_length=0.4:2.5:24        24 points from 0.4 to 2.5, both included
  --sweep h.bond_length=0.5,0.735,1       these points; several --sweep give all pairs

Written are OUT.ipynb with all outputs and, beside it, one line about the run in
OUT.traces.jsonl (traces.jsonl in the folder of a session).

exit codes: 0 all cells ran; 1 a cell failed; 2 nothing was run; 130 stopped by Ctrl-C,
with what was done written."""


def parser() -> argparse.ArgumentParser:
    """All arguments of ``python -m llmos``."""
    main = argparse.ArgumentParser(
        prog="python -m llmos", description="LLMos Lab outside the browser."
    )
    main.add_argument("--version", action="version", version=f"llmos {__version__}")
    verbs = main.add_subparsers(dest="verb", required=True, metavar="VERB")
    run = verbs.add_parser(
        "run",
        help="run a notebook",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = run.add_argument
    add("notebook", type=Path, metavar="NOTEBOOK.ipynb")
    add("-o", "--output", type=Path, metavar="OUT.ipynb", help="default: NOTEBOOK.run.ipynb")
    add(
        *("--engine", "-e"),
        choices=ENGINES,
        default="local",
        help="where skill calls run: one after the other in this process (local, the "
        "default), in processes of this machine, or on a Dask cluster",
    )
    add("--scheduler", metavar="ADDRESS", help="of a Dask cluster, such as tcp://host:8786")
    add("--workers", type=_positive, metavar="N", help="processes to start; default: CPUs")
    add("--param", action="append", default=[], metavar="CELL.INPUT=VALUE", help="sets an input")
    add(
        "--sweep",
        action="append",
        default=[],
        metavar="CELL.INPUT=A:B:N",
        help="runs a skill call for each of N values, and adds a table and a chart",
    )
    add(
        "--volume",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="folder with skills/, nearest first; that of the notebook's own volume and "
        "LLMOS_VOLUMES_PATH come after it, the system library last",
    )
    add("--cache", type=Path, metavar="DIR", help=f"results of calls; default: {default_folder()}")
    add("--cache-size", type=_bytes, default=DEFAULT_LIMIT, metavar="SIZE", help="such as 500MB")
    add("--no-cache", action="store_true", help="neither takes nor keeps results")
    add("-q", "--quiet", action="store_true", help="says errors only")
    return main


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; gives the exit code."""
    options = parser().parse_args(arguments)
    try:
        _check(options)
        _single_threaded()
        from .whole import run_notebook

        return run_notebook(options)
    except RunError as error:
        warn(str(error))
        return 2
    except KeyboardInterrupt:  # before the first cell: from there on the run itself hears it
        warn("stopped, before anything ran.")
        return 130


def _check(options: argparse.Namespace) -> None:
    if options.scheduler and options.engine != "dask":
        raise RunError("--scheduler is for --engine dask.")
    if options.scheduler and options.workers:
        raise RunError("--workers starts processes here; a --scheduler has workers of its own.")
    if sys.version_info < (3, 11):
        raise RunError("Python 3.11 or newer is needed.")
    if find_spec("IPython") is None:  # loaded later, while processes start
        raise RunError('Running notebooks needs IPython and more: run `pip install "llmos[native]"`.')


def _single_threaded() -> None:
    """Linear algebra in one thread, unless the person says otherwise.

    A sum in several threads has other last digits: results would depend on the engine and
    the machine. The calls themselves run side by side instead.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _bytes(text: str) -> int:
    units = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}
    digits = text.rstrip("bBkKmMgG")
    unit = text[len(digits) :].lower()
    try:
        return int(float(digits) * units[unit])
    except (ValueError, KeyError):
        raise argparse.ArgumentTypeError("a size such as 500MB or 2GB") from None
