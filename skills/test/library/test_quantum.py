"""The quantum skills against PySCF, dense matrices and closed forms."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import reduce

import numpy as np
import pytest
from h2_reference import LENGTHS, RECORDED, energies

MATRICES = {
    "I": np.eye(2),
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
}
CHEMICAL_ACCURACY = 1.6e-3  # Ha
REFERENCE = {row["length"]: row for row in json.loads(RECORDED.read_text())}


def dense(terms: list) -> np.ndarray:
    """The matrix of a Pauli sum, by Kronecker products."""
    return sum(value * reduce(np.kron, [MATRICES[c] for c in label]) for label, value in terms)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("mapping", ["tapered", "jordan-wigner"])
def test_h2_is_the_full_configuration_interaction(
    run: Callable, length: float, mapping: str
) -> None:
    h = run("quantum-hamiltonian", bond_length=length, mapping=mapping)
    assert h.ground_state_energy == pytest.approx(REFERENCE[length]["fci"], abs=1e-7)
    assert h.reference_energy == pytest.approx(REFERENCE[length]["hartree_fock"], abs=1e-7)
    lowest = np.linalg.eigvalsh(dense(h.terms))[0]
    assert lowest == pytest.approx(h.ground_state_energy, abs=1e-10)


@pytest.mark.oracle
@pytest.mark.parametrize("length", LENGTHS)
def test_recorded_energies_are_those_of_pyscf(length: float) -> None:
    now = energies(length)
    for name in ("hartree_fock", "fci"):
        assert now[name] == pytest.approx(REFERENCE[length][name], abs=1e-9)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("ansatz", ["hardware-efficient", "ucc"])
@pytest.mark.parametrize("optimizer", ["adam", "rotosolve", "cobyla"])
def test_vqe_reaches_chemical_accuracy(
    run: Callable, length: float, ansatz: str, optimizer: str
) -> None:
    h = run("quantum-hamiltonian", bond_length=length)
    vqe = run("quantum-vqe", hamiltonian=h.hamiltonian, ansatz=ansatz, optimizer=optimizer)
    assert vqe.exact == pytest.approx(REFERENCE[length]["fci"], abs=1e-7)
    assert -1e-9 <= vqe.eigenvalue - REFERENCE[length]["fci"] < CHEMICAL_ACCURACY
    assert min(vqe.convergence_trace) == vqe.eigenvalue
    assert len(vqe.convergence_trace) <= 101


def test_spsa_lowers_the_energy_without_gradients(run: Callable) -> None:
    h = run("quantum-hamiltonian")
    vqe = run("quantum-vqe", hamiltonian=h.hamiltonian, optimizer="spsa", iterations=400)
    assert vqe.error < 0.02
    assert vqe.eigenvalue < vqe.convergence_trace[0]


@pytest.mark.parametrize("ansatz", ["hardware-efficient", "ucc"])
def test_vqe_circuit_prepares_the_state_of_that_energy(run: Callable, ansatz: str) -> None:
    from qiskit_lite.quantum_info import SparsePauliOp

    h = run("quantum-hamiltonian", mapping="jordan-wigner")
    vqe = run("quantum-vqe", hamiltonian=h.hamiltonian, ansatz=ansatz)
    state = simulate(vqe.qasm, 4)
    energy = SparsePauliOp.from_list(h.terms).to_matrix() @ state @ state.conj()
    assert energy.real == pytest.approx(vqe.eigenvalue, abs=1e-8)


def simulate(qasm: str, n: int) -> np.ndarray:
    """A reader for the few gates that the skill writes; independent of its simulator."""
    single = {
        "h": lambda: np.array([[1, 1], [1, -1]]) / math.sqrt(2),
        "x": lambda: MATRICES["X"],
        "s": lambda: np.diag([1, 1j]),
        "sdg": lambda: np.diag([1, -1j]),
        "rx": lambda a: rotation("X", a),
        "ry": lambda a: rotation("Y", a),
        "rz": lambda a: rotation("Z", a),
    }
    state = np.zeros(2**n, complex)
    state[0] = 1
    for line in qasm.splitlines():
        name, _, rest = line.rstrip(";").partition(" ")
        gate, _, angle = name.partition("(")
        if gate == "cx":
            control, target = (int(part.strip()[2:-1]) for part in rest.split(","))
            index = np.arange(2**n)
            state = state[index ^ ((index >> control & 1) << target)]
        elif gate in single:
            argument = [eval(angle.rstrip(")"), {"pi": math.pi})] if angle else []
            qubit = int(rest.strip()[2:-1])
            matrix = np.kron(
                np.eye(2 ** (n - 1 - qubit)), np.kron(single[gate](*argument), np.eye(2**qubit))
            )
            state = matrix @ state
    return state


def rotation(letter: str, angle: float) -> np.ndarray:
    return math.cos(angle / 2) * np.eye(2) - 1j * math.sin(angle / 2) * MATRICES[letter]


@pytest.mark.parametrize("periodic", [False, True])
@pytest.mark.parametrize("sites", [2, 4, 5, 9])
def test_ising_chain(run: Callable, sites: int, periodic: bool) -> None:
    h = run(
        "quantum-hamiltonian",
        system="ising", sites=sites, coupling=0.8, field=0.6, periodic=periodic,
    )  # fmt: skip
    total = np.zeros((2**sites, 2**sites))
    for site in range(sites - 1 + (periodic and sites > 2)):
        total -= 0.8 * place({site: "Z", (site + 1) % sites: "Z"}, sites)
    for site in range(sites):
        total -= 0.6 * place({site: "X"}, sites)
    assert h.ground_state_energy == pytest.approx(np.linalg.eigvalsh(total)[0], abs=1e-8)


@pytest.mark.parametrize("anisotropy", [0.5, 1.0, 2.0])
def test_heisenberg_chain(run: Callable, anisotropy: float) -> None:
    h = run("quantum-hamiltonian", system="heisenberg", sites=5, field=0.3, anisotropy=anisotropy)
    total = np.zeros((32, 32), complex)
    for site in range(4):
        for letter, weight in (("X", 1), ("Y", 1), ("Z", anisotropy)):
            total += weight * place({site: letter, site + 1: letter}, 5)
    for site in range(5):
        total += 0.3 * place({site: "Z"}, 5)
    assert h.ground_state_energy == pytest.approx(np.linalg.eigvalsh(total)[0], abs=1e-8)


def place(letters: dict[int, str], sites: int) -> np.ndarray:
    return reduce(np.kron, [MATRICES[letters.get(site, "I")] for site in range(sites)])


@pytest.mark.parametrize("system", ["ising", "heisenberg"])
def test_vqe_finds_chains_too(run: Callable, system: str) -> None:
    h = run("quantum-hamiltonian", system=system, sites=4)
    vqe = run("quantum-vqe", hamiltonian=h.hamiltonian, ansatz="ucc", layers=3, iterations=300)
    assert vqe.error == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(
    ("hamiltonian", "message"),
    [
        ({}, '"terms"'),
        ({"terms": [["XQ", 1.0]]}, "'XQ' is no Pauli string"),
        ({"terms": [["X" * 13, 1.0]]}, "13 qubits"),
        ({"terms": [["XX", 1.0]], "reference": "012"}, '"reference"'),
    ],
)
def test_vqe_says_what_is_wrong_with_a_hamiltonian(
    run: Callable, hamiltonian: dict, message: str
) -> None:
    with pytest.raises(Exception, match=message):
        run("quantum-vqe", hamiltonian=hamiltonian)


def test_bell_and_ghz_are_superpositions_of_two_outcomes(run: Callable) -> None:
    for kind, n in (("bell", 2), ("ghz", 4)):
        circuit = run("quantum-circuit", kind=kind, qubits=n, shots=10_000)
        assert circuit.probabilities == pytest.approx({"0" * n: 0.5, "1" * n: 0.5})
        assert set(circuit.counts) == {"0" * n, "1" * n}
        assert sum(circuit.counts.values()) == 10_000
        assert abs(circuit.counts["0" * n] - 5000) < 250  # five standard deviations


@pytest.mark.parametrize("bits", ["000", "001", "101", "111"])
def test_fourier_transform_has_the_closed_form(run: Callable, bits: str) -> None:
    circuit = run("quantum-circuit", kind="qft", qubits=3, bits=bits)
    state = np.array([complex(*pair) for pair in circuit.statevector])
    expected = np.exp(2j * np.pi * int(bits, 2) * np.arange(8) / 8) / math.sqrt(8)
    assert np.allclose(state, expected, atol=1e-12)


@pytest.mark.parametrize("bits", ["01", "101", "0110", "10110"])
def test_grover_finds_the_marked_state_as_often_as_theory_says(run: Callable, bits: str) -> None:
    n = len(bits)
    circuit = run("quantum-circuit", kind="grover", qubits=n, bits=bits)
    angle = math.asin(1 / math.sqrt(2**n))
    rounds = max(1, math.floor(math.pi / 4 * math.sqrt(2**n)))
    expected = math.sin((2 * rounds + 1) * angle) ** 2
    assert circuit.probabilities[bits] == pytest.approx(expected, abs=1e-10)
    assert next(iter(circuit.counts)) == bits


def test_circuit_is_drawn_and_written(run: Callable) -> None:
    circuit = run("quantum-circuit", kind="ghz", qubits=3)
    assert circuit.drawing.startswith("data:image/svg+xml;base64,")
    assert circuit.text.count("q_") == 3
    assert "OPENQASM 3.0" in circuit.qasm
    assert circuit.preview["$schema"] == "application/vnd.llmos.quantum.v1+json"
    assert [gate["name"] for gate in circuit.preview["gates"]] == ["h", "cx", "cx"]
    assert circuit.preview["gates"][2]["qubits"] == [1, 2]


def test_circuit_says_which_bits_it_wants(run: Callable) -> None:
    with pytest.raises(Exception, match="must be 3 characters 0 or 1 for 3 qubits, found '12'"):
        run("quantum-circuit", kind="qft", qubits=3, bits="12")
