"""Skills in ordinary Jupyter: a notebook on ipykernel, and a page that serves it.

The extension's page runs ``attach`` by a silent request when it meets the kernel and
whenever its skills change, and opens a comm of the target ``llmos.runtime``. Python skills
run here; other types are asked of the page, whose answers arrive while the cell awaits
them (ipykernel 7 and later, by a subshell). Where no page answers, Node runs them if it can.
"""

from __future__ import annotations

import json
import os
import sys

from . import _bridge, _native
from ._describe import Described
from ._errors import SkillError
from ._page import Page, PageSilentError

TARGET = "llmos.runtime"

#: The least ipykernel that takes messages of a page while a cell awaits.
_LEAST = (7,)

_page: Page | None = None


def attach(page: str, index: str) -> Described:
    """Takes a page's skills as JSON, and asks that page from now on; ``page`` is its name."""
    global _page
    if _page is None:
        _page = _connect()
    _page.expect(page)
    _bridge.set_index(_with_folders(index))
    from . import __version__

    return Described(llmos=__version__, answers=_page.can_answer)


def _connect() -> Page:
    """Makes the page what ``llmos`` asks; once a kernel."""
    from comm import get_comm_manager

    page = Page(can_answer=_ipykernel() >= _LEAST)
    get_comm_manager().register_target(TARGET, page.opened)
    _bridge.set_runner(Runner(page))
    _bridge.set_reader(Reader(page))
    _bridge.set_store(_store(page))
    return page


def _ipykernel() -> tuple:
    module = sys.modules.get("ipykernel")
    return getattr(module, "version_info", ())


def _with_folders(text: str) -> str:
    """The page's skills, and behind them those of folders that this kernel was given."""
    if not os.environ.get("LLMOS_VOLUMES_PATH"):
        return text
    data = json.loads(text)
    own = _native.index()
    data["entries"] = [*data["entries"], *own.all_raw()]
    data["places"] = [*(data.get("places") or ()), *own.places]
    return json.dumps(data)


def _store(page: Page) -> object:
    """Results in a folder, as native runs have them; in none where there can be no folder."""
    from .run.failure import RunError
    from .run.results import Results
    from .run.store import Store, default_folder

    class Kept(Results):
        """The kernel's results; its calls are told to the page, for traces."""

        def may_have(self, key: str) -> bool:
            return self._store is not None and super().may_have(key)

        def put(self, key: str, text: str, buffers: list) -> None:
            if self._store is not None:
                super().put(key, text, buffers)

        def called(self, text: str) -> None:
            page.tell("called", parent=_request(), record=text)

    try:
        return Kept(Store(default_folder()), None)
    except RunError:
        return Kept(None, None)


def _request() -> str:
    """The ``msg_id`` of the request that the kernel answers."""
    from ipykernel.kernelbase import Kernel

    parent = Kernel.instance().get_parent("shell") or {}
    return (parent.get("header") or {}).get("msg_id") or ""


#: What the page needs of a request: it has the skill itself.
_SENT = {"id", "version", "inputs", "key"}


class Runner:
    """Runs what is not Python: by the page, else by Node."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def __call__(self, request: dict) -> object:
        """The answer of a request of ``_foreign``."""
        why = self._page.why_not()
        if why is None:
            wanted = {name: value for name, value in request.items() if name in _SENT}
            try:
                return await self._page.ask("call", request=wanted)
            except PageSilentError as silent:
                why = str(silent)
        try:
            return await _native.run_in_node(request)
        except SkillError as no_node:
            raise SkillError(
                f'Skill "{request["id"]}" is of type {request["type"]}, which runs in the page of '
                f"JupyterLab or in Node. {why} And Node: {no_node}",
                skill=request["id"],
                type=request["type"],
            ) from None


class Reader:
    """Reads files beside skills: from the page's volumes, or from folders of this machine."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def __call__(self, path: str) -> object:
        """Bytes or text of a file."""
        if os.path.isabs(path):
            from pathlib import Path

            return Path(path).read_bytes()
        why = self._page.why_not()
        if why is None:
            try:
                return await self._page.ask("read", path=path)
            except PageSilentError as silent:
                why = str(silent)
        raise SkillError(f"{path} stands in a volume of the page. {why}")
