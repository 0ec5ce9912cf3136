"""Where a run finds its skills, wherever it was started."""

from __future__ import annotations

import os
from pathlib import Path

from .. import _native
from .._errors import SkillError
from .failure import RunError
from .say import warn


def fix_places() -> None:
    """Makes places that the environment names absolute: the run goes to another folder."""
    for name in ("LLMOS_VOLUMES_PATH", "LLMOS_CLI", "LLMOS_SITE"):
        named = os.environ.get(name, "")
        parts = named.split(os.pathsep) if name == "LLMOS_VOLUMES_PATH" else [named]
        places = [str(Path(part).expanduser().absolute()) for part in parts if part]
        if places:
            os.environ[name] = os.pathsep.join(places)


def find_volumes(notebook: Path, named: list[Path]) -> None:
    """Skills of the folders that are named, then of the volume that the notebook is in."""
    folders = [str(folder.resolve()) for folder in named]
    for folder in notebook.parents:
        if (folder / "skills").is_dir() and any((folder / "skills").glob("*.md")):
            folders.append(str(folder))
            break
    before = os.environ.get("LLMOS_VOLUMES_PATH", "")
    paths = [*dict.fromkeys(folders), *([before] if before else [])]
    if paths:
        os.environ["LLMOS_VOLUMES_PATH"] = os.pathsep.join(paths)
    try:
        _native.index()
    except SkillError as error:  # a folder that is none, or no PyYAML
        raise RunError(str(error)) from None
    for path, message in _native.problems:
        warn(f"{path} is left out: {message}.")
