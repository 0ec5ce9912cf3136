"""The index read from folders, outside the browser."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("yaml")

from llmos import SkillError, _native, skill, skills
from llmos._frontmatter import read_skill

SKILLS = Path(__file__).parents[3] / "skills" / "test"
EXPORTED = json.loads((SKILLS / "recorded" / "exported.json").read_text("utf8"))
TEXT = """---
skill_id: {id}
name: Test
type: python-wasm
inputs:
  - {{ name: x, type: number, default: 1e-6, description: on }}
outputs:
  - {{ name: y, type: number }}
---
Words.

```text
not this
```

~~~python
def execute(inputs):
    return {{"y": {value}}}
~~~
"""


def write(folder: Path, name: str, value: object, skill_id: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(TEXT.format(id=skill_id or name, value=value))
    return path


def value_of(name: str) -> object:
    return skill(name).sync().y


def test_volumes_shadow_each_other_nearest_first(tmp_path, monkeypatch):
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", str(tmp_path))
    for volume, value in (("system", 1), ("team-a", 2), ("user", 3)):
        write(tmp_path / volume / "skills", "native-test", value)
    assert value_of("native-test") == 3
    assert skill("native-test").volume == "user"
    (tmp_path / "user" / "skills" / "native-test.md").unlink()
    assert value_of("native-test") == 2


def test_several_folders_can_be_named(tmp_path, monkeypatch):
    for folder, value in (("near", 1), ("far", 2)):
        write(tmp_path / folder / "skills", "native-test", value)
    paths = [str(tmp_path / folder) for folder in ("near", "far")]
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", os.pathsep.join(paths))
    assert value_of("native-test") == 1
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", os.pathsep.join(reversed(paths)))
    assert value_of("native-test") == 2


def test_an_edited_file_is_used_by_the_next_call(tmp_path, monkeypatch):
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", str(tmp_path))
    path = write(tmp_path / "skills", "native-test", 1)
    held = skill("native-test")
    assert held.sync().y == 1
    write(tmp_path / "skills", "native-test", 22)
    os.utime(path, ns=(1, 1))
    assert held.sync().y == 22


def test_the_version_is_the_hash_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", str(tmp_path))
    path = write(tmp_path, "native-test", 1)
    assert skill("native-test").version == "sha256:" + sha256(path.read_bytes()).hexdigest()
    assert skill("native-test").path == str(path)


def test_front_matter_has_the_types_of_the_core_schema(tmp_path):
    entry = read_skill(TEXT.format(id="a", value=1), "a")
    assert entry["inputs"] == [
        {"name": "x", "type": "number", "default": 1e-6, "description": "on"}
    ]
    assert entry["code"].startswith("def execute")
    lines = TEXT.split("\n")
    assert lines[entry["codeLine"] - 1] == "def execute(inputs):"


def test_numbers_are_those_that_the_site_hands_to_python():
    text = TEXT.replace("default: 1e-6", "default: 1.0, minimum: -0.0, maximum: .inf, enum: [0.5]")
    (port,) = read_skill(text.format(id="a", value=1), "a")["inputs"]
    found = [port["default"], port["minimum"], port["maximum"], port["enum"]]
    assert repr(found) == "[1, 0, None, [0.5]]"


def test_older_keys_and_shapes_are_read():
    entry = read_skill("---\nlanguage: python\ntags: a,b\n---\n```py\npass\n```\n", "old")
    assert (entry["id"], entry["type"], entry["keywords"]) == ("old", "python-wasm", ["a", "b"])
    assert read_skill("---\ntype: spice\n---\n```ngspice\nR1\n```\n", "x")["type"] == "ngspice"
    assert read_skill("---\nname: Context\n---\nText\n", "x") is None
    crlf = read_skill("---\r\ntype: qiskit\r\n---\r\n```python\r\npass\r\n```\r\n", "x")
    assert (crlf["code"], crlf["codeLine"]) == ("pass\n", 5)


@pytest.mark.parametrize("folder", sorted(EXPORTED))
def test_an_exported_skill_is_read_as_the_site_reads_it(folder):
    """``exported.spec.ts`` holds the site to the same answers."""
    text = (SKILLS / "fixtures" / "exported" / folder / "SKILL.md").read_bytes().decode()
    entry = read_skill(text, folder, is_folder=True)
    wanted = EXPORTED[folder]
    assert (entry and {key: entry[key] for key in wanted or entry}) == wanted


def test_an_exported_skill_is_found_in_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", str(tmp_path))
    shutil.copytree(SKILLS / "fixtures" / "exported" / "quantum-vqe", tmp_path / "skills" / "a")
    assert skill("quantum-vqe").sync(hamiltonian={}).eigenvalue == -1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no front matter", "does not begin with front matter"),
        ("---\ntype: fortran\n---\n", 'type "fortran" is none of'),
        ("---\ntype: qiskit\n---\nno code\n", "no closed code block"),
        ("---\ntype: [qiskit\n---\n", "no YAML"),
        ("---\ntype: qiskit\ninputs: [1]\n---\n```python\n```\n", "inputs and outputs are lists"),
    ],
)
def test_a_bad_file_is_listed_and_the_rest_loads(tmp_path, monkeypatch, text, message):
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", str(tmp_path))
    write(tmp_path, "good", 1)
    (tmp_path / "bad.md").write_text(text)
    assert value_of("good") == 1
    assert [Path(file).name for file, _ in _native.problems] == ["bad.md"]
    assert message in _native.problems[0][1]
    write(tmp_path, "another", 2)
    assert value_of("another") == 2
    assert [Path(file).name for file, _ in _native.problems] == ["bad.md"]


def test_a_folder_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", "/no/such/folder")
    with pytest.raises(SkillError, match="LLMOS_VOLUMES_PATH names /no/such/folder"):
        skills()


def test_a_bare_repository_is_named(tmp_path, monkeypatch):
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "objects").mkdir()
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", str(tmp_path))
    with pytest.raises(SkillError, match="a bare repository, which has no files"):
        skills()


def test_files_beside_a_skill_are_read(tmp_path, monkeypatch):
    monkeypatch.setenv("LLMOS_VOLUMES_PATH", str(tmp_path))
    write(tmp_path / "skills", "native-test", 1)
    (tmp_path / "skills" / "native-test").mkdir()
    (tmp_path / "skills" / "native-test" / "a.txt").write_bytes(b"\x00\x01")
    assert asyncio.run(skill("native-test").read("a.txt")) == b"\x00\x01"
    with pytest.raises(SkillError, match=r"b\.txt cannot be read"):
        asyncio.run(skill("native-test").read("b.txt"))


def test_the_shipped_library_is_there(monkeypatch):
    monkeypatch.delenv("LLMOS_VOLUMES_PATH", raising=False)
    assert "quantum-hamiltonian" in [item.id for item in skills()]
    assert _native.problems == []
