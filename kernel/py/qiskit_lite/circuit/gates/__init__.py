"""The gates themselves; ``circuit.library`` shows them under their usual names."""
