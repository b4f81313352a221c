"""The AWS bindings without their `__init__`, which would import all 2,212 submodules and take six seconds."""

import importlib
import importlib.util
import pkgutil
import sys
from types import ModuleType

PACKAGE = "cdktf_cdktf_provider_aws"


class LazyPackage(ModuleType):
    """The package `cdktf_cdktf_provider_aws`, whose submodules are imported when they are first named."""

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


def keep_package_lazy() -> ModuleType:
    """Put the lazy package where Python looks for the ordinary one, and return it.

    jsii's runtime imports a submodule itself when Node returns a type of it, so that nothing has to be imported early.
    A program that has imported the ordinary package already keeps it.
    """
    loaded = sys.modules.get(PACKAGE)
    if loaded is not None:
        return loaded
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {PACKAGE!r}", name=PACKAGE)
    package = LazyPackage(PACKAGE)
    package.__spec__ = spec
    package.__loader__ = spec.loader
    package.__file__ = spec.origin
    package.__package__ = PACKAGE
    package.__path__ = spec.submodule_search_locations or []
    sys.modules[PACKAGE] = package
    return package
