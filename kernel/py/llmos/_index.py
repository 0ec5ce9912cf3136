"""The skills there are: entries by id and alias, nearest volume first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ._errors import SkillNotFoundError, close_matches

_MISSING = object()


class Port:
    """One typed input or output of a skill."""

    __slots__ = (
        "name",
        "type",
        "description",
        "unit",
        "default",
        "minimum",
        "maximum",
        "enum",
        "required",
        "has_default",
    )

    def __init__(self, raw: Mapping) -> None:
        self.name: str = raw["name"]
        self.type: str = raw.get("type", "any")
        self.description: str = raw.get("description") or ""
        self.unit: str = raw.get("unit") or ""
        default = raw.get("default", _MISSING)
        self.has_default: bool = default is not _MISSING
        self.default = default if self.has_default else None
        self.minimum = raw.get("minimum")
        self.maximum = raw.get("maximum")
        self.enum = raw.get("enum")
        self.required: bool = bool(raw.get("required")) and not self.has_default

    def __repr__(self) -> str:
        parts = [f"{self.name}: {self.type}"]
        if self.has_default:
            parts.append(f"= {self.default!r}")
        if self.unit:
            parts.append(f"[{self.unit}]")
        if self.required:
            parts.append("(required)")
        return " ".join(parts)


class Ports(Mapping):
    """The inputs or outputs of a skill, in their declared order, by name or position."""

    __slots__ = ("_ports",)

    def __init__(self, raw: object) -> None:
        self._ports: dict[str, Port] = {item["name"]: Port(item) for item in raw or ()}

    def __getitem__(self, key: str | int) -> Port:
        if isinstance(key, int):
            return list(self._ports.values())[key]
        return self._ports[key]

    def __getattr__(self, name: str) -> Port:
        try:
            return object.__getattribute__(self, "_ports")[name]
        except (KeyError, AttributeError):
            raise AttributeError(f"there is no port {name!r}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._ports]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ports)

    def __len__(self) -> int:
        return len(self._ports)

    def __repr__(self) -> str:
        return "\n".join(repr(port) for port in self._ports.values()) or "(none)"

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._ports)

    def _repr_html_(self) -> str:
        from ._card import ports_table

        return ports_table(self)


class Entry:
    """One executable skill as the index gives it."""

    __slots__ = (
        "id",
        "aliases",
        "name",
        "description",
        "category",
        "keywords",
        "type",
        "mode",
        "pure",
        "inputs",
        "outputs",
        "code",
        "code_line",
        "version",
        "volume",
        "path",
        "shadows",
        "raw",
    )

    def __init__(self, raw: Mapping) -> None:
        self.id: str = raw["id"]
        self.aliases: tuple[str, ...] = tuple(raw.get("aliases") or ())
        self.name: str = raw.get("name") or self.id
        self.description: str = raw.get("description") or ""
        self.category: str = raw.get("category") or ""
        self.keywords: tuple[str, ...] = tuple(raw.get("keywords") or ())
        self.type: str = raw.get("type") or "python-wasm"
        self.mode: str = raw.get("mode") or "browser-wasm"
        self.pure: bool = raw.get("pure", True) is not False
        self.inputs = Ports(raw.get("inputs"))
        self.outputs = Ports(raw.get("outputs"))
        self.code: str = raw.get("code") or ""
        self.code_line: int = raw.get("codeLine") or 1
        self.version: str = raw.get("version") or ""
        self.volume: str = raw.get("volume") or ""
        self.path: str = raw.get("path") or f"{self.id}.md"
        self.shadows: tuple[str, ...] = tuple(raw.get("shadows") or ())
        #: As the index has it, to be sent to a worker.
        self.raw = raw


class Index:
    """Entries by id and alias. Raw entries become ``Entry`` objects when asked for.

    ``earlier`` are versions that volumes had before: only pinned calls reach them.
    """

    def __init__(
        self,
        raw: list[Mapping],
        places: tuple[str, ...] = (),
        earlier: Sequence[Mapping] = (),
    ) -> None:
        self._earlier = earlier
        self.places = places or tuple(dict.fromkeys(e.get("volume") or "" for e in raw))
        self._raw: dict[str, list[Mapping]] = {}
        self._alias: dict[str, str] = {}
        self._entries: dict[tuple[str, int], Entry] = {}
        for item in raw:
            self._raw.setdefault(item["id"], []).append(item)
        for first, *_shadowed in self._raw.values():
            for alias in first.get("aliases") or ():
                self._alias.setdefault(alias, first["id"])

    def ids(self) -> list[str]:
        """All ids, sorted."""
        return sorted(self._raw)

    def all_raw(self) -> list[Mapping]:
        """Every entry as it was given, those that others hide too."""
        return [entry for entries in self._raw.values() for entry in entries]

    def resolve(self, name: str) -> str | None:
        """The id that ``name`` (an id, else an alias) stands for."""
        return name if name in self._raw else self._alias.get(name)

    def entry(self, skill_id: str, depth: int = 0) -> Entry:
        """The entry of an id; ``depth`` counts from the nearest volume."""
        key = (skill_id, depth)
        found = self._entries.get(key)
        if found is None:
            found = self._entries[key] = Entry(self._raw[skill_id][depth])
        return found

    def find(self, name: str, pin: str | None = None) -> Entry:
        """The entry of an id or alias, of a given version when ``pin`` is set.

        Raises ``SkillNotFoundError`` that names what is like it and where was looked.
        """
        skill_id = self.resolve(name)
        if skill_id is None:
            found = self._before(name, pin)
            if found is not None:
                return found
            raise self._unknown(name)
        nearest = self.entry(skill_id)
        if pin is None or _is_version(nearest.version, pin):
            return nearest
        for depth in range(1, len(self._raw[skill_id])):
            shadowed = self.entry(skill_id, depth)
            if _is_version(shadowed.version, pin):
                return shadowed
        found = self._before(skill_id, pin)
        if found is not None:
            return found
        raise SkillNotFoundError(
            f'Skill "{skill_id}" is now {nearest.version or "without a version"} '
            f"({nearest.path}), and this call is pinned to {pin}. Take version= away to "
            "use the skill as it is now, or restore the pinned version from its history. "
            "If a learned skill calls it, Run now in the Evolution panel brings an update.",
            skill=skill_id,
            version=pin,
        )

    def _before(self, skill_id: str, pin: str | None) -> Entry | None:
        """The version of a skill that a volume had before."""
        for raw in self._earlier if pin else ():
            if raw["id"] == skill_id and _is_version(raw.get("version") or "", pin):
                return Entry(raw)
        return None

    def _unknown(self, name: object) -> SkillNotFoundError:
        if not isinstance(name, str):
            return SkillNotFoundError(
                f'A skill id is text such as "quantum-vqe", not {type(name).__name__}.',
                skill=name,
            )
        close = close_matches(name, [*self._raw, *self._alias])
        meant = " or ".join(f'"{word}"' for word in close)
        hint = f" Did you mean {meant}?" if close else ""
        where = ", ".join(place for place in self.places if place)
        looked = f"Looked in: {where}." if where else "No volume with skills is mounted."
        return SkillNotFoundError(
            f'There is no skill "{name}".{hint} {looked} skills() lists all of them.',
            skill=name,
        )


def _is_version(version: str, pin: str) -> bool:
    """Equal, or ``pin`` is a prefix of at least 8 hex digits, with or without ``sha256:``."""
    full, short = version.removeprefix("sha256:"), pin.removeprefix("sha256:")
    return full == short or (len(short) >= 8 and full.startswith(short))
