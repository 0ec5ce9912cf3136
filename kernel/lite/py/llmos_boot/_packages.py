"""Loads packages when code imports them, and says so while it takes time."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from . import _absent, _host, _pip

# Modules that stand in the bundle and need a package that does not.
_NEEDS = {"qiskit": "numpy", "qiskit_lite": "numpy"}
_SKILL_CALL = re.compile(r"""\bskill\(\s*["']([a-z0-9][a-z0-9-]{0,63})["']""")

# As written, and as IPython rewrites it.
_PLOT_MAGIC = re.compile(
    r"""^\s*%(?:matplotlib|pylab)\b|run_line_magic\(['"](?:matplotlib|pylab)['"]""",
    re.MULTILINE,
)

_pip_urls: list[str] = []
_pip_fallback_off = True
_shell: object | None = None


def configure_pip(urls: object, disable_fallback: bool) -> None:
    """Where ``%pip`` looks; applied when piplite is first loaded."""
    global _pip_fallback_off
    _pip_urls[:] = urls.to_py() if hasattr(urls, "to_py") else list(urls)
    _pip_fallback_off = bool(disable_fallback)


def install(shell: object) -> None:
    """Gives this module the shell for which it loads, and its own ``%pip``."""
    global _shell
    _shell = shell
    # Instead of upstream's own transform of `%pip`.
    shell.kernel.lite_transform_manager.line_transforms[:] = [_pip.transform]


async def load_for_cell(code: str) -> None:
    """Loads what a cell imports, and what the skills that it names import."""
    _host.connect(code)
    sources = [_plain(code)]
    if _PLOT_MAGIC.search(code):
        sources.append("import matplotlib")
    if "skill" in code:
        sources.extend(_skill_sources(code))
    await _load(sources, note=True)


async def load_for(code: str) -> None:
    """Loads what a skill's code imports, when it is called by a computed id."""
    await _load([code], note=False)


def _plain(code: str) -> str:
    """The cell as Python: with a magic in it, it would not parse."""
    return _shell.transform_cell(code) if "%" in code or "!" in code else code


def _skill_sources(code: str) -> Iterator[str]:
    from llmos import _bridge

    waiting = list(_named(code))
    seen: set[str] = set()
    index = _bridge.index()
    while waiting:
        skill_id = waiting.pop()
        if skill_id in seen:
            continue
        seen.add(skill_id)
        resolved = index.resolve(skill_id)
        if resolved is not None:
            code = index.entry(resolved).code
            yield code
            waiting.extend(_named(code))


@lru_cache(maxsize=256)
def _named(code: str) -> tuple[str, ...]:
    """Ids of the skills that code calls; that of a skill is read once, not at every call."""
    return tuple(_SKILL_CALL.findall(code))


def _imports(sources: list[str]) -> set[str]:
    return {name for code in sources for name in _imported(code)}


@lru_cache(maxsize=256)
def _imported(code: str) -> frozenset[str]:
    """The packages that code imports; the code of a skill is parsed once, not at every call."""
    from pyodide.code import find_imports

    return frozenset(name.partition(".")[0] for name in find_imports(code))


async def _load(sources: list[str], *, note: bool) -> None:
    names = _imports([code for code in sources if "import" in code])
    names |= {_NEEDS[name] for name in names if name in _NEEDS}
    missing = sorted(name for name in names if name not in sys.modules and name not in _here)
    if not missing:
        return
    import pyodide_js

    wanted = "\n".join(f"import {name}" for name in missing)
    with _note() if note else _tell() as report:
        await pyodide_js.loadPackagesFromImports(wanted, messageCallback=report)
    if "piplite" in missing or "micropip" in missing:
        await ready_piplite()
    _here.update(name for name in missing if not _absent.is_absent(name))


#: Modules that are loaded and that nothing has imported yet: a skill may never get there.
_here: set[str] = set()


@contextmanager
def _tell() -> Iterator[Callable[[str], None]]:
    """Tells the page, which shows it where a worker of the pool runs the call."""

    def report(message: str) -> None:
        if message.startswith("Loading "):
            _host.tell_loading(message.removeprefix("Loading "))

    try:
        yield report
    finally:
        _host.tell_loading()


@contextmanager
def _note() -> Iterator[Callable[[str], None]]:
    """Shows what is loading in the cell's output, and takes it away again.

    Nothing of the cell has run yet, so the note is all that there is to clear.
    """
    shown = False

    def report(message: str) -> None:
        nonlocal shown
        if message.startswith("Loading ") and _shell is not None:
            text = f"{message} …"
            _shell.display_pub.publish({"text/plain": text}, {}, transient={})
            shown = True

    try:
        yield report
    finally:
        if shown:
            _shell.display_pub.clear_output(False)


async def ready_piplite() -> None:
    """Loads what installs wheels, with the site's settings."""
    import pyodide_js

    await pyodide_js.loadPackage(
        ["micropip", "piplite"], messageCallback=lambda _message: None
    )
    import piplite.piplite

    piplite.piplite._PIPLITE_DISABLE_PYPI = _pip_fallback_off
    piplite.piplite._PIPLITE_URLS = list(_pip_urls)


_completion_started = False


async def warm_completion() -> None:
    """Loads jedi after the first completion, so that the next ones use it."""
    global _completion_started
    if _completion_started:
        return
    _completion_started = True
    import pyodide_js
    from pyodide.ffi import JsException

    try:
        await pyodide_js.loadPackage(["jedi"], messageCallback=lambda _message: None)
    except JsException:
        # Offline, say: completion goes on without jedi, and the next one tries again.
        _completion_started = False
        return
    import jedi
    import jedi.api.classes
    import jedi.api.helpers
    from IPython.core import completer

    jedi.settings.case_insensitive_completion = False
    completer.jedi = jedi
    completer.JEDI_INSTALLED = True
    _shell.Completer.use_jedi = True
