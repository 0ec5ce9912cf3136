"""Base error, as in ``qiskit.exceptions``."""


class QiskitError(Exception):
    """Any error that the library raises on purpose; ``message`` is its text."""

    def __init__(self, *message: object) -> None:
        super().__init__(" ".join(str(part) for part in message))
        self.message = " ".join(str(part) for part in message)

    def __str__(self) -> str:
        """The message in quotes, as Qiskit shows it."""
        return repr(self.message)


class MissingOptionalLibraryError(QiskitError, ImportError):
    """Something that only the full Qiskit, with an optional library, can do."""
