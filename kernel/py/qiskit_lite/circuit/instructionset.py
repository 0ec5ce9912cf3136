"""What the gate methods return: the instructions that one call added."""

from __future__ import annotations

from collections.abc import Iterator

from .instruction import CircuitInstruction


class InstructionSet:
    """The instructions of one call, several when it was given rows of qubits."""

    def __init__(self, instructions: list[CircuitInstruction]) -> None:
        self.instructions = instructions

    def __len__(self) -> int:
        return len(self.instructions)

    def __iter__(self) -> Iterator[CircuitInstruction]:
        return iter(self.instructions)

    def __getitem__(self, index: int) -> CircuitInstruction:
        return self.instructions[index]
