"""Sampler and estimator over exact states, as in ``qiskit.primitives`` (version 2)."""

from .containers import (
    BitArray,
    DataBin,
    PrimitiveJob,
    PrimitiveResult,
    PubResult,
    SamplerPubResult,
)
from .estimator import StatevectorEstimator
from .sampler import StatevectorSampler

__all__ = [
    "BitArray",
    "DataBin",
    "PrimitiveJob",
    "PrimitiveResult",
    "PubResult",
    "SamplerPubResult",
    "StatevectorEstimator",
    "StatevectorSampler",
]
