"""The folder of results: whole or not there, bounded, and nothing in it is ever run."""

from __future__ import annotations

import os
import pickle

import pytest
from llmos.run.store import Store

KEYS = [f"sha256:{number:064x}" for number in range(40)]


def paths(folder):
    return sorted(folder.rglob("*.llmos"))


def test_what_was_put_comes_back_also_from_another_store(tmp_path):
    parts = [b"", b"\x00\n\xff" * 100]
    Store(tmp_path).put(KEYS[0], 'π {"a": 1}\n', parts)
    other = Store(tmp_path)
    assert other.has(KEYS[0]) and not other.has(KEYS[1])
    assert other.get(KEYS[0]) == ('π {"a": 1}\n', parts)
    assert other.get(KEYS[1]) is None


@pytest.mark.parametrize("damage", ["cut", "flipped", "headless", "other key", "pickle", "lengths"])
def test_a_damaged_file_is_no_answer_and_goes(tmp_path, damage):
    store = Store(tmp_path)
    store.put(KEYS[0], "text", [b"parts"])
    (path,) = paths(tmp_path)
    data = path.read_bytes()
    head, _, body = data.partition(b"\n")
    path.write_bytes(
        {
            "cut": data[:-1],
            "flipped": data[:-1] + b"S",
            "headless": body,
            "other key": data.replace(KEYS[0].encode(), KEYS[1].encode()),
            "pickle": pickle.dumps(["text"]),
            "lengths": head.replace(b'"text": 4', b'"text": -4') + b"\n" + body,
        }[damage]
    )
    assert store.get(KEYS[0]) is None
    assert paths(tmp_path) == []
    store.put(KEYS[0], "again", [])
    assert store.get(KEYS[0]) == ("again", [])


def test_the_size_is_bounded_and_what_was_used_least_recently_goes(tmp_path):
    store = Store(tmp_path, limit=20_000)
    for number, key in enumerate(KEYS[:10]):
        store.put(key, "", [bytes(1000)])
        os.utime(paths(tmp_path)[number], (number, number))
    assert store.get(KEYS[0]) is not None  # used just now
    for key in KEYS[10:20]:
        store.put(key, "", [bytes(1000)])
    assert sum(path.stat().st_size for path in paths(tmp_path)) <= 20_000
    assert store.has(KEYS[0]) and store.has(KEYS[19])
    assert not any(store.has(key) for key in KEYS[1:4])
    store.put(KEYS[31], "", [bytes(30_000)])
    assert not store.has(KEYS[31])


def test_half_a_file_of_a_run_that_was_killed_goes_after_a_day(tmp_path):
    Store(tmp_path).put(KEYS[0], "text", [])
    (path,) = paths(tmp_path)
    old, fresh = (path.parent / f".{path.name[:40]}.{name}" for name in ("old", "fresh"))
    for half in (old, fresh):
        half.write_bytes(b"half")
    os.utime(old, (1, 1))
    Store(tmp_path)
    assert fresh.exists() and not old.exists()


def test_files_of_others_stay(tmp_path):
    (tmp_path / "aa").mkdir()
    (tmp_path / "aa" / "notes.txt").write_text("mine")
    store = Store(tmp_path, limit=1000)
    store.put(KEYS[0], "", [bytes(500)])
    store.put(KEYS[1], "", [bytes(500)])
    assert (tmp_path / "aa" / "notes.txt").read_text() == "mine"
