"""The judge's side: runs the tests, with a stand-in for everything that the student wrote.

A stand-in asks the student's kernel, and what it gives back is data, or another stand-in. It compares, counts and iterates as every
Python object does that knows nothing of it, and never as the student's object says.
"""

import inspect
import os

from autograder.judge import errors, networks, wire
from autograder.judge.line import Line
from autograder.judge.names import used

MOST_STALE_MESSAGES = 100
HANDLE = "_stand_in_for"
ABSENT = object()


class NoAnswer(Exception):
    """The student's kernel gave nothing that can be judged; the message says why."""


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
    noticed : list of str
        A sentence for each thing that no honest kernel does.
    """

    def __init__(self, connection, names):
        self._line = Line(connection)
        self._names = names
        self._bound = {}
        self._stand_ins = {}
        self._asked = []
        self._lent = []
        self.theirs = frozenset()
        self.noticed = []

    def bind(self, tree):
        """Bind those of the student's names that a cell with this syntax tree uses."""
        names = sorted(used(tree) & self.theirs)
        if names:
            self._tell_changes()
        for name in names:
            found = self._ask("look", name)
            self._bound[name] = found[0] if found else ABSENT
            if found:
                self._names[name] = found[0]
            else:
                self._names.pop(name, None)

    def end(self):
        """Let the student's kernel go on."""
        self._lent.clear()
        try:
            self._line.send(wire.pack("end"))
        except wire.Closed:
            pass

    def call(self, handle, arguments, keywords):
        """Call the student's object of this handle, and return what it returns, or raise what it raises."""
        self._tell_changes()
        return self._ask("call", _Back(handle), list(arguments), keywords)

    def get(self, handle, name):
        """An attribute of the student's object of this handle."""
        return self._ask("get", _Back(handle), name)

    def set(self, handle, name, value):
        """Set an attribute of the student's object of this handle."""
        self._ask("set", _Back(handle), name, value)

    def advance(self, handle):
        """The next element of the student's iterator of this handle."""
        return self._ask("advance", _Back(handle))

    def _tell_changes(self):
        """Make the names that a test bound anew, or deleted, the same in the student's kernel, whose functions may read them."""
        now = {name: self._names.get(name, ABSENT) for name in self._bound}
        changed = {name: value for name, value in now.items() if value is not self._bound[name]}
        if changed:
            self._bound = now
            unbound = [name for name, value in changed.items() if value is ABSENT]
            self._ask("bind", {name: value for name, value in changed.items() if value is not ABSENT}, unbound)

    def _ask(self, word, *fields):
        """Ask, answer what is asked back, and return the answer."""
        token, slots = os.urandom(12), wire.Slots()
        self._asked.append(token)
        try:
            self._line.send(self._question(word, token, fields, slots))
            return self._answer(token, slots)
        except wire.WireError as fault:
            if not isinstance(fault, wire.Closed):
                self.noticed.append(f"An answer could not be read: {fault}.")
            raise NoAnswer(f"The notebook's kernel gave no answer that can be read: {fault}.") from None
        finally:
            self._asked.pop()

    def _question(self, word, token, fields, slots):
        try:
            message = wire.pack(word, token, *fields, outside=self._for_them, slots=slots)
        except wire.WireError as fault:
            raise TypeError(f"This can't be handed to the notebook's kernel: {fault}.") from None
        slots.is_open = False
        return message

    def _answer(self, token, slots):
        stale = 0
        while stale < MOST_STALE_MESSAGES:
            word, fields, blobs = self._line.receive()
            if fields[:1] != [token]:  # an answer to what was given up when a cell was stopped
                stale += 1
            elif word == "ask":
                self._lend(token, fields[1:], blobs)
            else:
                return self._result(word, wire.read_answer(fields[1:], blobs, slots, self._from_them))
        raise wire.WireError("it answers what nobody asked")

    def _lend(self, token, fields, blobs):
        """Call a function that was handed over as an argument, for the student's kernel."""
        try:
            number, arguments, keywords = wire.Reader(blobs, self._from_them).values(fields)
            function = self._lent[number]
        except (ValueError, TypeError, IndexError):
            raise wire.WireError("a message is malformed") from None
        try:
            word, result = "told", function(*arguments, **keywords)
        except wire.WireError:
            raise
        except Exception as error:
            word, result = "refused", errors.described(error)
        self._line.send(wire.pack(word, token, result, outside=self._for_them))

    def _result(self, word, result):
        if word == "value":
            return result
        if word == "unfit":
            raise NoAnswer(f"A value can't be brought from the notebook's kernel: {str(result)[:200]}.")
        if word != "raised":
            raise wire.WireError("a message is malformed")
        try:
            error = errors.rebuilt(result)
        except Exception:
            raise wire.WireError("a message is malformed") from None
        raise error

    def _for_them(self, writer, value, depth):
        """What travels for a value of the judge's that is no data; see `wire.Writer`."""
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
        raise wire.WireError(f"a test can't hand over a value of type {type(value).__name__}")

    def _from_them(self, reader, tag, fields, depth):
        """The stand-in for a student's object; see `wire.Reader`."""
        if tag in networks.TAGS:
            return networks.rebuilt(tag, reader.values(fields, depth))
        if tag == "layer":
            return self._layer(*reader.values(fields, depth))
        make = _STAND_INS.get(tag)
        handle, *fields = fields
        if make is None or type(handle) is not int:
            raise wire.WireError("a message is malformed")
        if (tag, handle) not in self._stand_ins:
            made = make(self, handle, *reader.values(fields, depth))
            self._stand_ins[tag, handle] = made
        return self._stand_ins[tag, handle]

    def _layer(self, handle, kind, own_class, facts, parts):
        """The stand-in for a layer, with what has become of it."""
        from autograder.judge import layers  # imports Keras, which not every course has

        made = self._stand_ins.get(("layer", handle))
        if made is None:
            base = layers.RemoteModel if kind == "network" else layers.RemoteLayer
            made = base.__new__(own_class or base)
            base.__init__(made, name=facts["name"], autocast=False)
            vars(made)[HANDLE] = handle
            self._stand_ins["layer", handle] = made
        return made.stand_for(self, handle, facts, parts)

    def ask_layer(self, word, layer, *fields):
        """Ask for something that a layer of the student's computes; see `layers`."""
        self._tell_changes()
        return self._ask(word, _Layer(layer), *fields)


