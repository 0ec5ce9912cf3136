"""Short programs over the rest of the interface; each leaves plain data in ``answer``."""

from __future__ import annotations

from typing import Any

from qiskit_cases import HEADER, run

BELL = "qc = QuantumCircuit(2)\nqc.h(0)\nqc.cx(0, 1)\n"
FEATURES: dict[str, str] = {
    "sampler counts with a seed": BELL
    + "qc.measure_all()\nanswer = StatevectorSampler(seed=3).run([qc], shots=500).result()[0].data.meas.get_counts()",
    "sampler with registers and values": """
t = Parameter("t")
q, a, b = QuantumRegister(3, "q"), ClassicalRegister(2, "a"), ClassicalRegister(1, "b")
qc = QuantumCircuit(q, a, b)
qc.ry(t, 0)
qc.x(2)
qc.measure(q[0], b[0])
qc.measure(q[2], a[1])
data = StatevectorSampler(seed=5).run([(qc, [[0.3], [2.8]], 64)]).result()[0].data
answer = [data.a.get_counts(0), data.b.get_counts(0), data.b.get_counts(1), list(data.a.shape), data.a.num_shots, data.b.get_bitstrings(1)[:9]]
""",
    "estimator with arrays": """
v = ParameterVector("v", 2)
qc = QuantumCircuit(2)
qc.ry(v[0], 0)
qc.ry(v[1], 1)
qc.cx(0, 1)
obs = [[SparsePauliOp("ZZ")], [SparsePauliOp(["XX", "IZ"], [0.5, 2])]]
r = StatevectorEstimator().run([(qc, obs, [[0.1, 0.2], [0.3, 0.4], [1.5, -2]])]).result()[0]
answer = [np.round(r.data.evs, 10).tolist(), r.data.stds.tolist(), list(r.data.evs.shape)]
""",
    "estimator values by name": """
a, b = Parameter("a"), Parameter("b")
qc = QuantumCircuit(1)
qc.rx(b, 0)
qc.rz(a, 0)
r = StatevectorEstimator().run([(qc, "Y", {"a": [0.1, 0.2], "b": [0.3, 0.4]})]).result()[0]
answer = np.round(r.data.evs, 10).tolist()
""",
    "estimator with noise": BELL
    + "answer = round(float(StatevectorEstimator(seed=4).run([(qc, 'ZZ')], precision=0.1).result()[0].data.evs), 10)",
    "statevector figures": BELL
    + """
s = Statevector(qc).evolve(RYGate(0.4), [1])
s.seed(9)
answer = [np.round(s.probabilities([1, 0]), 10).tolist(), {k: round(v, 10) for k, v in s.probabilities_dict([1]).items()}, s.sample_counts(50), s.num_qubits, s.dim, s.equiv(s * 1j), s == s * 1j, round(abs(s.inner(Statevector.from_label("+r"))), 10), {k: round(abs(v), 10) for k, v in s.to_dict().items()}, s.is_valid()]
""",
    "statevector from a label": "answer = [[round(v.real, 9), round(v.imag, 9)] for v in Statevector.from_label('01+-rl').data]",
    "expectation on some qubits": BELL
    + "answer = [round(Statevector(qc).expectation_value(Pauli('Z'), [1]).real, 10), round(Statevector.from_label('0+').expectation_value(SparsePauliOp('ZX')).real, 10), round(Statevector.from_label('r+').expectation_value(Operator(YGate()), [1]).real, 10)]",
    "pauli algebra": """
p, q = Pauli("XYZI"), Pauli("-iZZXY")
answer = [str(p @ q), str(p.compose(q)), str(p ^ q), p.commutes(q), str(p.adjoint()), p.phase, str(-p), p.to_matrix()[3].tolist() == Operator(p).data[3].tolist(), q.z.tolist(), len(p), str(p[0]), str(p[1:3])]
""",
    "sparse operators": """
a = SparsePauliOp.from_list([("XX", 1), ("ZI", 2j), ("XX", 0.5)])
b = SparsePauliOp.from_sparse_list([("ZX", [0, 1], 0.5), ("Y", [1], -1)], num_qubits=2)
def show(o):
    o = o.simplify().sort()
    return [(l, [round(complex(c).real, 9), round(complex(c).imag, 9)]) for l, c in o.to_list()]
answer = [show(a + b), show(a - b), show(2 * a), show(a @ b), show(a.compose(b)), show(a.tensor(b)), show(a ^ b), show(a.adjoint()), show(a.conjugate()), show(a.transpose()), show(a.power(2)), a.num_qubits, len(a), show(SparsePauliOp.from_operator(a.to_matrix())), np.round(b.to_matrix(), 9).real.tolist(), a.equiv(a + b - b), show(SparsePauliOp.sum([a, b])), [len(g) for g in b.group_commuting()], show(a.chop()), a.coeffs.real.tolist(), a.paulis.to_labels(), show(a[0]), show(-a), show(a / 2)]
""",
    "circuit figures": BELL
    + """
qc.barrier()
qc.ccx(0, 1, 0) if False else qc.rz(0.3, 1)
qc.measure_all()
answer = [qc.depth(), qc.size(), dict(qc.count_ops()), qc.width(), qc.num_clbits, qc.num_nonlocal_gates(), [i.operation.name for i in qc.data], [qc.find_bit(q).index for q in qc.data[1].qubits], len(qc), [r.name for r in qc.cregs]]
""",
    "parameters": """
v, t, a = ParameterVector("v", 12), Parameter("t"), Parameter("a")
qc = QuantumCircuit(2)
for i in range(12):
    qc.rx(v[i] * 2 - 1, 0)
qc.ry((t + a) / 2, 1)
qc.global_phase = t
order = [p.name for p in qc.parameters]
part = qc.assign_parameters({t: 0.5, "a": 0.25})
full = part.assign_parameters(np.arange(12) / 10)
swapped = qc.assign_parameters({t: a})
answer = [order, qc.num_parameters, [p.name for p in part.parameters], full.num_parameters, round(float(full.global_phase), 10), round(float(full.data[3].params[0]), 10), round(float(full.data[-1].params[0]), 10), [p.name for p in swapped.parameters][:1], float((t * 3 + 1).bind({t: 2})), round(float((t.sin() * 2).bind({t: 1})), 10), round(float((2 ** t).bind({t: 3})), 10), round(float((-t / 4).bind({t: 2})), 10), (t + 1).parameters == {t}]
""",
    "inverse and power": """
qc = QuantumCircuit(2, global_phase=0.5)
qc.s(0)
qc.u(0.1, 0.2, 0.3, 1)
qc.iswap(0, 1)
qc.sx(0)
names = [i.operation.name for i in qc.inverse().data]
same = np.allclose(Operator(qc.compose(qc.inverse())).data, np.eye(4))
twice = np.allclose(Operator(qc.repeat(2)).data, Operator(qc).data @ Operator(qc).data)
half = np.allclose(Operator(SXGate()).data, Operator(XGate().power(0.5)).data)
answer = [names, bool(same), bool(twice), bool(half), qc.reverse_ops().data[0].operation.name]
""",
    "composing": """
a = QuantumCircuit(3, 1)
a.h(0)
b = QuantumCircuit(2, 1)
b.cx(0, 1)
b.measure(1, 0)
c = a.compose(b, qubits=[2, 0], clbits=[0])
d = a.compose(b, [1, 2], front=True, clbits=[0])
rows = lambda q: [(i.operation.name, [q.find_bit(x).index for x in i.qubits]) for i in q.data]
e = a.tensor(QuantumCircuit(1))
answer = [rows(c), rows(d), e.num_qubits, rows(e), rows(c.reverse_bits()), rows(c.remove_final_measurements(inplace=False))]
""",
    "broadcasting": """
qc = QuantumCircuit(4, 4)
qc.h([0, 1])
qc.x(range(2, 4))
qc.cx(0, [1, 2, 3])
qc.cz([0, 1], [2, 3])
qc.rx(0.1, slice(0, 2))
qc.measure(range(4), range(4))
qc.barrier(0, 2)
answer = [(i.operation.name, [qc.find_bit(x).index for x in i.qubits]) for i in qc.data]
""",
    "ansatz circuits": """
rows = lambda q: [(i.operation.name, [q.find_bit(x).index for x in i.qubits], [p.name for e in i.operation.params for p in e.parameters]) for i in q.decompose().data] if False else (q.num_parameters, q.num_qubits)
a = real_amplitudes(3, reps=2)
b = efficient_su2(3, reps=1, entanglement="full")
c = n_local(3, ["rx"], ["cz"], "circular", reps=1)
state = lambda q: np.round(Statevector(q.assign_parameters(np.arange(q.num_parameters) / 7)).data, 9)
answer = [rows(a), rows(b), rows(c)] + [[[v.real + 0.0, v.imag + 0.0] for v in state(q)] for q in (a, b, c)]
""",
    "ansaetze without idle qubits": """
from qiskit.circuit.library import efficient_su2, n_local, real_amplitudes
def rows(q):
    return [[i.operation.name, [q.find_bit(b).index for b in i.qubits]] for i in q.data]
far, moving = [(0, 2)], lambda layer: [(layer, layer + 1)]
answer = [rows(make) for make in (
    real_amplitudes(4, far, reps=2, skip_unentangled_qubits=True),
    efficient_su2(4, entanglement=moving, reps=1, skip_unentangled_qubits=True, skip_final_rotation_layer=True),
    n_local(4, "rx", "cz", moving, reps=2, skip_unentangled_qubits=True),
)]
""",
    "control": """
qc = QuantumCircuit(2, global_phase=0.7)
qc.h(0)
qc.cx(0, 1)
g = qc.to_gate().control(2, ctrl_state="01")
m = Operator(g).data
names = [x.name for x in (XGate().control(), XGate().control(2), XGate().control(3), HGate().control(2), CXGate(ctrl_state=0), RXGate(0.1).control(3), PhaseGate(1).control(2), SwapGate().control(), ZGate().control(2))]
answer = [np.round(np.abs(m), 9).tolist(), names, g.num_qubits, CXGate(ctrl_state=0).control(1).ctrl_state, CCXGate().num_ctrl_qubits]
""",
    "errors": """
from qiskit.circuit import CircuitError
from qiskit.exceptions import QiskitError
def told(f):
    try:
        f()
    except CircuitError:
        return "CircuitError"
    except QiskitError:
        return "QiskitError"
    except Exception as e:
        return type(e).__name__
    return "nothing"
qc = QuantumCircuit(2, 1)
t = Parameter("t")
p = QuantumCircuit(1)
p.rx(t, 0)
answer = [told(f) for f in (
    lambda: qc.cx(0, 0), lambda: qc.h(2), lambda: qc.rx("a", 0), lambda: QuantumCircuit(-1),
    lambda: qc.measure([0, 1], [0]), lambda: qc.to_gate(), lambda: p.assign_parameters([1, 2]),
    lambda: p.assign_parameters({Parameter("q"): 1}), lambda: QuantumCircuit(1, name=3),
    lambda: qc.append(XGate(), [0, 1, 1][:0]), lambda: p.rx(Parameter("t"), 0), lambda: qc.compose(QuantumCircuit(5)),
    lambda: qc.add_register(QuantumRegister(1, "q")), lambda: Statevector([1, 0, 0, 0]).evolve(XGate()),
    lambda: Statevector.from_label("2"), lambda: Pauli("AB"),
    lambda: Statevector(qc.compose(QuantumCircuit(2, 1)).measure(0, 0) and qc), lambda: CXGate(ctrl_state=2),
    lambda: StatevectorEstimator().run([(p, "X")]), lambda: float(t),
    lambda: RXGate(t).to_matrix(), lambda: UnitaryGate([[1, 1], [0, 1]]), lambda: qc.barrier(7),
    lambda: qc.initialize([1, 1], 0), lambda: StatevectorSampler().run([(qc, None, 0)]), lambda: SparsePauliOp("XX") + SparsePauliOp("X"),
    lambda: qc.unitary(np.eye(4), [0]), lambda: QuantumRegister(2)[5], lambda: qc.mcrx(0.1, [0], [0, 1]),
)]
""",
    "initialise and reset": """
qc = QuantumCircuit(2)
qc.x(0)
qc.reset(0)
qc.initialize([0.6, 0.8j], 1)
answer = [[round(v.real, 9), round(v.imag, 9)] for v in Statevector(qc).data]
""",
    "two registers of measurement": BELL
    + """
qc.add_register(ClassicalRegister(2, "out"))
qc.measure([1, 0], [0, 1])
r = StatevectorSampler(seed=1, default_shots=100).run([qc]).result()
answer = [r[0].data.out.get_int_counts(), len(r), list(r[0].data.keys()) if hasattr(r[0].data, "keys") else [], r[0].metadata["shots"]]
""",
}


def feature(name: str, module: str) -> Any:
    """The answer of one program as plain data."""
    return _plain(run(HEADER + FEATURES[name] + "\n", module)["answer"])


def _plain(value: Any) -> Any:
    """Tuples as lists, numpy scalars as plain numbers, keys as text: as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    value = value.item() if hasattr(value, "item") else value
    return [value.real, value.imag] if isinstance(value, complex) else value
