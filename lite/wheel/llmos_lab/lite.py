"""Adds the kernel "Python (LLMos Lab)" to sites that ``jupyter lite build`` makes.

The panels are ordinary labextensions, which that build finds by itself. The kernel is not
one of them, since it does not load where there is no JupyterLite: it stands in this package,
with the files that it loads at run time. Python itself is among them; packages such as numpy
come from Pyodide's own server unless ``litePluginSettings`` name another index.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from jupyterlite_core.addons.base import BaseAddon
from jupyterlite_core.constants import (
    JSON_FMT,
    JUPYTER_CONFIG_DATA,
    JUPYTERLITE_JSON,
    LAB_EXTENSIONS,
    UTF8,
)

from . import __version__

KERNEL = "@llmos-lab/kernel-lite"
PLUGIN = f"{KERNEL}:kernel"

_SOURCE = Path(__file__).parent / "kernel-lite"

#: The kernel's own files, from the root of the site.
_FOLDER = f"./{LAB_EXTENSIONS}/{KERNEL}/llmos"

_SETTINGS = {
    "siteUrl": f"{_FOLDER}/",
    "pyodideUrl": f"{_FOLDER}/pyodide/pyodide.mjs",
    "lockUrl": f"{_FOLDER}/pyodide/pyodide-lock.json",
    "stdlibUrl": f"{_FOLDER}/pyodide/python_stdlib.zip",
    "bundleUrl": f"{_FOLDER}/pyodide/python-bundle.bin",
    "version": __version__,
}


class LlmosLabAddon(BaseAddon):
    """Copies the kernel and its files, and tells it where they are."""

    __all__ = ["build", "post_build"]

    def build(self, manager: object) -> Iterator[dict]:
        """Copies what pages load."""
        if self.is_sys_prefix_ignored():
            return
        target = manager.output_dir / LAB_EXTENSIONS / KERNEL
        files = [path for path in _SOURCE.rglob("*") if path.is_file()]
        yield self.task(
            name="copy:llmos-lab",
            doc="copy the kernel of LLMos Lab",
            file_dep=files,
            targets=[target / path.relative_to(_SOURCE) for path in files],
            actions=[(self.copy_one, [_SOURCE, target])],
        )

    def post_build(self, manager: object) -> Iterator[dict]:
        """Writes the addresses into the site's configuration."""
        if self.is_sys_prefix_ignored():
            return
        config = manager.output_dir / JUPYTERLITE_JSON
        yield self.task(
            name="patch:llmos-lab",
            doc=f"tell {JUPYTERLITE_JSON} where the files of LLMos Lab are",
            file_dep=[config],
            actions=[(self.patch, [config])],
        )

    def patch(self, path: Path) -> None:
        """Adds what the site's own configuration does not say otherwise."""
        config = json.loads(path.read_text(**UTF8))
        data = config.setdefault(JUPYTER_CONFIG_DATA, {})
        settings = data.setdefault("litePluginSettings", {})
        settings[PLUGIN] = {**_SETTINGS, **settings.get(PLUGIN, {})}
        path.write_text(json.dumps(config, **JSON_FMT), **UTF8)
        self.maybe_timestamp(path)
