"""Cache keys: canonical JSON after RFC 8785, and recorded vectors for other languages.

``LLMOS_RECORD=1 pytest test_llmos_cache_keys.py`` writes the vectors anew; a change of any of
them breaks the caches of all people, so it needs a new ``v``.
"""

from __future__ import annotations

import json
import math
import os
import struct
from hashlib import sha256
from pathlib import Path

import pytest
from llmos_entries import make_entry

from llmos._cachekey import cache_key, preimage
from llmos._canonical import canonical_json, es_number
from llmos._index import Entry, Index
from llmos._members import called_ids

np = pytest.importorskip("numpy")
RECORDED = Path(__file__).parent / "recorded" / "cache_keys.json"
VERSION = "sha256:" + "0" * 64


def key(value: object, **fields: object) -> str | None:
    entry = Entry(make_entry("s", version=VERSION, **fields))
    return cache_key(entry, {"x": value}, Index([]))


@pytest.mark.parametrize(
    ("bits", "text"),
    [  # RFC 8785, appendix B
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("ffefffffffffffff", "-1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555555", "333333333.3333333"),
        ("41b3de4355555556", "333333333.3333334"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_written_as_ecmascript_does(bits, text):
    assert es_number(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


def test_keys_are_sorted_by_utf16_and_text_is_escaped_as_little_as_needed():
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    names = list(json.loads(canonical_json(value)))
    assert names == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert canonical_json('€$\u000f\nA\'B"\\\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'
    assert canonical_json([None, True, False, {}, []]) == "[null,true,false,{},[]]"


@pytest.mark.parametrize("value", [2**53 + 1, math.nan, math.inf, {1: 2}, (1,), object(), "\ud800"])
def test_what_json_cannot_say_exactly_is_refused(value):
    with pytest.raises((ValueError, AttributeError)):
        canonical_json(value)


DIFFERENT = [
    1,
    1.0,
    True,
    "1",
    [1],
    (1,),
    [1.0],
    {"a": 1},
    {"a": 1.0},
    None,
    -0.0,
    0.0,
    0,
    math.nan,
    math.inf,
    -math.inf,
    1.5,
    2**53 + 1,
    float(2**53),
    2**53,
    "NaN",
    {"$float": "1"},
    {"$$float": "1"},
    1j,
    {"re": 0.0, "im": 1.0},
    b"1",
    range(1),
    np.float64(1),
    np.float32(1),
    np.array([1]),
    np.array([1.0]),
    np.array([[1.0]]),
    np.array([1.0], dtype="f4"),
    np.array([1], dtype="i4"),
    np.array(["1"]),
    np.array([1, "1"], dtype=object),
    np.zeros((2, 3)),
    np.zeros((3, 2)),
    np.zeros(0),
]


def test_no_two_different_values_share_a_key():
    keys = [key(value) for value in DIFFERENT]
    assert None not in keys
    assert len(set(keys)) == len(keys)


def test_equal_values_share_a_key_however_they_are_stored():
    array = np.arange(6.0).reshape(2, 3)
    assert key(array) == key(array.copy()) == key(array.astype(">f8"))
    assert key(array) == key(np.asfortranarray(array)) == key(np.repeat(array, 2, 1)[:, ::2])
    assert key({"a": 1, "b": 2}) == key({"b": 2, "a": 1})
    from llmos import Outputs

    assert key(Outputs("s", {"a": 1})) == key({"a": 1})


def test_frames_have_keys():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1, 2], "b": [0.5, 1.5]})
    assert key(frame) == key(frame.copy()) is not None
    assert key(frame) != key(frame[["b", "a"]]) != key(frame["a"])


def test_every_character_is_written_as_json_reads_it():
    text = "".join(chr(code) for code in range(0x3000) if not 0xD800 <= code <= 0xDFFF) + "😀"
    written = canonical_json(text)
    assert json.loads(written) == text
    # RFC 8785 3.2.2.2: two-character forms, lower-case hexadecimal, everything else as it is.
    assert written.startswith('"\\u0000\\u0001')
    assert all(form in written for form in ("\\b", "\\t", "\\n", "\\f", "\\r", "\\u001f", '\\"'))
    assert "\x7f\x80" in written


def test_what_has_no_canonical_form_is_not_cached():
    assert key(object()) is key([{1: 2}]) is key({"a": {1}}) is None
    assert key(np.array([object()])) is None
    assert key(1, pure=False) is None
    assert cache_key(Entry({"id": "s", "type": "python-wasm"}), {}, Index([])) is None


def test_version_runtime_and_members_are_part_of_the_key():
    assert key(1) != key(1, type="javascript")
    assert key(1) == key(1, type="qiskit"), "both run under the contract python/1"
    outer = make_entry("outer", "async def execute(i):\n    return await skill('inner')()\n")
    for inner in (
        make_entry("inner", "a"),
        make_entry("inner", "b"),
        make_entry("inner", "c", id="other", aliases=["inner"]),
    ):
        index = Index([outer, inner])
        text = preimage(index.entry("outer"), {}, index)
        assert json.loads(text)["members"] == {inner["id"]: inner["version"]}


def test_members_are_found_through_members_and_once():
    a = make_entry("a", "skill('b')\nskill('c')\n")
    b = make_entry("b", "import llmos as l\nl.skill('c')()\n")
    c = make_entry("c", "from llmos import skill as s\ns('a')\n")
    index = Index([a, b, c])
    members = json.loads(preimage(index.entry("a"), {}, index))["members"]
    assert members == {entry["id"]: entry["version"] for entry in (a, b, c)}


def test_an_unknown_or_impure_member_means_no_cache():
    unknown = Entry(make_entry("a", "skill(name)()\n"))
    assert called_ids(unknown) == (None,)
    assert cache_key(unknown, {}, Index([])) is None
    outer, inner = make_entry("o", "skill('i')"), make_entry("i", pure=False)
    index = Index([outer, inner])
    assert cache_key(index.entry("o"), {}, index) is None


@pytest.mark.parametrize(
    "code",
    [
        *("s = skill\ns('x')()\n", "map(skill, ids)\n", "import llmos\ngetattr(llmos, 'skill')\n"),
        *("import llmos as l\nf = l.skill\n", "from llmos import skills\nskills()\n"),
        *("from llmos._skill import Skill\n", "import llmos._skill\n", "from llmos import *\n"),
        *("import llmos\nllmos.skills()[0]()\n", "x = await skill('a').read('t.csv')\n"),
    ],
)
def test_a_skill_that_may_be_called_under_another_name_means_no_cache(code):
    assert called_ids(Entry(make_entry("a", code)))[-1] is None


@pytest.mark.parametrize(
    "code",
    [
        "import llmos\ntry:\n    llmos.skill('x')\nexcept llmos.SkillError:\n    pass\n",
        "from llmos import Outputs, SkillInputError, skill as s\ns('x')\n",
        "async def execute(inputs):\n    return {'y': (await skill('x')()).y}\n",
    ],
)
def test_calls_that_are_written_out_are_known(code):
    assert called_ids(Entry(make_entry("a", code))) == ("x",)


CALLED = Path(__file__).parents[3] / "skills" / "test" / "workflow" / "calledSkills.json"


@pytest.mark.parametrize("vector", json.loads(CALLED.read_text()))
def test_calls_are_read_as_the_graph_reads_them(vector):
    called = called_ids(Entry(make_entry("a", vector["code"])))
    assert [name for name in called if name is not None] == vector["calls"]


VECTORS = {
    "no inputs": {},
    "integer and float": {"a": 1, "b": 1.0, "c": 1.5, "d": -0.0, "e": 1e-7, "f": 1e21},
    "large integer": {"n": 2**64, "m": 2**53},
    "not finite": {"a": math.nan, "b": math.inf, "c": -math.inf},
    "text": {"text": 'π "quoted" \\ \n \u0001 \U0001f600', "ключ": True},
    "nested": {"h": {"terms": [["ZZ", 0.5], ["XI", -1.0]], "$note": None}},
    "tuple and bytes": {"t": (1, 2.0), "b": b"\x00\x01"},
    "complex": {"z": 1 - 2.5j},
    "float64 array": {"a": np.array([[0.0, 1.5], [-2.0, 1e300]])},
    "int32 array, big endian": {"a": np.array([1, 2, 3], dtype=">i4")},
    "complex array": {"a": np.array([1 + 2j, -0.5j])},
    "boolean and empty arrays": {"a": np.array([True, False]), "b": np.zeros((0, 3), dtype="f4")},
    "scalar of numpy in a list": {"a": [np.float32(0.5)]},
    "text array": {"a": np.array(["ab", "π"])},
}


def vectors() -> list[dict]:
    members = make_entry("member", "pass\n", version="sha256:" + "b" * 64)
    found = []
    for number, (name, inputs) in enumerate(VECTORS.items()):
        kind = ("python-wasm", "qiskit", "javascript", "threejs", "ngspice")[number % 5]
        code = "skill('member')()\n" if kind == "python-wasm" else ""
        entry = make_entry("vector", code, type=kind, version="sha256:" + f"{number:064x}")
        index = Index([entry, members])
        text = preimage(index.entry("vector"), inputs, index)
        found.append(
            {
                "name": name,
                "type": kind,
                "version": entry["version"],
                "python": repr(inputs).replace("\n", " "),
                "preimage": text,
                "key": cache_key(index.entry("vector"), inputs, index),
            }
        )
    return found


def test_the_recorded_vectors_hold():
    now = vectors()
    if os.environ.get("LLMOS_RECORD"):
        RECORDED.parent.mkdir(exist_ok=True)
        RECORDED.write_text(json.dumps(now, indent=2, ensure_ascii=True) + "\n")
    recorded = json.loads(RECORDED.read_text())
    for was, is_ in zip(recorded, now, strict=True):
        assert {**was, "python": ""} == {**is_, "python": ""}
        assert was["key"] == "sha256:" + sha256(was["preimage"].encode()).hexdigest()
