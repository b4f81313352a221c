"""The package `cdktf_cdktf_provider_aws` without its `__init__`."""

import importlib
import importlib.abc
import pkgutil
from importlib.machinery import ModuleSpec
from types import ModuleType


class LazyPackage(ModuleType):
    """A package whose submodules are imported when they are first named.

    jsii's runtime imports the submodule of a type that Node returns, so that none has to be imported early.
    """

    def __getattr__(self, name: str) -> object:
        if name == "__all__":  # `from cdktf_cdktf_provider_aws import *` still means everything
            return self._submodules()
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        qualified = f"{self.__name__}.{name}"
        try:
            return importlib.import_module(qualified)
        except ModuleNotFoundError as error:
            if error.name != qualified:
                raise
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._submodules()})

    def _submodules(self) -> list[str]:
        return [found.name for found in pkgutil.iter_modules(self.__path__) if found.name != "_jsii"]


class LazyPackageLoader(importlib.abc.Loader):
    """Makes the package and runs nothing in it; its `__path__` comes from the spec."""

    def create_module(self, spec: ModuleSpec) -> LazyPackage:
        """Make the module object that the import system then fills in."""
        return LazyPackage(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: this is what the ordinary package spends six seconds on."""
