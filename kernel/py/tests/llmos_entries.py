"""Index entries for tests, as the kernel sends them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

PACKAGES = str(Path(__file__).resolve().parents[1])
HEAD = {"type": "python-wasm", "codeLine": 1, "volume": "system", "inputs": [], "outputs": []}


def make_entry(skill_id: str, code: str = "", **fields: object) -> dict:
    """An index entry; its version depends on all of it unless one is given."""
    path = f"system:skills/{skill_id}.md"
    entry = {**HEAD, "id": skill_id, "code": code, "path": path, **fields}
    if "version" not in fields:
        text = json.dumps(entry, sort_keys=True).encode()
        entry["version"] = "sha256:" + sha256(text).hexdigest()
    return entry
