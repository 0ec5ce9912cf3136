"""``import qiskit`` where no Qiskit is installed: the subset ``qiskit_lite`` answers."""

from __future__ import annotations

import sys

_NAME = "qiskit"
_TARGET = "qiskit_lite"


class _Alias:
    """Loader that hands out a module which another name has already loaded."""

    def __init__(self, module: object) -> None:
        self._module = module
        self._spec = getattr(module, "__spec__", None)

    def create_module(self, spec: object) -> object:
        return self._module

    def exec_module(self, module: object) -> None:
        # The import system has just written the alias' spec over the module's own.
        module.__spec__ = self._spec


def _alias_spec(name: str) -> object:
    from importlib import import_module
    from importlib.util import spec_from_loader

    actual = _TARGET + name[len(_NAME) :]
    try:
        module = import_module(actual)
    except ModuleNotFoundError as error:
        if error.name != actual:
            raise  # for example numpy is missing: that is the thing to say
        return None
    return spec_from_loader(name, _Alias(module), is_package=hasattr(module, "__path__"))


class QiskitFallback:
    """Finder for ``qiskit``, asked after all others have found nothing.

    The modules are the very same objects as ``qiskit_lite`` and ``qiskit_lite.x``, so
    classes compare equal under both names.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> object:
        if name != _NAME:
            return None
        spec = _alias_spec(name)
        if spec is not None and _Submodules not in sys.meta_path:
            sys.meta_path.insert(0, _Submodules)
        return spec


class _Submodules:
    """Finder for ``qiskit.x`` once the subset stands for ``qiskit``.

    It goes first: the path finder would load the files of ``qiskit_lite`` a second time.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> object:
        if not name.startswith(_NAME + "."):
            return None
        if sys.modules.get(_NAME) is not sys.modules.get(_TARGET):
            return None  # real Qiskit was installed and imported meanwhile
        return _alias_spec(name)


def install_fallback() -> None:
    """Appends the finder once; real Qiskit, found by an earlier finder, always wins."""
    if not any(type(finder).__name__ == "QiskitFallback" for finder in sys.meta_path):
        sys.meta_path.append(QiskitFallback())
