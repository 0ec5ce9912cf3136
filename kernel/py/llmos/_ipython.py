"""Completion and inspection of skills in IPython, added when a shell and skills meet."""

from __future__ import annotations

import re

from . import _bridge
from ._errors import SkillError
from ._index import Entry
from ._magic import skill_magic, skill_transform

_ID = re.compile(r"""\bskill\(\s*(["'])([^"'\n]*)$""")
_CALL = re.compile(r"""\bskill\(\s*(["'])([^"'\n]+)\1[^()\n]*\)\s*(?:\.sync\s*)?\(""")
_NAME = re.compile(r"([^\W\d]\w*)?$")
_HELP = re.compile(r"""^\s*(?:await\s+)?skill\(\s*(["'])([^"'\n]+)\1[^()\n]*\)\s*\?\??\s*$""")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def install(shell: object) -> None:
    """Adds completion, ``skill("id")?``, Shift+Tab help and ``%%skill`` to a shell."""
    matchers = getattr(shell.Completer, "custom_matchers", None)
    if matchers is not None and skill_matcher not in matchers:
        matchers.append(skill_matcher)
    transforms = getattr(shell, "input_transformers_cleanup", None)
    if transforms is not None and help_transform not in transforms:
        transforms.append(help_transform)
        transforms.append(skill_transform)
    if hasattr(shell, "register_magic_function"):
        shell.register_magic_function(skill_magic, "cell", "skill")
    kernel = getattr(shell, "kernel", None)
    for name in ("inspect", "do_inspect"):
        if callable(getattr(kernel, name, None)):
            _extend_inspection(kernel, name)


def skill_matcher(context: object) -> dict:
    """IPython matcher (API 2): skill ids inside ``skill("``, input names inside a call."""
    from IPython.core.completer import SimpleCompletion

    before = context.full_text[: _offset(context)]
    found, fragment, words = completions(before)
    kind = "module" if found == "id" else "param"
    result = {
        "completions": [SimpleCompletion(text=word, type=kind) for word in words],
        "matched_fragment": fragment,
        "ordered": True,
    }
    if found and words:
        # No file names beside ids; the notebook's own names once a letter is typed.
        result["suppress"] = found == "id" or not fragment
    return result


skill_matcher.matcher_api_version = 2
skill_matcher.matcher_priority = 120
skill_matcher.matcher_identifier = "llmos.skill_matcher"


def _offset(context: object) -> int:
    lines = context.full_text.split("\n")
    return sum(len(line) + 1 for line in lines[: context.cursor_line]) + context.cursor_position


def completions(before: str) -> tuple[str | None, str, list[str]]:
    """What could follow the text before the cursor: ``id`` or ``input``, typed part, words."""
    match = _ID.search(before)
    if match:
        fragment = match.group(2)
        return "id", fragment, _ids_like(fragment)
    call = open_call(before)
    if call is None:
        return None, "", []
    entry, arguments = call
    if _in_text(arguments):
        return None, "", []
    last = _after_comma(arguments)
    match = _NAME.search(last)
    if match is None or last[: match.start()].strip():
        return None, "", []  # inside a value, not at the start of an argument
    fragment = match.group(0)
    given = set(re.findall(r"([^\W\d]\w*)\s*=(?!=)", arguments))
    names = [f"{name}=" for name in entry.inputs if name not in given]
    return "input", fragment, [name for name in names if name.startswith(fragment)]


def _ids_like(fragment: str) -> list[str]:
    ids = _bridge.index().ids()
    first = [skill_id for skill_id in ids if skill_id.startswith(fragment)]
    return first or [skill_id for skill_id in ids if fragment in skill_id]


def open_call(before: str) -> tuple[Entry, str] | None:
    """The skill whose call the cursor is in, and the arguments before the cursor."""
    for match in reversed(list(_CALL.finditer(before))):
        arguments = before[match.end() :]
        if _is_open(arguments):
            try:
                return _bridge.index().find(match.group(2)), arguments
            except SkillError:
                return None
    return None


def _plain(text: str) -> str:
    """The text with the insides of complete string literals blanked out."""
    return re.sub(
        r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""",
        lambda match: '"' + " " * (len(match.group(0)) - 2) + '"',
        text,
    )


def _in_text(arguments: str) -> bool:
    rest = re.sub(r'" *"', "", _plain(arguments))
    return '"' in rest or "'" in rest


def _is_open(arguments: str) -> bool:
    depth = 0
    for char in _plain(arguments):
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                return False
    return True


def _after_comma(arguments: str) -> str:
    """The last argument so far, at the call's own level."""
    text, open_, start = _plain(arguments), [], 0
    for position, char in enumerate(text):
        if char in "([{":
            open_.append(char)
        elif char in ")]}" and open_ and open_[-1] == _PAIRS[char]:
            open_.pop()
        elif char == "," and not open_:
            start = position + 1
    return "x(" if open_ else arguments[start:]


def help_transform(lines: list[str]) -> list[str]:
    """``skill("id")?`` becomes a call that shows the skill's help."""
    return [
        f"__import__('llmos')._ipython.show_help({match.group(2)!r})\n" if match else line
        for line, match in ((line, _HELP.match(line)) for line in lines)
    ]


def show_help(name: str) -> None:
    """Shows the help of a skill in the pager, as ``name?`` does for Python objects."""
    from IPython import get_ipython

    shell = get_ipython()
    shell.payload_manager.write_payload(
        {"source": "page", "data": help_bundle(_bridge.index().find(name)), "start": 0}
    )


def help_bundle(entry: Entry) -> dict[str, str]:
    """Help as plain text and as an HTML card."""
    from ._card import card, help_text

    return {"text/plain": help_text(entry), "text/html": card(entry)}


def _extend_inspection(kernel: object, name: str) -> None:
    """Lets Shift+Tab inside a skill call answer with the skill, not the function."""
    original = getattr(kernel, name)
    if getattr(original, "llmos", False):
        return

    def inspect(code: str, cursor_pos: int, *args: object, **options: object) -> object:
        entry = entry_at(code, cursor_pos)
        if entry is None:
            return original(code, cursor_pos, *args, **options)
        data = help_bundle(entry)
        return {"status": "ok", "found": True, "data": data, "metadata": {}}

    inspect.llmos = True
    setattr(kernel, name, inspect)


def entry_at(code: str, cursor_pos: int) -> Entry | None:
    """The skill that the text at the cursor is about: inside its id or its call."""
    before = code[:cursor_pos]
    match = _ID.search(before)
    if match:
        rest = re.match(r"[^\"'\n]*", code[cursor_pos:])
        try:
            return _bridge.index().find(match.group(2) + rest.group(0))
        except SkillError:
            return None
    call = open_call(before)
    if call is None:
        return None
    # On the name of a variable or function inside the call, that is what is meant.
    word = re.search(r"([\w.]+)$", before)
    inside = word and word.group(1) not in call[0].inputs
    return None if inside else call[0]
