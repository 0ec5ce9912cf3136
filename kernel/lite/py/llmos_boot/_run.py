"""Runs a cell as upstream's kernel does, and tells IPython what it has found out already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable


def install(shell: object, load: Callable[[str], Awaitable[None]]) -> None:
    """Gives the shell's kernel its ``run``; ``load`` loads the packages that a cell imports.

    Upstream leaves the transformed cell out, for which IPython writes two warnings a cell
    that nobody sees: they take longer than a short cell.
    """
    kernel = shell.kernel

    async def run(code: str) -> dict:
        shell._last_traceback = None
        code = await kernel.lite_transform_manager.transform_cell(code)
        results: dict = {}
        try:
            await load(shell.transform_cell(code))
        except Exception:
            shell.showtraceback()
        else:
            # Asked again: what was loaded may have brought a transformation of its own.
            cell = shell.transform_cell(code)
            if shell.should_run_async(code, transformed_cell=cell):
                await shell.run_cell_async(code, store_history=True, transformed_cell=cell)
            else:
                shell.run_cell(code, store_history=True)
            results["payload"] = shell.payload_manager.read_payload()
            shell.payload_manager.clear_payload()
        return results | _outcome(shell._last_traceback)

    kernel.run = run


def _outcome(error: dict | None) -> dict:
    return {"status": "ok"} if error is None else {"status": "error", **error}
