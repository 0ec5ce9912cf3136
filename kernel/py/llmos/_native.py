"""Outside the browser: the skill index, read from folders, and runtimes by Node.

``LLMOS_VOLUMES_PATH`` names folders, nearest first, with ``:`` between them (``;`` on
Windows), each a volume or a folder of volumes; of those in a folder ``user…`` comes first,
then teams, then ``system…``. The package's own library comes last.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from ._errors import SkillError
from ._index import Index

#: Of each file its time and size, its entry, and why it has none.
_files: dict[Path, tuple[tuple[int, int], dict | None, str | None]] = {}
_state: tuple[tuple, Index] | None = None

#: File and message of each file that could not be read at the last look.
problems: list[tuple[str, str]] = []


def bundled_library() -> Path | None:
    """The library in the wheel, else that of the source tree."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "library" / "system", _source_tree(here)):
        if folder is not None and folder.is_dir():
            return folder
    return None


def _source_tree(here: Path) -> Path | None:
    parents = here.parents
    return parents[3] / "skills" / "library" / "system" if len(parents) > 3 else None


def folders() -> list[tuple[str, Path]]:
    """Volume names and their skill folders, nearest first."""
    found: list[tuple[str, Path]] = []
    for part in os.environ.get("LLMOS_VOLUMES_PATH", "").split(os.pathsep):
        if part:
            found += _volumes_of(Path(part).expanduser())
    library = bundled_library()
    if library:
        found.append(("system", library))
    return found


def _volumes_of(root: Path) -> list[tuple[str, Path]]:
    if not root.is_dir():
        raise SkillError(f"LLMOS_VOLUMES_PATH names {root}, which is no folder.")
    if (root / "HEAD").is_file() and (root / "objects").is_dir():
        raise SkillError(
            f"LLMOS_VOLUMES_PATH names {root}, a bare repository, which has no files "
            "beside its history. Name a clone of it."
        )
    if (root / "skills").is_dir():
        return [(root.name, root / "skills")]
    inner = [child for child in root.iterdir() if (child / "skills").is_dir()]
    found = [(child.name, child / "skills") for child in sorted(inner, key=_distance)]
    return found or [(root.name, root)]


def _distance(folder: Path) -> tuple[int, str]:
    name = folder.name
    near = "user" in name.split("-")
    far = "system" in name.split("-")
    return (0 if near else 2 if far else 1, name)


def index() -> Index:
    """The index of the folders as they are now; unchanged files are not read again."""
    global _state
    places = folders()
    seen: list[tuple] = []
    for volume, folder in places:
        for path in sorted([*folder.glob("*.md"), *folder.glob("*/SKILL.md")]):
            stat = path.stat()
            seen.append((volume, path, (stat.st_mtime_ns, stat.st_size)))
    stamp = (tuple(seen), tuple(places))
    if _state is None or _state[0] != stamp:
        raw = [_entry(volume, path, mark) for volume, path, mark in seen]
        found = ((str(path), _files[path][2]) for _, path, _ in seen)
        problems[:] = [(path, message) for path, message in found if message is not None]
        where = tuple(f"{volume} ({folder})" for volume, folder in places)
        _state = (stamp, Index([item for item in raw if item], where))
    return _state[1]


def _entry(volume: str, path: Path, mark: tuple[int, int]) -> dict | None:
    known = _files.get(path)
    if known is None or known[0] != mark:
        from ._frontmatter import read_skill

        raw, problem = None, None
        data = path.read_bytes()
        try:
            is_folder = path.name == "SKILL.md"
            name = path.parent.name if is_folder else path.stem
            raw = read_skill(data.decode(), name, is_folder=is_folder)
        except ValueError as error:
            problem = str(error)
        if raw is not None:
            raw.update(path=str(path), version="sha256:" + sha256(data).hexdigest())
        known = _files[path] = (mark, raw, problem)
    return known[1] and {**known[1], "volume": volume}


_node: object | None = None


async def run_in_node(request: dict) -> dict:
    """The answer of Node to a request of ``_foreign``; Node starts with the first of them.

    Raises ``SkillError`` that says what is missing here.
    """
    global _node
    if _node is None:
        import atexit

        from . import _bridge
        from .run.node import NodeRunner
        from .run.results import Results

        store = _bridge.store
        _node = NodeRunner(store if isinstance(store, Results) else Results(None, None))
        atexit.register(_node.close)
    return await _node(request)
