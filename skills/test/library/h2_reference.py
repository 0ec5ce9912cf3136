"""Full configuration interaction of H2 in STO-3G by PySCF, an independent program.

``python skills/test/library/h2_reference.py`` (with PySCF installed) records the answers
that the ordinary tests compare with.
"""

from __future__ import annotations

import json
from pathlib import Path

RECORDED = Path(__file__).parent / "recorded" / "h2_fci.json"
LENGTHS = [0.3, 0.5, 0.7, 0.735, 0.9, 1.2, 1.5, 1.8, 2.1, 2.5]


def energies(length: float) -> dict[str, float]:
    """Hartree-Fock and FCI energies in hartree; the bond length is in ångström."""
    from pyscf import fci, gto, scf

    molecule = gto.M(atom=f"H 0 0 0; H 0 0 {length}", basis="sto-3g", verbose=0)
    field = scf.RHF(molecule).run(conv_tol=1e-13)
    solver = fci.FCI(field)
    solver.conv_tol = 1e-13
    return {"length": length, "hartree_fock": float(field.e_tot), "fci": float(solver.kernel()[0])}


if __name__ == "__main__":
    RECORDED.write_text(json.dumps([energies(length) for length in LENGTHS], indent=2) + "\n")
