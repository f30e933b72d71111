"""Stand-ins for what is no data: they ask the student's kernel, and what it gives back is data, or another stand-in.

A stand-in compares, counts and iterates as every Python object does that knows nothing of it, and never as the
student's object says.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from autograder.judge.court.handles import HANDLE
from autograder.judge.wire import errors

if TYPE_CHECKING:
    from autograder.judge.court.court import Court


class StandIn:
    """Stands for an object that is no data: its attributes and calls are the student's object's own."""

    def __init__(self, court: Court, handle: int) -> None:
        object.__setattr__(self, "_court", court)
        object.__setattr__(self, HANDLE, handle)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self._court.get(getattr(self, HANDLE), name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._court.set(getattr(self, HANDLE), name, value)

    def __deepcopy__(self, memo: Any) -> StandIn:
        return self


class _Callable(StandIn):
    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._court.call(getattr(self, HANDLE), arguments, keywords)


class _Iterator(StandIn):
    def __iter__(self) -> _Iterator:
        return self

    def __next__(self) -> Any:
        return self._court.advance(getattr(self, HANDLE))


class _Awaitable(StandIn):
    def __await__(self) -> Generator[Any, Any, Any]:
        return self._court.wait(getattr(self, HANDLE))
        yield  # which makes this a generator, as Python wants it


class _Class(type):
    """The type of a stand-in for a class.

    Calling that stand-in makes an object of the student's, for which another stand-in stands.
    """

    def __call__(cls, *arguments: Any, **keywords: Any) -> Any:
        return cls._court.call(getattr(cls, HANDLE), arguments, keywords)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return cls._court.get(getattr(cls, HANDLE), name)


def _function(court: Court, handle: int, name: Any, doc: Any, parameters: Any) -> Callable[..., Any]:
    def stand_in(*arguments: Any, **keywords: Any) -> Any:
        return court.call(handle, arguments, keywords)

    stand_in.__name__ = stand_in.__qualname__ = str(name)[:100]
    stand_in.__doc__ = doc if type(doc) is str else None
    stand_in.__module__ = "__main__"
    setattr(stand_in, HANDLE, handle)
    if parameters is not None:
        setattr(stand_in, "__signature__", _signature(parameters))
    return stand_in


def _signature(parameters: Iterable[tuple[str, int, bool]]) -> inspect.Signature:
    made = [
        inspect.Parameter(name, inspect._ParameterKind(kind), default=... if has_default else inspect.Parameter.empty)
        for name, kind, has_default in parameters
    ]
    return inspect.Signature(made)


def _class(court: Court, handle: int, name: Any, mro: Sequence[Any], kind: Any, parameters: Any) -> type:
    if mro:
        return errors.kind_of(mro)
    base: type = _Callable if kind == "callable" else StandIn
    own: dict[str, Any] = {"_court": court, HANDLE: handle, "__module__": "__main__"}
    if kind in ("layer", "network"):
        from autograder.judge.court import layers

        base = layers.RemoteModel if kind == "network" else layers.RemoteLayer
        if parameters is not None:
            own["call"] = layers.call_like(_signature(parameters))
    return _Class(str(name)[:100], (base,), own)


def _object(court: Court, handle: int, kind: Any) -> Any:
    made = object.__new__(kind)
    StandIn.__init__(made, court, handle)
    return made


STAND_INS: dict[str, Callable[..., Any]] = {
    "function": _function,
    "class": _class,
    "object": _object,
    "iterator": _Iterator,
    "awaitable": _Awaitable,
}
