"""JavaScript, Three.js and ngspice skills by Node, in a process that is shut in.

The command line of LLMos Lab has their runtimes (``skills/dist/llmos.mjs`` of a clone, else
that of the wheel ``llmos-lab``); its hidden verb ``runtimes`` answers calls a line each.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import signal
import subprocess
import sysconfig
import threading
from contextlib import suppress
from pathlib import Path
from site import getuserbase

from .. import _bridge
from .._errors import SkillError
from .._index import Entry
from .._pack import Unpackable, pack, unpack
from .results import Results
from .wire import decode, encode

#: Bytes that the files beside one skill may hold: they travel with each call.
_MOST_BESIDE = 64 * 2**20
_BUNDLE = "skills/dist/llmos.mjs"
_NGSPICE = "llmos/sandbox/eecircuit-engine.mjs"

#: Seconds that a call may take, as in the browser; the variable ``LLMOS_CALL_SECONDS`` says other.
_SECONDS = 30.0

#: The same in the wheel ``llmos-lab``, below the folder that pip puts data into.
_INSTALLED = "share/llmos/llmos.mjs"
_INSTALLED_SITE = "share/jupyter/labextensions/@llmos-lab/kernel"


class NodeRunner:
    """Answers calls for ``_bridge.set_runner``; Node starts with the first of them."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    async def __call__(self, request: dict) -> dict:
        """The answer of a request of ``_foreign``, taken from the cache where it is there."""
        entry = _bridge.index().find(request["id"], request["version"])
        beside = _files_beside(entry)
        # A skill's version says nothing of its files: such results are not kept.
        key = None if beside else request.get("key")
        known = await self._results.lookup(key) if key else None
        if known is not None:
            answer = _restored(known)
            if answer is not None:
                return {**answer, "cached": True}
        call = {"entry": entry.raw, "inputs": request["inputs"], "files": beside}
        given_up = threading.Event()
        try:
            answer = await asyncio.to_thread(self._ask, entry, call, given_up)
        except asyncio.CancelledError:
            given_up.set()
            self.close()
            raise
        if key and not answer.get("error"):
            self._keep(key, answer)
        return answer

    def close(self) -> None:
        """Ends Node and what it has started; a call under way fails."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)
            process.wait()

    def _keep(self, key: str, answer: dict) -> None:
        try:
            self._results.put(key, *pack(answer))
        except Unpackable:
            return  # nothing that Node gives; the next run computes it again

    def _ask(self, entry: Entry, call: dict, given_up: threading.Event) -> dict:
        number = next(self._numbers)
        line = encode({"id": number, **call})
        seconds = _seconds()
        with self._lock:
            answer, late = None, threading.Event()
            if not given_up.is_set():
                process = self._process
                if process is None or process.poll() is not None:
                    process = self._process = _start(entry)
                if given_up.is_set():  # while it started, so nobody else ends it
                    self.close()
                limit = threading.Timer(seconds, lambda: (late.set(), _end(process)))
                limit.daemon = True
                limit.start()
                try:
                    answer = _answer(process, number, line)
                finally:
                    limit.cancel()
        if answer is None and late.is_set():
            raise SkillError(
                f'Skill "{entry.id}" was stopped after {seconds:g} s, the time limit. Look for a '
                "loop that does not end, or set LLMOS_CALL_SECONDS to more.",
                skill=entry.id,
            )
        if not isinstance(answer, dict):
            self.close()
            raise SkillError(
                f'Skill "{entry.id}": Node ended or gave no answer. Run the cell again; a skill '
                "that takes all memory ends it.",
                skill=entry.id,
            )
        return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    # The skill runs in a process below, which would go on for ever in a loop.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _answer(process: subprocess.Popen[bytes], number: int, line: str) -> object:
    """What Node answers to a line; None when it ended. Lines that answer no call are skipped:
    an engine may print."""
    try:
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        for said in process.stdout:
            with suppress(ValueError):
                found = decode(said.decode())
                if isinstance(found, dict) and found.get("id") == number:
                    return found.get("answer")
    except OSError:
        return None
    return None


def _seconds() -> float:
    given = os.environ.get("LLMOS_CALL_SECONDS")
    try:
        seconds = float(given) if given else _SECONDS
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise SkillError(f"LLMOS_CALL_SECONDS is a number of seconds above 0, not {given!r}.")
    return seconds


def _restored(known: dict) -> dict | None:
    try:
        answer = unpack(known["text"], known["buffers"])
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and "outputs" in answer else None


def _start(entry: Entry) -> subprocess.Popen[bytes]:
    node, bundle, site = _places(entry)
    return subprocess.Popen(
        [node, bundle, "runtimes", *(["--runtime", site] if site else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Ctrl-C on the terminal is for this process, which then ends the other.
        start_new_session=True,
    )


def _places(entry: Entry) -> tuple[str, str, str | None]:
    """Node, the command line and a built site; raises ``SkillError`` for what is missing."""
    what = f'Skill "{entry.id}" is of type {entry.type}, which runs in Node outside the browser'
    node = shutil.which("node")
    if node is None:
        raise SkillError(
            f"{what}, and there is no program `node`: install Node 20 or newer.", skill=entry.id
        )
    tree = next((p for p in Path(__file__).resolve().parents if (p / _BUNDLE).is_file()), None)
    named = os.environ.get("LLMOS_CLI")
    bundle, near = (Path(named).expanduser(), None) if named else _found(tree)
    if bundle is None or not bundle.is_file():
        raise SkillError(
            f"{what} with LLMos Lab's command line, which is not there: run `pip install "
            f"llmos-lab`, or set LLMOS_CLI to the {_BUNDLE} of a clone that is built.",
            skill=entry.id,
        )
    near = near or bundle.resolve().parents[2] / "lite" / "dist"
    site = os.environ.get("LLMOS_SITE") or str(near)
    if entry.type == "ngspice" and not (Path(site) / _NGSPICE).is_file():
        raise SkillError(
            f"{what} with the engine of a built site, and {site} has none: run `npm run build`, "
            "or set LLMOS_SITE to the folder of a site.",
            skill=entry.id,
        )
    return node, str(bundle), site if Path(site).is_dir() else None


def _found(tree: Path | None) -> tuple[Path | None, Path | None]:
    """The command line and the files of its site: of a clone, else as pip has put them."""
    if tree is not None:
        return tree / _BUNDLE, None
    for root in (sysconfig.get_path("data"), getuserbase()):
        if root and (Path(root) / _INSTALLED).is_file():
            return Path(root) / _INSTALLED, Path(root) / _INSTALLED_SITE
    return None, None


def _files_beside(entry: Entry) -> dict[str, bytes]:
    """Files in the folder beside the skill; links that lead out of it are left out."""
    path = Path(entry.path)
    folder = path.parent if path.name == "SKILL.md" else path.with_suffix("")
    found: dict[str, bytes] = {}
    size = 0
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inside = file.resolve().is_relative_to(folder.resolve())
        if not inside or not file.is_file() or file.name == "SKILL.md":
            continue
        size += file.stat().st_size
        if size > _MOST_BESIDE:
            raise SkillError(f"The files beside {entry.path} have more than 64 MB.", skill=entry.id)
        found[file.relative_to(folder).as_posix()] = file.read_bytes()
    return found
