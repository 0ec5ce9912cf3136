"""Runs notebooks and the same notebooks with a cell replaced by its skill.

Standard input: a JSON list of ``{ cells, replaced, entry, names }``. Standard output: for
each, the ``repr`` of the names after both ways, or the error.
"""

from __future__ import annotations

import ast
import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "kernel" / "py"))

from llmos import _bridge  # noqa: E402


async def run(cells: list[str], names: list[str]) -> list[str]:
    space: dict = {"__name__": "__main__"}
    for cell in cells:
        code = compile(cell, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        waiting = eval(code, space)
        if waiting is not None:
            await waiting
    return [repr(space[name]) for name in names]


async def main() -> None:
    answers = []
    for case in json.load(sys.stdin):
        _bridge.set_index(json.dumps({"entries": case["entries"], "places": []}))
        answer = {}
        for way in ("cells", "replaced"):
            try:
                answer[way] = await run(case[way], case["names"])
            except BaseException as error:
                answer[way] = [f"{type(error).__name__}: {error}"]
        answers.append(answer)
    json.dump(answers, sys.stdout)


asyncio.run(main())
