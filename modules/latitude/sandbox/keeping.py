"""Keep every resource in a file, and bring it back in another process.

moto's backends hold locks and functions of their own, which ``pickle`` refuses, and KMS's hold private keys:
cloudpickle and the reductions below take care of them.
"""

from __future__ import annotations

import gzip
import io
import pickle
import threading
from collections import defaultdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from cloudpickle import Pickler
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from moto.backends import get_backend
from moto.core.base_backend import BackendDict

from latitude.sandbox import ownership
from latitude.sandbox.services import install_late

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LOCKS: Final[dict[type, Callable[[], object]]] = {
    type(threading.Lock()): threading.Lock,
    type(threading.RLock()): threading.RLock,
}
_FORMAT: Final = f"Latitude's embedded AWS, format 3, moto {version('moto')}\n".encode()
_COMPRESSION: Final = 1


class KeptStateError(ValueError):
    """A file is not one that this sandbox has written."""


def require_place(path: Path) -> None:
    """Raise ``KeptStateError`` unless what is kept at ``path`` can be this user's alone."""
    try:
        ownership.require_private_folder(path)
    except ownership.NotOwnError as error:
        msg = f"keep: {error}"
        raise KeptStateError(msg) from None


def save(path: Path) -> None:
    """Write every resource to ``path``, sealed; it is either written whole or stays as it was."""
    content = io.BytesIO()
    with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=_COMPRESSION, mtime=0) as compressed:
        _Pickler(compressed).dump(_everything())
    ownership.write_own(path, _FORMAT + ownership.seal(_FORMAT + content.getvalue()) + content.getvalue())


def load(path: Path) -> None:
    """Bring back what ``save`` has written for this user.

    Unpickling runs what the file says, so that nothing is unpickled but what this user's key has sealed.

    Raises ``KeptStateError`` for a file that this version, with this moto, has not written for this user.
    """
    try:
        whole = ownership.read_own(path)
        if not whole.startswith(_FORMAT):
            expected = _FORMAT.decode().strip()
            msg = f"keep: {path} must be a file that the sandbox has kept, and begin with '{expected}'; remove it"
            raise KeptStateError(msg)
        start = len(_FORMAT) + ownership.SEAL_BYTES
        content = whole[start:]
        if not ownership.is_sealed(_FORMAT + content, whole[len(_FORMAT) : start]):
            key = ownership.key_path()
            msg = f"keep: {path} must be a file that your own sandbox has kept, sealed with {key}; remove it"
            raise KeptStateError(msg)
    except ownership.NotOwnError as error:
        msg = f"keep: {error}"
        raise KeptStateError(msg) from None
    everything = pickle.loads(gzip.decompress(content))  # noqa: S301 - only this user can have sealed it
    for (service, account, region), backend in everything.items():
        install_late(service)
        _backends(service)[account][region] = backend


def _everything() -> dict[tuple[str, str, str], Any]:
    return {
        (backends.service_name, account, region): backend
        for backends in vars(BackendDict)["_instances"]  # moto's own reset knows by it what there is
        for account, region, backend in backends.iter_backends()
    }


_Base: Any = Pickler  # it has no types


class _Pickler(_Base):  # type: ignore[misc]  # the same
    def reducer_override(self, obj: Any) -> Any:
        if type(obj) in _LOCKS:
            return _LOCKS[type(obj)], ()
        if isinstance(obj, BackendDict):
            return _backends, (obj.service_name,)
        if isinstance(obj, get_args(PrivateKeyTypes)):
            return _private_key, (_pem(obj),)
        if isinstance(obj, defaultdict) and type(obj) is not defaultdict:
            return _uninitialized, (type(obj), obj.default_factory), obj.__dict__, None, iter(obj.items())
        return super().reducer_override(obj)


def _backends(service: str) -> BackendDict[Any]:
    backends: BackendDict[Any] = cast("Any", get_backend)(service)
    return backends


def _uninitialized(kind: type[defaultdict[Any, Any]], factory: Callable[[], Any] | None) -> defaultdict[Any, Any]:
    made = defaultdict.__new__(kind)
    made.default_factory = factory
    return made


def _pem(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _private_key(pem: bytes) -> PrivateKeyTypes:
    return serialization.load_pem_private_key(pem, password=None)
