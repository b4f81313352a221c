"""jsii's messages as JSON (its kernel, `api.ts`), without the converters that jsii passes them through."""

import datetime as dt
import enum
import json
from typing import Any

from jsii._kernel import types


def structure(response: type[Any], reply: Any) -> Any:
    """Build one of jsii's replies, and the requests within it, from JSON."""
    if response is types.CreateResponse:
        return types.CreateResponse(ref=reply.ref)
    if response is types.CallbacksResponse:
        return types.CallbacksResponse([structure(types.Callback, callback) for callback in reply["callbacks"]])
    if response is types.Callback:
        nested = {"get": types.GetRequest, "invoke": types.InvokeRequest, "set": types.SetRequest}
        reply = {name: structure(nested[name], value) if name in nested else value for name, value in reply.items()}
    return response(**{name: value for name, value in reply.items() if name in response.__slots__})


def fields(request: Any) -> dict[str, Any]:
    """List the fields of one of jsii's requests."""
    return {name: getattr(request, name) for name in request.__slots__ if name != "__weakref__"}


def _encode(value: Any) -> Any:
    """Write what json cannot write itself, as jsii's kernel reads it."""
    if isinstance(value, types.ObjRef):
        interfaces = {"$jsii.interfaces": value.interfaces} if value.interfaces else {}
        return {"$jsii.byref": value.ref, **interfaces}
    if isinstance(value, types.Override):
        return fields(value)
    if isinstance(value, enum.Enum):
        fqn = vars(type(value))["__jsii_type__"]
        return {"$jsii.enum": f"{fqn}/{value.value}"}
    if hasattr(value, "__jsii_ref__"):
        return value.__jsii_ref__
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return {"$jsii.date": value.isoformat()}
    raise TypeError(f"Don't know how to convert object to JSON: {value!r}")


def decode(value: dict[str, Any]) -> Any:
    """Read what stands in jsii's JSON for an object, a date, a member of an enum, or a map."""
    keys = value.keys()
    if keys in ({"$jsii.byref"}, {"$jsii.byref", "$jsii.interfaces"}):
        return types.ObjRef(ref=value["$jsii.byref"], interfaces=value.get("$jsii.interfaces"))
    if keys == {"$jsii.enum"}:
        ref, member = value["$jsii.enum"].rsplit("/", 1)
        return types.EnumRef(ref=types.ObjRef(ref=f"{ref}@"), member=member)
    if keys == {"$jsii.date"}:
        return dt.datetime.fromisoformat(value["$jsii.date"])
    return value["$jsii.map"] if keys == {"$jsii.map"} else value


dumps = json.JSONEncoder(default=_encode).encode
