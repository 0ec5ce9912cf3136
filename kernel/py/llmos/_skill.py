"""``skill("id")``: a skill to look at and to call."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import FrameType

from . import _bridge
from ._call import SkillCall, run_blocking
from ._check import check_inputs
from ._errors import SkillError
from ._index import Entry, Ports
from ._outputs import Outputs

_hooked = False


class Skill:
    """A skill of the library; call it with its inputs and await the call.

    The skill is looked up at each call, so an edited file is used by the next one.
    """

    __slots__ = ("_id", "_pin", "_preview")

    def __init__(self, skill_id: str, pin: str | None = None, preview: bool = True) -> None:
        self._id = skill_id
        self._pin = pin
        self._preview = preview

    @property
    def _entry(self) -> Entry:
        return _bridge.index().find(self._id, self._pin)

    def __call__(self, /, *args: object, **inputs: object) -> SkillCall:
        """Checks the inputs and gives a call to await; raises ``SkillInputError``."""
        try:
            return self._prepare(args, inputs, sys._getframe(1))
        except SkillError as error:
            raise error.with_traceback(None) from None

    def sync(self, /, *args: object, **inputs: object) -> Outputs:
        """The outputs without ``await``, where the platform can block (else an error)."""
        try:
            return run_blocking(self._prepare(args, inputs, sys._getframe(1)))
        except SkillError as error:
            raise error.with_traceback(None) from error.__cause__  # the skill's own lines

    def _prepare(self, args: tuple, inputs: dict, frame: FrameType) -> SkillCall:
        entry = self._entry
        checked = check_inputs(entry, args, inputs)
        place = None
        if self._preview and "IPython.core.interactiveshell" in sys.modules:
            from ._cell import place_of

            place = place_of(frame)
        return SkillCall(entry, checked, place)

    async def read(self, name: str) -> bytes:
        """A file of the folder beside the skill (``skills/<id>/name``), as bytes."""
        from ._files import read_beside

        return await read_beside(self._entry, name)

    id = property(lambda self: self._entry.id, doc="The id, also when found by an alias.")
    name = property(lambda self: self._entry.name, doc="The name for people.")
    description = property(lambda self: self._entry.description, doc="What it does.")
    category = property(lambda self: self._entry.category, doc="Its category.")
    type = property(lambda self: self._entry.type, doc="The runtime that runs it.")
    aliases = property(lambda self: self._entry.aliases, doc="Older ids that still work.")
    pure = property(lambda self: self._entry.pure, doc="Same inputs, same outputs.")
    version = property(lambda self: self._entry.version, doc="sha256: of the file's bytes.")
    volume = property(lambda self: self._entry.volume, doc="The volume that it is in.")
    path = property(lambda self: self._entry.path, doc="Its file.")
    code = property(lambda self: self._entry.code, doc="Its code block.")

    @property
    def inputs(self) -> Ports:
        """The declared inputs."""
        return self._entry.inputs

    @property
    def outputs(self) -> Ports:
        """The declared outputs."""
        return self._entry.outputs

    @property
    def __doc__(self) -> str:
        from ._card import help_text

        return help_text(self._entry)

    @property
    def __signature__(self) -> object:
        from ._card import signature_of

        return signature_of(self._entry)

    @property
    def __name__(self) -> str:
        return self._entry.id

    def __repr__(self) -> str:
        from ._card import one_line

        return one_line(self._entry)

    def _repr_html_(self) -> str:
        from ._card import card

        return card(self._entry)


class SkillList(list):
    """Skills, shown as a table."""

    def __repr__(self) -> str:
        return "\n".join(repr(item) for item in self) or "No skills."

    def _repr_html_(self) -> str:
        from ._card import list_table

        return list_table(self)


def skill(name: str, /, *, version: str | None = None, preview: bool = True) -> Skill:
    """The skill with this id or alias, nearest volume first.

    Call it and await the call: ``vqe = await skill("quantum-vqe")(iterations=100)``.

    Args:
        name: Skill id such as ``"quantum-vqe"``.
        version: Pins the version (``"sha256:…"``, at least 8 digits of it); another
            version then is an error.
        preview: ``False`` shows no preview below the cell. A semicolon after the call
            does the same.

    Raises:
        SkillNotFoundError: There is no such skill, or not in that version.
    """
    hook_shell()
    try:
        entry = _bridge.index().find(name, version)
    except SkillError as error:
        raise error.with_traceback(None) from None
    return Skill(entry.id, version, preview)


def skills(search: str = "") -> SkillList:
    """All executable skills, sorted by id; ``search`` keeps those that contain the words."""
    index = _bridge.index()
    entries: Iterable[Entry] = (index.entry(skill_id) for skill_id in index.ids())
    words = search.lower().split()
    found = SkillList()
    for entry in entries:
        about = (entry.id, entry.name, entry.description, entry.category, *entry.keywords)
        text = " ".join(about).lower()
        if all(word in text for word in words):
            found.append(Skill(entry.id))
    return found


def hook_shell() -> None:
    """Adds completion to a running IPython shell, once; costs nothing without one."""
    global _hooked
    if _hooked:
        return
    module = sys.modules.get("IPython.core.interactiveshell")
    shell = module.InteractiveShell._instance if module else None
    if shell is None or not hasattr(shell, "Completer"):
        return
    _hooked = True
    from ._ipython import install

    install(shell)
