"""The judge's side: runs the tests, with a stand-in for everything that the student wrote.

A stand-in asks the student's kernel for what it stands for.
"""

from __future__ import annotations

import functools
import os
import types
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from autograder.judge.court.handles import handle_of
from autograder.judge.court.stand_ins import STAND_INS
from autograder.judge.planning.names import mentioned
from autograder.judge.wire import errors, messages, networks
from autograder.judge.wire.line import Line
from autograder.judge.wire.slots import Slots
from autograder.judge.wire.values import NotAnAnswer, Reader, WireError

if TYPE_CHECKING:
    import ast
    import socket

    from autograder.judge.court.layers import _Remote
    from autograder.judge.wire.values import Tree, Writer

MOST_STALE_MESSAGES = 100
ABSENT = object()


class NoAnswer(Exception):
    """The student's kernel gave nothing that can be judged; the message says why."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Court:
    """Reaches the student's kernel for the tests of one notebook.

    Parameters
    ----------
    connection : socket.socket
    names : dict
        The namespace in which the tests run.

    Attributes
    ----------
    theirs : frozenset of str
        The names that the student defines.
    imported : frozenset of str
        The names that the student imports.
    noticed : list of str
        A sentence for each thing that no honest kernel does.
    """

    def __init__(self, connection: socket.socket, names: dict[str, Any]) -> None:
        self._line = Line(connection)
        self._names = names
        self._bound: dict[str, Any] = {}
        self._stand_ins: dict[tuple[str, int], Any] = {}
        self._asked: list[bytes] = []
        self._lent: list[Callable[..., Any]] = []
        self._sought: str | None = None  # the name that is being looked up
        self._networks: dict[str | None, tuple[Any, Any, Any]] = {}
        self._asks_for_whole = False
        self._imports: dict[str, Any] = {}  # what was imported here, by name
        self.theirs: frozenset[str] = frozenset()
        self.imported: frozenset[str] = frozenset()
        self.noticed: list[str] = []

    def bind(self, tree: ast.AST) -> None:
        """Bind those of the student's names that a cell with this syntax tree uses."""
        self._line.hold()
        names = sorted(mentioned(tree) & (self.theirs | self.imported))
        if names:
            self._tell_changes()
        for name in names:
            found = self._look(name)
            if name in self.imported:
                found = self._own_import(name, found)
            else:
                self._bound[name] = found[0] if found else ABSENT
            if found:
                self._names[name] = found[0]
            else:
                self._names.pop(name, None)

    def _own_import(self, name: str, found: Any) -> Any:
        """A module or a class is the judge's own, since it can't be sent.

        A function is the student's, who may have written it.
        """
        here = self._names.get(name)
        if isinstance(here, (types.ModuleType, type)):
            self._imports[name] = here
        return found and [self._imports.get(name, found[0])]

    def _look(self, name: str) -> Any:
        """The value of a name in the student's kernel, in a list; an empty list if it has none."""
        self._sought = name
        try:
            return self._ask("look", name)
        finally:
            self._sought = None

    def rest(self) -> None:
        """Forget what was lent to the student's kernel, now that the cell has run."""
        self._lent.clear()
        self._line.release()

    def call(self, handle: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call the student's object of this handle, and return what it returns, or raise what it raises."""
        self._tell_changes()
        return self._ask("call", _Back(handle), arguments, tuple(keywords.items()))

    def get(self, handle: int, name: str) -> Any:
        """An attribute of the student's object of this handle."""
        return self._ask("get", _Back(handle), name)

    def set(self, handle: int, name: str, value: Any) -> None:
        """Set an attribute of the student's object of this handle."""
        self._ask("set", _Back(handle), name, value)

    def advance(self, handle: int) -> Any:
        """The next element of the student's iterator of this handle."""
        return self._ask("advance", _Back(handle))

    def wait(self, handle: int) -> Any:
        """What the student's awaitable of this handle gives."""
        self._tell_changes()
        return self._ask("wait", _Back(handle))

    def _tell_changes(self) -> None:
        """Make the names that a test bound anew, or deleted, the same in the student's kernel.

        The functions there may read them.
        """
        now = {name: self._names.get(name, ABSENT) for name in self._bound}
        changed = {name: value for name, value in now.items() if value is not self._bound[name]}
        if changed:
            self._bound = now
            unbound = [name for name, value in changed.items() if value is ABSENT]
            self._ask("bind", {name: value for name, value in changed.items() if value is not ABSENT}, unbound)

    def _ask(self, word: str, *fields: Any) -> Any:
        """Ask, answer what is asked back, and return the answer."""
        token, slots = os.urandom(12), Slots()
        self._asked.append(token)
        try:
            self._line.send(self._question(word, token, fields, slots))
            return self._answer(token, slots)
        except WireError as fault:
            if not isinstance(fault, messages.Closed):
                self.noticed.append(f"An answer could not be read: {fault}.")
            raise NoAnswer(f"The notebook's kernel gave no answer that can be read: {fault}.") from None
        finally:
            self._asked.pop()

    def _question(self, word: str, token: bytes, fields: tuple[Any, ...], slots: Slots) -> bytes:
        try:
            message = messages.pack(word, token, *fields, outside=self._for_them, slots=slots)
        except WireError as fault:
            raise TypeError(f"This can't be handed to the notebook's kernel: {fault}.") from None
        slots.is_open = False
        return message

    def _answer(self, token: bytes, slots: Slots) -> Any:
        stale = 0
        while stale < MOST_STALE_MESSAGES:
            word, fields, blobs = self._line.receive()
            if fields[:1] != [token]:  # an answer to what was given up when a cell was stopped
                stale += 1
            elif word == "ask":
                self._lend(token, fields[1:], blobs)
            else:
                return self._result(word, messages.read_answer(fields[1:], blobs, slots, self._from_them))
        raise WireError("it answers a question that nobody asked")

    def _lend(self, token: bytes, fields: list[Tree], blobs: Sequence[memoryview]) -> None:
        """Call a function that was handed over as an argument, for the student's kernel."""
        try:
            number, arguments, keywords = Reader(blobs, self._from_them).values(fields)
            function = self._lent[number]
        except (ValueError, TypeError, IndexError):
            raise NotAnAnswer() from None
        try:
            word, result = "told", function(*arguments, **keywords)
        except WireError:
            raise
        except Exception as error:
            word, result = "refused", errors.described(error.with_traceback(None))  # no line of the test's goes over
        self._line.send(messages.pack(word, token, result, outside=self._for_them))

    def _result(self, word: str, result: Any) -> Any:
        if word == "value":
            return result
        if word == "unfit":
            raise NoAnswer(f"A value can't be brought from the notebook's kernel: {str(result)[:200]}.")
        if word != "raised":
            raise NotAnAnswer()
        try:
            error = errors.rebuilt(result)
        except Exception:
            raise NotAnAnswer() from None
        raise error

    def _for_them(self, writer: Writer, value: Any, depth: int) -> list[Tree]:
        """What travels for a value of the judge's that is no data; see `values.Writer`."""
        if isinstance(value, _Back):
            return ["back", value.handle]
        if isinstance(value, _Layer):
            return ["layer", writer.aside(value.layer.as_it_is(), depth)]
        handle = handle_of(value)
        if handle is not None:
            return ["back", handle]
        network = networks.described(value)
        if network is not None:
            return [network[0], *writer.trees(network[1], depth)]
        if callable(value) and not isinstance(value, type):
            self._lent.append(value)
            return ["callback", self._asked[-1], len(self._lent) - 1]
        raise WireError(f"a test can't hand over a value of type {type(value).__name__}")

    def _from_them(self, reader: Reader, tag: str, fields: list[Tree], depth: int) -> Any:
        """The stand-in for a student's object; see `values.Reader`."""
        if tag == "network":
            return self._network(*reader.values(fields, depth))
        if tag in networks.TAGS:
            return networks.rebuilt(tag, reader.values(fields, depth))
        if tag == "layer":
            return self._layer(*reader.values(fields, depth))
        make = STAND_INS.get(tag)
        handle, *fields = fields
        if make is None or type(handle) is not int:
            raise NotAnAnswer()
        if (tag, handle) not in self._stand_ins:
            made = make(self, handle, *reader.values(fields, depth))
            self._stand_ins[tag, handle] = made
        return self._stand_ins[tag, handle]

    def _network(self, config: Any, weights: Any, how: Any, layers: Any, handle: Any) -> Any:
        """The network of this description.

        It is that which its name had before, with its weights now, if it differs by these only.
        """
        name, self._sought = self._sought, None  # another network of the same value has no name
        what = config, how, [handle_of(each) for each in layers]
        before, network, inside = self._networks.get(name, (None, None, None))
        try:
            if before == what:
                for twin, layer in zip(inside, layers):
                    twin.follow(layer)
                return networks.with_weights(network, weights, inside)
            network, inside = self._made(config, weights, how, layers, handle)
        except (WireError, KeyboardInterrupt):
            raise
        except Exception:  # Keras itself can't make every network anew
            return self._whole(handle)
        if name is not None:
            self._networks[name] = what, network, inside
        return network

    def _made(
        self, config: Any, weights: Any, how: Any, layers: Iterable[_Remote], handle: Any
    ) -> tuple[Any, list[_Remote]]:
        """The network of a description, and its own stand-ins for the layers that hold code of the student's."""
        known: dict[int, _Remote] = {}
        inside = [
            each.twin(known) for each in layers
        ]  # a layer that stands in one graph can't stand at the same place of another
        network = networks.rebuilt("network", [config, weights, how, inside])
        if inside:
            from autograder.judge.court.layers import load_weights

            network.load_weights = functools.partial(load_weights, self, handle, network, inside)
        return network, inside

    def _whole(self, handle: Any) -> Any:
        """A stand-in for a network that can't be made here."""
        if self._asks_for_whole or type(handle) is not int:
            raise WireError("a network can't be made")
        self._asks_for_whole = True
        try:
            return self._ask("whole", _Back(handle))
        finally:
            self._asks_for_whole = False

    def load_weights(self, handle: int, file: str) -> Any:
        """The weights of the student's network of this handle as they are in a file beside the notebook."""
        return self._ask("load_weights", _Back(handle), file)

    def _layer(self, handle: Any, kind: Any, facts: Any, parts: Any) -> _Remote:
        """The stand-in for a layer, with what has become of it."""
        from autograder.judge.court import layers  # imports Keras, which not every course has

        made: _Remote | None = self._stand_ins.get(("layer", handle))
        if made is None:
            made = self._stand_ins["layer", handle] = layers.new(kind, facts["name"], handle)
        return made.stand_for(self, handle, facts, parts)

    def ask_layer(self, word: str, layer: _Remote, *fields: Any) -> Any:
        """Ask for something that a layer of the student's computes; see `layers`."""
        self._tell_changes()
        return self._ask(word, _Layer(layer), *fields)


class _Back:
    """The student's object of a handle, as an argument."""

    def __init__(self, handle: int) -> None:
        self.handle = handle


class _Layer:
    """A stand-in for a layer, as that whose outputs are asked for."""

    def __init__(self, layer: _Remote) -> None:
        self.layer = layer
