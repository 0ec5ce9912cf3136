"""``%pip`` and what people write instead of it, on a site that has its own packages."""

from __future__ import annotations

import re

from ._absent import PackageAbsentError, advice, locked_packages

_COMMAND = re.compile(
    r"^(\s*)(?P<mark>[%!])?\s*(?:(?:python3?\s+-m\s+|uv\s+)?pip3?|conda|(?:micro)?mamba)"
    r"[ \t]+(?P<arguments>.*?)\s*$"
)
#: Options of pip that change nothing here.
_IDLE = {
    *("-U", "--upgrade", "-q", "--quiet", "-y", "--yes", "--user"),
    *("--no-cache-dir", "--force-reinstall", "--no-input"),
}


async def transform(lines: list[str]) -> list[str]:
    """Turns ``%pip install x``, ``!pip install x`` and the like into a call of ``run``."""
    found = [_COMMAND.match(line) for line in lines]
    if not any(found) or _is_python("".join(lines)):
        return lines
    alone = sum(bool(line.strip()) for line in lines) == 1
    return [
        f"{match.group(1)}await __import__('llmos_boot').pip({match['arguments']!r})\n"
        if match and (match["mark"] or alone)
        else line
        for line, match in zip(lines, found, strict=True)
    ]


def _is_python(cell: str) -> bool:
    """With magics in it a cell does not parse; what stands in a text is no magic."""
    import ast

    try:
        ast.parse(cell)
    except SyntaxError:
        return False
    return True


async def run(arguments: str) -> None:
    """``pip`` with these arguments, as far as a site in the browser can."""
    import shlex

    action, *rest = shlex.split(arguments, comments=True) or ["help"]
    if action == "install":
        await _install([word for word in rest if word not in _IDLE])
    elif action in ("list", "freeze"):
        packages = locked_packages()
        width = max(map(len, packages))
        print("\n".join(f"{name:{width}}  {packages[name]}" for name in sorted(packages)))
    else:
        raise PackageAbsentError(
            f"`%pip {action}` does nothing here: packages are part of the site and load "
            "when a cell imports them. There are %pip list and %pip install."
        )


async def _install(words: list[str]) -> None:
    from . import _packages

    await _packages.ready_piplite()
    import piplite
    import piplite.cli

    action, options = await piplite.cli.get_action_kwargs(["install", *map(_wheel, words)])
    if action is None or not options["requirements"]:
        raise PackageAbsentError(
            f"`%pip install {' '.join(words)}` could not be read. Write names or wheels, "
            "for example %pip install pandas."
        )
    for requirement in options.pop("requirements"):
        await _install_one(requirement, options)


async def _install_one(requirement: str, options: dict) -> None:
    import piplite
    from piplite.piplite import PiplitePyPIDisabled

    name = _name_of(requirement)
    if name == "qiskit":
        print("qiskit is here as its everyday part: import it, nothing needs installing.")
        return
    try:
        await piplite.install(requirement, **options)
    except PiplitePyPIDisabled as error:
        missing = str(error).partition(" ")[0]
        needs = "" if missing == name else f"{name} needs {missing}. "
        raise PackageAbsentError(needs + advice(missing)) from None
    except (ValueError, OSError) as error:
        raise PackageAbsentError(f"{requirement} could not be installed: {error}") from None
    version = locked_packages().get(name)
    print(f"{name} {version} is part of this site." if version else f"{name} is installed.")


def _name_of(requirement: str) -> str:
    """The package's name, in the form in which packages are compared."""
    last = requirement.rpartition("/")[2]
    word = last.split("-")[0] if last.endswith(".whl") else re.split(r"[^\w.-]", last)[0]
    return re.sub(r"[-_.]+", "-", word).lower()


def _wheel(word: str) -> str:
    """A wheel beside the notebook as micropip wants it written."""
    if not word.endswith(".whl") or re.match(r"\w+:", word):
        return word
    from pathlib import Path

    return f"emfs:{Path(word).resolve()}"
