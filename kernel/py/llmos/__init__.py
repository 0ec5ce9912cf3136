"""Skills of LLMos Lab as Python calls.

``from llmos import skill`` and then ``result = await skill("quantum-vqe")(iterations=100)``.

Importing this package is on the kernel's start-up path, so it loads nothing heavy:
previews, checks of rarer types, completion and the reader of skill folders come with
their first use.
"""

from ._errors import (
    SkillError,
    SkillInputError,
    SkillNotAwaitedError,
    SkillNotFoundError,
    SkillOutputError,
)
from ._outputs import Outputs
from ._qiskit import install_fallback
from ._skill import Skill, hook_shell, skill, skills

__version__ = "0.1.0"

__all__ = [
    "Outputs",
    "Skill",
    "SkillError",
    "SkillInputError",
    "SkillNotAwaitedError",
    "SkillNotFoundError",
    "SkillOutputError",
    "prepare",
    "skill",
    "skills",
    "table",
]


def prepare(source: str, namespace: dict | None = None) -> object:
    """Stages the skill call of a cell for the graph's workers; to be awaited.

    See ``_prepare``. Gives ``{ key, cached, skill, version, why? }``.
    """
    from ._prepare import prepare as run

    return run(source, namespace)


def table(rows: object, units: object = None) -> object:
    """Rows of values, such as those of a sweep, as a table to look at.

    Args:
        rows: One mapping a row, from column to value.
        units: Units by column, for the heads.
    """
    from ._rows import Table

    return Table(rows, units)


install_fallback()
hook_shell()
