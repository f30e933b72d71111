"""The student's side: answers what the judge asks about the names of the notebook.

Nothing here is a guard: student code in the same process may replace any of it. What it answers is judged on the other
side.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import functools
import inspect
import io
import itertools
import threading
import types
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.judge.wire import errors, messages, networks
from autograder.judge.wire.line import Line
from autograder.judge.wire.slots import Slots
from autograder.judge.wire.values import MOST_DEPTH, NotAnAnswer, Reader, WireError

if TYPE_CHECKING:
    import socket

    from autograder.judge.wire.values import Tree, Writer
    from autograder.judge.witness.answering_layers import ServedLayers

MOST_CHARACTERS = 10_000
MOST_RECENT = 4  # networks that are kept alive for the judge
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, functools.partial, np.ufunc)


class Ended(BaseException):
    """The judge has no more questions for now."""


class Served:
    """The names of a notebook, as they are served to the judge.

    Parameters
    ----------
    connection : socket.socket
    names : dict
        The namespace of the notebook.
    """

    def __init__(self, connection: socket.socket, names: dict[str, Any]) -> None:
        self._line = Line(connection)
        self._names = names
        self._objects: dict[int, Any] = {}
        self._handles: dict[int, int] = {}
        self._next = itertools.count()
        self._recent: collections.deque[int] = collections.deque()

    def serve(self) -> None:
        """Answer until the judge ends it, or is gone."""
        nowhere = io.StringIO()
        self._line.hold()
        try:
            with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
                while True:
                    with contextlib.suppress(KeyboardInterrupt):
                        self._answer(*self._line.receive())
        except (Ended, messages.Closed):
            pass
        finally:
            self._line.release()

    def _answer(self, word: str, fields: list[Tree], blobs: Sequence[memoryview]) -> None:
        """Answer one question."""
        if word == "end":
            raise Ended
        slots = Slots()
        token, *fields = Reader(blobs, self._inside, slots).values(fields)
        slots.is_open = False
        before = [self._snapshot(each, slots) for each in slots.objects]
        try:
            word, result = "value", getattr(self, f"_{word}")(*fields)
        except (Ended, messages.Closed):
            raise
        except BaseException as error:
            word, result = "raised", errors.described(error)
        changed = [n for n, each in enumerate(slots.objects) if self._snapshot(each, slots) != before[n]]
        try:
            message = messages.pack_answer(word, token, result, changed, slots, self._outside)
        except Exception as fault:  # of a student's object, too, that is asked what it is
            message = messages.pack_answer("unfit", token, str(fault), [], slots)
        self._line.send(message)

    def _look(self, name: str) -> list[Any]:
        return [self._names[name]] if name in self._names else []

    def _bind(self, bound: dict[str, Any], unbound: Iterable[str]) -> None:
        self._names.update(bound)
        for name in unbound:
            self._names.pop(name, None)

    def _call(self, target: Callable[..., Any], arguments: Iterable[Any], keywords: Iterable[tuple[str, Any]]) -> Any:
        return target(*arguments, **dict(keywords))

    def _get(self, target: Any, name: str) -> Any:
        return getattr(target, name)

    def _set(self, target: Any, name: str, value: Any) -> None:
        setattr(target, name, value)

    def _advance(self, target: Iterator[Any]) -> Any:
        return next(target)

    def _wait(self, target: Awaitable[Any]) -> Any:
        """What an awaitable gives, on a loop of its own.

        The kernel's own loop stands still while the judge is answered.
        """
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, daemon=True).start()
        waited = asyncio.run_coroutine_threadsafe(_awaited(target), loop)
        try:
            return waited.result()
        finally:
            waited.cancel()
            loop.call_soon_threadsafe(loop.stop)

    def _ask_back(self, token: Any, number: Any, arguments: Iterable[Any], keywords: dict[str, Any]) -> Any:
        """Call a function of the judge's, which was handed over as an argument."""
        self._line.send(messages.pack("ask", token, number, list(arguments), keywords, outside=self._outside))
        while True:
            word, fields, blobs = self._line.receive()
            if word in ("told", "refused") and fields[0] == token:
                result = Reader(blobs, self._inside).value(fields[1])
                if word == "refused":
                    raise errors.rebuilt(result)
                return result
            self._answer(word, fields, blobs)

    def _snapshot(self, value: Any, slots: Slots) -> tuple[object, ...]:
        return messages.snapshot(value, slots, self._outside)

    def _outside(self, writer: Writer, value: Any, depth: int) -> list[Tree]:
        """Describe what is no data; see `values.Writer`."""
        if isinstance(value, _Whole):
            return self._layer(writer, value.network, depth)
        found = networks.described(value)
        if found is not None:
            more = [["list", []], self._recently(value)] if found[0] == "network" else []
            return [found[0], *writer.trees(found[1], depth), *more]
        if networks.is_layer(value):
            return self._network(writer, value, depth) or self._layer(writer, value, depth)
        handle = self._handle(value)
        if isinstance(value, type):
            mro = [each.__name__ for each in value.__mro__] if issubclass(value, BaseException) else []
            kind = _kind(value)
            parameters = _parameters(getattr(value, "call")) if kind in ("layer", "network") else None
            return ["class", handle, value.__name__, *writer.trees([mro, kind, parameters], depth)]
        if hasattr(type(value), "__await__"):
            return ["awaitable", handle]
        if hasattr(type(value), "__next__"):
            return ["iterator", handle]
        if isinstance(value, FUNCTIONS):
            name = getattr(value, "__name__", type(value).__name__)
            return ["function", handle, *writer.trees([str(name), _doc(value), _parameters(value)], depth)]
        return ["object", handle, writer.tree(type(value), depth)]

    def _network(self, writer: Writer, network: Any, depth: int) -> list[Tree] | None:
        """A network, with stand-ins for the layers that hold code of the student's."""
        found = self._layers.with_placeholders(network)
        if found is None:
            return None
        config, layers = found
        fields = writer.trees(networks.fields_of(network, config, layers), depth)
        return ["network", *fields, self._layer_trees(writer, layers, depth), self._handle(network)]

    def _layer(self, writer: Writer, layer: Any, depth: int) -> list[Tree]:
        facts, parts = self._layers.facts(layer)
        fields = writer.trees([self._handle(layer), type(layer), facts], depth)
        return ["layer", *fields, self._layer_trees(writer, parts, depth)]

    def _layer_trees(self, writer: Writer, layers: Iterable[Any], depth: int) -> list[Tree]:
        if depth > MOST_DEPTH:
            raise WireError("it is nested too deep")
        return ["list", [self._layer(writer, each, depth + 1) for each in layers]]

    @functools.cached_property
    def _layers(self) -> ServedLayers:
        from autograder.judge.witness.answering_layers import ServedLayers  # imports Keras, which not every course has

        return ServedLayers(self._handle, self._objects)

    def _spec(self, *fields: Any) -> Any:
        return self._layers.spec(*fields)

    def _compute(self, *fields: Any) -> Any:
        return self._layers.compute(*fields)

    def _gradients(self, *fields: Any) -> Any:
        return self._layers.gradients(*fields)

    def _load_weights(self, *fields: Any) -> Any:
        return self._layers.load_weights(*fields)

    def _whole(self, network: Any) -> _Whole:
        return _Whole(network)

    def _recently(self, network: Any) -> int:
        """A handle of a network which the judge makes of its description, in case that it can't."""
        if len(self._recent) == MOST_RECENT:
            del self._objects[self._recent.popleft()]
        handle = next(self._next)
        self._recent.append(handle)
        self._objects[handle] = network
        return handle

    def _handle(self, value: Any) -> int:
        handle = self._handles.get(id(value))
        if handle is None:
            handle = self._handles[id(value)] = next(self._next)
            self._objects[handle] = value
        return handle

    def _inside(self, reader: Reader, tag: str, fields: list[Tree], depth: int) -> Any:
        """The object that the judge means; see `values.Reader`."""
        if tag in networks.TAGS:
            # the judge hands over none that hold other code than Keras'
            layers: list[Any] = [[]] if tag == "network" else []
            return networks.rebuilt(tag, reader.values(fields, depth) + layers)
        if tag == "back":
            return self._objects[fields[0]]
        if tag == "layer":
            (tree,) = fields
            return self._layers.as_the_judge_has_it(*reader.aside(tree, depth))
        if tag == "callback":
            token, number = fields
            return lambda *arguments, **keywords: self._ask_back(token, number, arguments, keywords)
        raise NotAnAnswer()


async def _awaited(target: Awaitable[Any]) -> Any:
    return await target


class _Whole:
    """A network that is to travel as one layer, and not as the layers that it is made of."""

    def __init__(self, network: Any) -> None:
        self.network = network


def _kind(cls: type) -> str | None:
    """What the objects of a class are, as far as their stand-ins differ by it."""
    return networks.kind_of_class(cls) or (
        "callable" if any("__call__" in vars(each) for each in cls.__mro__) else None
    )


def _doc(value: Any) -> str | None:
    doc = getattr(value, "__doc__", None)
    return doc[:MOST_CHARACTERS] if isinstance(doc, str) else None


def _parameters(function: Callable[..., Any]) -> list[tuple[str, int, bool]] | None:
    """Name, kind, and whether there is a default, of each parameter; None if that is not to be known."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [(each.name, int(each.kind), each.default is not each.empty) for each in found]
