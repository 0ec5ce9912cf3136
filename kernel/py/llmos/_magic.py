"""``%%skill``: a cell that is to become a skill.

The cell runs as it would without the line, so that ``await``, previews and the lines of
tracebacks stay as they are. LLMos Lab then offers to save it.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"^%%skill(?:[ \t]+(.*?))?[ \t]*$")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

USAGE = 'Write %%skill, or %%skill and an id of small letters, digits and "-": %%skill my-step'


def skill_transform(lines: list[str]) -> list[str]:
    """Puts a check of the id in the place of the ``%%skill`` line."""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        match = _LINE.match(line.rstrip("\r\n"))
        if not match:
            return lines
        call = f"__import__('llmos')._magic.begin_skill({match.group(1) or ''!r})\n"
        return [*lines[:number], call, *lines[number + 1 :]]
    return lines


def begin_skill(argument: str) -> None:
    """Checks what stands behind ``%%skill``, before the cell runs."""
    if argument and not _ID.fullmatch(argument):
        from IPython.core.error import UsageError

        raise UsageError(f'"{argument}" cannot be the id of a skill. {USAGE}')


def skill_magic(line: str, cell: str) -> None:
    """Make a skill of this cell.

    ``%%skill`` or ``%%skill my-step`` as the first line. The cell runs as usual; LLMos Lab
    then asks for name, inputs and outputs and saves the skill in your volume.
    """
    # Reached only where the transformation above is not in force.
    from IPython import get_ipython

    begin_skill(line.strip())
    get_ipython().run_cell(cell)
