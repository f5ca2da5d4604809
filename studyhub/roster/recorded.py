"""Plain values as JSON and back, by the types of their fields: what is kept of a dry run."""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from studyhub.roster.errors import Wrong

Json = Any


def told(value: Any) -> Json:
    """As JSON."""
    if isinstance(value, Wrong):
        return [value.message, value.values]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): told(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [told(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else _plain(value)


def _plain(value: Any) -> Json:
    return str(value) if isinstance(value, UUID) else value


def retold(kind: Any, said: Json) -> Any:
    """What `told` was given, a value of this kind."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (only,) = (part for part in parts if part is not type(None))
        return None if said is None else retold(only, said)
    if origin in (list, tuple, Sequence):
        return (tuple if origin is tuple else list)(retold(parts[0], one) for one in said)
    if origin in (dict, Mapping):
        return {retold(parts[0], key): retold(parts[1], one) for key, one in said.items()}
    return _retold(getattr(kind, "__supertype__", kind), said)


def _retold(kind: Callable[..., Any], said: Json) -> Any:
    if kind is Wrong:
        return Wrong(said[0], **said[1])
    if kind is date:
        return date.fromisoformat(said)
    if _types(kind):
        known = {name: of for name, of in _types(kind).items() if name in said}
        return kind(**{name: retold(of, said[name]) for name, of in known.items()})
    return kind(said)


@cache
def _types(kind: Any) -> dict[str, Any]:
    """The fields of a dataclass; of anything else none."""
    if not is_dataclass(kind):
        return {}
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
