"""Runs in Pyodide at build time: turns Python sources into archives of bytecode.

Bytecode is tied to the exact interpreter, so the interpreter that will read it writes
it. Each module becomes an unchecked hash-based ``.pyc`` beside (or in place of) its
source: such a file is used as it stands, without looking at the source's date.
"""

from __future__ import annotations

import io
import json
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash
from pathlib import Path, PurePosixPath

# A fixed date keeps the archives the same bytes for the same inputs.
_DATE = (2020, 1, 1, 0, 0, 0)
_SITE_PACKAGES = "/lib/python3.12/site-packages"


def _bytecode(data: bytes, path: str) -> bytes | None:
    try:
        code = compile(data, path, "exec", dont_inherit=True)
    except SyntaxError:
        # Templates and fixtures named .py; their source goes along as it is.
        return None
    return bytes(_code_to_hash_pyc(code, source_hash(data), False))


def _write(archive: zipfile.ZipFile, name: str, data: bytes, level: int = 9) -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, zipfile.ZIP_DEFLATED, level)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, mount: str, keep: bool) -> None:
    """Adds one file; ``mount`` is where the archive will stand, for tracebacks."""
    compiled = _bytecode(data, f"{mount}/{name}") if name.endswith(".py") else None
    if compiled is not None:
        _write(archive, f"{name}c", compiled)
    if compiled is None or keep:
        _write(archive, name, data)


def compile_stdlib(source: str, target: str, mount: str) -> None:
    """The standard library with bytecode in the place of sources."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            if not name.endswith("/"):
                _add(new, name, old.read(name), mount, keep=False)


def compile_wheel(source: str, target: str, files: dict[str, str]) -> None:
    """A wheel with the bytecode of its modules beside their sources.

    The in-memory file system forgets what Python compiles, so without it every session
    would compile numpy or pandas again. ``files`` are texts to add, or to put in the place
    of what the wheel has, by name.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            if name.endswith("/") or name in files:
                continue
            data = old.read(name)
            _write(new, name, data, level=6)
            path = PurePosixPath(name)
            if path.suffix == ".py" and "tests" not in path.parts[:-1]:
                compiled = _bytecode(data, f"{_SITE_PACKAGES}/{name}")
                if compiled is not None:
                    kept = path.parent / "__pycache__" / f"{path.stem}.cpython-312.pyc"
                    _write(new, str(kept), compiled, level=6)
        for name in sorted(files):
            _write(new, name, files[name].encode())


def make_bundle(
    wheels: list[str], sources: str, target: str, mount: str, keep: list[str]
) -> None:
    """One archive of all wheels, and of the packages in the folder ``sources``.

    ``keep`` names the packages whose sources go along, so that tracebacks and help show
    them. The list of what is in it stands in ``llmos_packages.json``.
    """
    names = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for wheel in wheels:
            names.append(Path(wheel).name.split("-")[0].replace("_", "-").lower())
            with zipfile.ZipFile(wheel) as archive:
                for name in sorted(archive.namelist()):
                    if not name.endswith("/") and _is_needed(name):
                        kept = name.split("/")[0] in keep
                        _add(bundle, name, archive.read(name), mount, kept)
        root = Path(sources)
        for path in sorted(root.rglob("*.py")):
            name = str(path.relative_to(root))
            _add(bundle, name, path.read_bytes(), mount, keep=True)
        _write(bundle, "llmos_packages.json", json.dumps(sorted(names)).encode())
    Path(target).write_bytes(buffer.getvalue())


#: Parts of `llmos` for Python outside the browser; the site has its own library and graph.
_NATIVE_ONLY = ("__main__.py", "library", "run")


def _is_needed(name: str) -> bool:
    top, *rest = name.split("/")
    if top.endswith(".data"):
        return False
    if top.endswith(".dist-info"):
        return rest == ["METADATA"] or rest == ["entry_points.txt"]
    if top == "llmos" and rest[0] in _NATIVE_ONLY:
        return False
    return "tests" not in rest[:-1]
