"""Says in a sentence what a browser does not have: PyPI, other packages, a shell."""

from __future__ import annotations

import importlib.util
import re
import sys

#: Names that people look for first, if the site has them.
_WELL_KNOWN = ("matplotlib", "numpy", "pandas", "scikit-learn", "scipy", "sympy")


class AbsentError(Exception):
    """Something that a browser or this site does not have; shown without traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"\x1b[0;31m{type(self).__name__}\x1b[0m: {self}"]


class PackageAbsentError(AbsentError):
    """A package that this site does not ship."""


class ShellAbsentError(AbsentError, OSError):
    """A command line of an operating system, which a browser does not have."""


def locked_packages() -> dict[str, str]:
    """Name and version of every package that the site ships."""
    import pyodide_js

    packages = pyodide_js._api.lockfile_packages.to_py()
    return {name: entry["version"] for name, entry in packages.items()}


def advice(name: str) -> str:
    """What to say of a package or module that is not here, and what to do."""
    here = locked_packages()
    known = [package for package in _WELL_KNOWN if package in here]
    return (
        f"{name} is not among this site's packages, and PyPI is out of reach by design. "
        f"Here are {', '.join(known)}, qiskit (its everyday part) and more, see %pip list; "
        "a wheel of pure Python beside the notebook installs with `%pip install NAME.whl`."
    )


def install(shell: object) -> None:
    """Makes a shell say what is missing and what to do instead."""
    for name in ("system", "getoutput", "getoutput_split"):
        setattr(shell, name, _no_shell)
    cell_magics = shell.magics_manager.magics["cell"]
    for name in ("bash", "sh", "script"):
        if name in cell_magics:
            cell_magics[name] = _no_script


def advise(error: ModuleNotFoundError) -> None:
    """Adds to the error's message what to do instead, once."""
    top = (error.name or "").partition(".")[0]
    if top and not hasattr(error, "_llmos_told") and is_absent(top):
        error._llmos_told = True
        error.msg = _module_advice(top, error.msg)


def is_absent(module: str) -> bool:
    """Whether nothing would be found by importing this module."""
    try:
        return importlib.util.find_spec(module) is None
    except (ImportError, ValueError):
        return False


def _module_advice(module: str, message: str) -> str:
    """A module of a package that nothing has loaded yet is here all the same."""
    import pyodide_js

    packages = pyodide_js._api.lockfile_packages.to_py()
    if any(module in entry["imports"] for entry in packages.values()):
        return f"{message}. It loads when a cell says `import {module}` in its own text."
    if module in sys.stdlib_module_names:
        return f"{message}. This part of Python needs an operating system: no browser has it."
    return advice(module)


def _no_shell(command: str, *_options: object, **_more: object) -> None:
    word = re.match(r"\s*(\S*)", command).group(1)
    raise ShellAbsentError(
        f"`!{word}` needs the shell of an operating system; Python runs in the browser "
        "here. Do it in Python, for example with os.listdir(), open() or pathlib."
    )


def _no_script(line: str, cell: str) -> None:
    _no_shell(line or "bash")
