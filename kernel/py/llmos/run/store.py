"""Results of skill calls in a folder, by the keys that the site uses too (``_cachekey``).

One file a result: a line of JSON that says the sizes and the sha256 of what follows, then the
packed text (``_pack``) and its binary parts. Reading it runs no code, whoever wrote it: it is
JSON and arrays of numbers. A file that is damaged is removed, and its call runs again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time

from .failure import RunError
from .files import write_whole

#: Bytes that the store keeps unless told otherwise.
DEFAULT_LIMIT = 1_000_000_000
_SUFFIX = ".llmos"
#: After so long a file that is being written belongs to no run any more.
_LEFT_SECONDS = 86_400
_V = 1


def default_folder() -> Path:
    """``LLMOS_CACHE``, else the platform's folder for caches."""
    named = os.environ.get("LLMOS_CACHE")
    if named:
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "llmos" / "results"


class Store:
    """A folder of results, those used least recently out first."""

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._remove_left_over()
            self._size = sum(size for _, size, _ in self._files())
        except OSError as error:
            raise RunError(
                f"The folder of results, {folder}, cannot be used: {error.strerror}. Name "
                "another one with --cache DIR, or run with --no-cache."
            ) from None

    def has(self, key: str) -> bool:
        """Whether there is a file of a key; only reading tells whether it is whole."""
        return self._path(key).is_file()

    def get(self, key: str) -> tuple[str, list[bytes]] | None:
        """Text and parts of a result; None when there is none that is whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        found = _opened(key, data)
        if found is None:
            self._remove(path, len(data))
            return None
        with suppress(OSError):
            os.utime(path)  # used just now
        return found

    def put(self, key: str, text: str, parts: list[bytes]) -> None:
        """Keeps a result; one that does not fit at all is left out."""
        data = _closed(key, text, parts)
        path = self._path(key)
        if len(data) > self._limit:
            return
        try:
            old = _size_of(path)
            path.parent.mkdir(exist_ok=True)
            write_whole(path, data)
        except OSError:
            return  # a full or read-only disk costs the next run time, not this one its result
        self._size += len(data) - old
        if self._size > self._limit:
            self._make_room()

    def _path(self, key: str) -> Path:
        digits = key.removeprefix("sha256:")
        return self._folder / digits[:2] / (digits + _SUFFIX)

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Time of last use, size and path of each result."""
        for path in self._folder.glob(f"??/*{_SUFFIX}"):
            with suppress(FileNotFoundError):  # another run made room
                stat = path.stat()
                yield stat.st_mtime, stat.st_size, path

    def _remove_left_over(self) -> None:
        """Half-written files of runs that were killed; those of others may be under way."""
        for path in self._folder.glob(f"??/.{'[0-9a-f]' * 40}.*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time() - _LEFT_SECONDS:
                    path.unlink()

    def _make_room(self) -> None:
        files = sorted(self._files())
        self._size = sum(size for _, size, _ in files)
        for _, size, path in files:
            if self._size <= self._limit * 0.9:
                break
            self._remove(path, size)

    def _remove(self, path: Path, size: int) -> None:
        with suppress(OSError):
            path.unlink()
            self._size -= size


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # never there, or another run has just made room
        return 0


def _closed(key: str, text: str, parts: list[bytes]) -> bytes:
    body = b"".join((text.encode("utf-8", "surrogatepass"), *parts))
    head = {
        "v": _V,
        "key": key,
        "text": len(body) - sum(map(len, parts)),
        "parts": [len(part) for part in parts],
        "sha256": sha256(body).hexdigest(),
    }
    return json.dumps(head).encode() + b"\n" + body


def _opened(key: str, data: bytes) -> tuple[str, list[bytes]] | None:
    line, _, body = data.partition(b"\n")
    try:
        head = json.loads(line)
        if head["v"] != _V or head["key"] != key or head["sha256"] != sha256(body).hexdigest():
            return None
        sizes = [int(size) for size in (head["text"], *head["parts"])]
    except (ValueError, TypeError, LookupError):
        return None
    if min(sizes) < 0 or sum(sizes) != len(body):
        return None
    pieces, at = [], 0
    for size in sizes:
        pieces.append(body[at : at + size])
        at += size
    try:
        return pieces[0].decode("utf-8", "surrogatepass"), pieces[1:]
    except UnicodeDecodeError:
        return None
