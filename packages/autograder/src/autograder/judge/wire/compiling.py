"""How a network was compiled, as data: what is Keras' own as a configuration, and stand-ins for what is not."""

from typing import Any

from autograder.judge.wire.plain import is_plain, is_strange, with_names
from autograder.judge.wire.values import WireError

OWN = "of Keras"
SETTINGS = ("loss", "metrics", "loss_weights", "weighted_metrics")


def compiled(network: Any) -> dict[str, Any] | None:
    """How a network was compiled: its optimizer, losses and metrics; or None.

    Each is Keras' configuration where that is plain.
    """
    settings = getattr(getattr(network, "_compile_config", None), "config", None)
    if not settings:
        return None
    return {name: _portable(settings.get(name)) for name in SETTINGS} | {"optimizer": _optimizer(network.optimizer)}


def compile_as(network: Any, how: Any) -> None:
    """Compile a network as `compiled` said of another.

    What is no configuration is a stand-in, which no graph can hold.
    """
    settings = {name: _unpacked(how[name]) for name in (*SETTINGS, "optimizer")}
    network.compile(**settings, run_eagerly=_holds_stand_in([*settings.values()]))


def _holds_stand_in(value: Any) -> bool:
    if isinstance(value, (list, dict)):
        return any(map(_holds_stand_in, value.values() if isinstance(value, dict) else value))
    return "_stand_in_for" in getattr(value, "__dict__", {})


def _optimizer(value: Any) -> tuple[str, dict[str, Any]]:
    """An optimizer as Keras' configuration of it.

    One of a class of the student's is given as that of Keras' which it is derived from, with the learning rate that it
    has now.
    """
    import keras

    kind: Any = next(
        (each for each in type(value).__mro__ if getattr(keras.optimizers, each.__name__, None) is each), None
    )
    try:
        config = kind.get_config(value)
    except Exception:  # a class of the student's need not have what it is derived from
        config = {}
    if not is_plain(config) and "learning_rate" in config:
        config["learning_rate"] = float(value.learning_rate)
    if kind in (None, keras.optimizers.Optimizer) or not is_plain(config):
        kind, config = keras.optimizers.SGD, {}
    return OWN, {"module": "keras.optimizers", "class_name": kind.__name__, "config": config, "registered_name": None}


def _portable(value: Any) -> Any:
    import keras

    if value is None or isinstance(value, (str, int, float)) or is_strange(value):
        return value
    if isinstance(value, (list, tuple)):
        return [_portable(each) for each in value]
    if isinstance(value, dict):
        return {name: _portable(each) for name, each in value.items()}
    try:
        config = with_names(keras.saving.serialize_keras_object(value))
    except Exception:
        return value
    return (OWN, config) if is_plain(config) else value


def _unpacked(value: Any) -> Any:
    import keras

    if isinstance(value, list):
        return [_unpacked(each) for each in value]
    if isinstance(value, dict):
        return {name: _unpacked(each) for name, each in value.items()}
    if isinstance(value, tuple):
        if len(value) != 2 or value[0] != OWN or not is_plain(value[1]):
            raise WireError("it describes no network")
        return keras.saving.deserialize_keras_object(value[1], safe_mode=True)
    return value
