"""The subset against what real Qiskit answered; ``LLMOS_RECORD=1`` records it anew.

Recording needs Qiskit, and so does ``test_qiskit_parity.py``, which compares afresh.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from qiskit_cases import random_source, results
from qiskit_features import FEATURES, feature

RECORDED = Path(__file__).parent / "recorded" / "qiskit.json"
SEEDS = range(0, 240, 6)


def record() -> dict[str, object]:
    """Answers of real Qiskit to some of the cases of the parity test."""
    circuits = {}
    for seed in SEEDS:
        answer = results(random_source(seed), "qiskit")
        circuits[str(seed)] = {
            "re": [round(x, 12) for x in answer["re"]],
            "im": [round(x, 12) for x in answer["im"]],
            "value": [round(x, 10) for x in answer["value"]],
            "counts": answer["counts"],
        }
    features = {name: feature(name, "qiskit") for name in sorted(FEATURES)}
    return {"circuits": circuits, "features": features}


if os.environ.get("LLMOS_RECORD"):
    RECORDED.write_text(json.dumps(record(), sort_keys=True) + "\n")
ANSWERS = json.loads(RECORDED.read_text())


@pytest.mark.parametrize("seed", SEEDS)
def test_random_circuit_gives_the_recorded_state(seed: int) -> None:
    mine, theirs = results(random_source(seed), "qiskit_lite"), ANSWERS["circuits"][str(seed)]
    assert np.allclose(mine["re"], theirs["re"], atol=1e-10, rtol=0)
    assert np.allclose(mine["im"], theirs["im"], atol=1e-10, rtol=0)
    assert np.allclose(mine["value"], theirs["value"], atol=1e-9, rtol=0)


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_feature_gives_the_recorded_answer(name: str) -> None:
    mine = json.loads(json.dumps(feature(name, "qiskit_lite")))
    assert mine == ANSWERS["features"][name]
