"""Files in the folder beside a skill: ``skills/<id>/…`` for ``skills/<id>.md``."""

from __future__ import annotations

from . import _bridge
from ._errors import SkillError
from ._index import Entry


def path_beside(entry: Entry, name: str) -> str:
    """The path of such a file; raises ``SkillError`` when it would leave the folder."""
    parts = name.split("/")
    bad = any(part in ("", ".", "..") or part.startswith(".") for part in parts)
    if bad or "\\" in name or ":" in name or "\0" in name:
        raise SkillError(
            f'Skill "{entry.id}": "{name}" is no file beside the skill. Give a path inside '
            "its folder, such as data/table.csv.",
            skill=entry.id,
        )
    folder = entry.path.removesuffix(".md")
    if folder.endswith("/SKILL"):
        folder = folder.removesuffix("/SKILL")
    return f"{folder}/{name}"


async def read_beside(entry: Entry, name: str) -> bytes:
    """The bytes of a file beside the skill; text is given in UTF-8."""
    path = path_beside(entry, name)
    if _bridge.reader is not None:
        data = await _bridge.reader(path)
        if hasattr(data, "to_py"):
            data = data.to_py()
        return data.encode() if isinstance(data, str) else bytes(data)
    if _bridge.in_browser():
        raise SkillError(f"This kernel cannot read files of volumes: {path}.", skill=entry.id)
    from pathlib import Path

    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise SkillError(f"{path} cannot be read: {error.strerror}.", skill=entry.id) from error