class _Back:
    """The student's object of a handle, as an argument."""

    def __init__(self, handle):
        self.handle = handle


class _Layer:
    """A stand-in for a layer, as that whose outputs are asked for."""

    def __init__(self, layer):
        self.layer = layer


class StandIn:
    """Stands for an object that is no data: its attributes and calls are the student's object's own."""

    def __init__(self, court, handle):
        object.__setattr__(self, "_court", court)
        object.__setattr__(self, HANDLE, handle)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self._court.get(getattr(self, HANDLE), name)

    def __setattr__(self, name, value):
        self._court.set(getattr(self, HANDLE), name, value)

    def __deepcopy__(self, memo):
        return self


class _Callable(StandIn):
    def __call__(self, *arguments, **keywords):
        return self._court.call(getattr(self, HANDLE), arguments, keywords)


class _Iterator(StandIn):
    def __iter__(self):
        return self

    def __next__(self):
        return self._court.advance(getattr(self, HANDLE))


class _Class(type):
    """The type of a stand-in for a class: calling that makes an object of the student's, for which another stand-in stands."""

    def __call__(cls, *arguments, **keywords):
        return cls._court.call(getattr(cls, HANDLE), arguments, keywords)

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return cls._court.get(getattr(cls, HANDLE), name)


def handle_of(value):
    """The student's handle of what a stand-in stands for, or None."""
    return (
        inspect.getattr_static(value, HANDLE, None)
        if isinstance(value, type)
        else getattr(value, "__dict__", {}).get(HANDLE)
    )


def _function(court, handle, name, doc, parameters):
    def stand_in(*arguments, **keywords):
        return court.call(handle, arguments, keywords)

    stand_in.__name__ = stand_in.__qualname__ = str(name)[:100]
    stand_in.__doc__ = doc if type(doc) is str else None
    stand_in.__module__ = "__main__"
    setattr(stand_in, HANDLE, handle)
    if parameters is not None:
        stand_in.__signature__ = _signature(parameters)
    return stand_in


def _signature(parameters):
    made = [
        inspect.Parameter(name, inspect._ParameterKind(kind), default=... if has_default else inspect.Parameter.empty)
        for name, kind, has_default in parameters
    ]
    return inspect.Signature(made)


def _class(court, handle, name, mro, kind):
    if mro:
        return errors.kind_of(mro)
    base = _Callable if kind == "callable" else StandIn
    if kind in ("layer", "network"):
        from autograder.judge import layers

        base = layers.RemoteModel if kind == "network" else layers.RemoteLayer
    return _Class(str(name)[:100], (base,), {"_court": court, HANDLE: handle, "__module__": "__main__"})


def _object(court, handle, kind):
    made = object.__new__(kind)
    StandIn.__init__(made, court, handle)
    return made


_STAND_INS = {"function": _function, "class": _class, "object": _object, "iterator": _Iterator}
