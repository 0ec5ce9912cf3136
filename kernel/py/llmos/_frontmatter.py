"""Reads an executable skill from Markdown, natively. The site's parser is the reference.

PyYAML reads the front matter with the types of YAML 1.2's core schema, as that parser does:
``on`` is text and ``1e-6`` a number.
"""

from __future__ import annotations

import math
import re
import unicodedata

from ._errors import SkillError

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`~{]*)[^\n`]*$")
_LANGUAGES = {
    "python-wasm": ("python", "py"),
    "qiskit": ("python", "py"),
    "javascript": ("javascript", "js"),
    "threejs": ("javascript", "js"),
    "ngspice": ("spice", "ngspice"),
}
_ALIASES = {"spice": "ngspice", "python": "python-wasm"}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LONGEST_ID = 64
_LONGEST_DESCRIPTION = 1024


def read_skill(text: str, name: str, *, is_folder: bool = False) -> dict | None:
    """The index entry of an executable skill, None for a context skill.

    ``name`` is that of the file, or of the folder of a ``SKILL.md``.
    Raises ``ValueError`` that says what is wrong.
    """
    match = re.match(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", text, re.DOTALL)
    if not match:
        raise ValueError("it does not begin with front matter between two lines ---")
    front = _as_the_site_reads(_load(match.group(1)))
    if not isinstance(front, dict):
        raise ValueError("its front matter is no list of `key: value` lines")
    if is_folder:
        front = _before_export(front, name)
    kind = front.get("type") or front.get("language")
    if not kind:
        return None
    kind = _ALIASES.get(kind, kind)
    if kind not in _LANGUAGES:
        raise ValueError(f'type "{kind}" is none of {", ".join(_LANGUAGES)}')
    code, line = _first_block(text, match.end(), _LANGUAGES[kind])
    keywords = front.get("keywords") or front.get("tags") or []
    skill_id = front.get("skill_id") or name
    return {
        "id": str(skill_id),
        "aliases": list(front.get("aliases") or []),
        "name": str(front.get("name") or skill_id),
        "description": str(front.get("description") or ""),
        "category": str(front.get("category") or ""),
        "keywords": keywords.split(",") if isinstance(keywords, str) else list(keywords),
        "type": kind,
        "mode": front.get("execution_mode") or "browser-wasm",
        "pure": front.get("pure") is not False,
        "inputs": _ports(front.get("inputs")),
        "outputs": _ports(front.get("outputs")),
        "code": code,
        "codeLine": line,
    }


def _before_export(front: dict, folder: str) -> dict:
    """The front matter that an export has kept, with what was edited since; else as it is.

    ``fromAgentSkill`` is the reference; of what can be edited an entry has the description.
    """
    metadata = front.get("metadata")
    kept = metadata.get("llmos") if isinstance(metadata, dict) else None
    inner = _as_the_site_reads(_try_load(kept)) if isinstance(kept, str) else None
    if not isinstance(inner, dict):
        return front
    name = front["name"].strip() if isinstance(front.get("name"), str) else folder
    written = inner.get("skill_id")
    if written is None:
        written = metadata.get("llmos-id")
    is_same = isinstance(written, str) and _to_id(re.sub("-{2,}", "-", written)) == name
    skill_id = written if is_same else name if _ID.fullmatch(name) else _to_id(name)
    exported = str(inner.get("description") or "").strip() or name
    if len(exported) > _LONGEST_DESCRIPTION:
        exported = exported[: _LONGEST_DESCRIPTION - 1] + "…"
    source = inner if front.get("description") == exported else front
    return {**inner, "skill_id": skill_id, "description": source.get("description")}


def _to_id(text: str) -> str:
    """The id that a name suggests."""
    lower = unicodedata.normalize("NFKD", text).lower()
    letters = "".join(each for each in lower if not unicodedata.category(each).startswith("M"))
    words = re.sub("[^a-z0-9]+", "-", letters).lstrip("-")[:_LONGEST_ID].rstrip("-")
    return words or "my-skill"


def _try_load(text: str) -> object:
    try:
        return _load(text)
    except ValueError:
        return None


def _as_the_site_reads(value: object) -> object:
    """Numbers as they come through JavaScript, where 1.0 is 1, and JSON, which has no NaN.

    A default is part of a call's key, so both must read the same value.
    """
    if isinstance(value, dict):
        return {key: _as_the_site_reads(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_the_site_reads(item) for item in value]
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e21 else value


def _ports(raw: object) -> list[dict]:
    ports = raw or []
    if isinstance(ports, dict):
        ports = [{"name": name, **(port or {})} for name, port in ports.items()]
    if not isinstance(ports, list) or not all(
        isinstance(port, dict) and "name" in port for port in ports
    ):
        raise ValueError("inputs and outputs are lists of { name: …, type: … }")
    return ports


def _first_block(text: str, start: int, languages: tuple[str, ...]) -> tuple[str, int]:
    """The first fenced block in one of the languages, and its 1-based first line."""
    lines = text.split("\n")
    number = text.count("\n", 0, start)
    fence, wanted, begin = "", False, 0
    while number < len(lines):
        match = _FENCE.match(lines[number].rstrip("\r"))
        number += 1
        if not fence:
            if match:
                fence, wanted = match.group(1), match.group(2).lower() in languages
                begin = number
        elif match and not match.group(2) and match.group(1).startswith(fence):
            if wanted:
                block = [line.rstrip("\r") for line in lines[begin : number - 1]]
                return "\n".join(block) + "\n", begin + 1
            fence = ""
    raise ValueError(f"it has no closed code block in {' or '.join(languages)}")


def _load(text: str) -> object:
    try:
        import yaml
    except ModuleNotFoundError:
        raise SkillError("Reading skill folders needs PyYAML: run `pip install pyyaml`.") from None

    try:
        return yaml.load(text, _core_loader(yaml))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 2})" if mark else ""
        raise ValueError(f"its front matter is no YAML: {error.problem}{line}") from None


def _core_loader(yaml: object) -> type:
    """PyYAML's safe loader with the implicit types of YAML 1.2's core schema only."""

    class CoreLoader(yaml.SafeLoader):
        yaml_implicit_resolvers: dict = {}

    for tag, pattern, first in (
        ("null", r"~|null|Null|NULL|", "~nN\0"),
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
        (
            "float",
            r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
            "-+.0123456789",
        ),
    ):
        CoreLoader.add_implicit_resolver(
            f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first)
        )
    CoreLoader.yaml_implicit_resolvers.setdefault("", []).append(
        ("tag:yaml.org,2002:null", re.compile("$"))
    )
    return CoreLoader
