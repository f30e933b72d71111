"""Keras networks as data: a configuration of Keras' own layers and the weights, from which the other side builds its own."""

import copy
import sys
import types
from types import SimpleNamespace

import numpy as np

from autograder.judge.values import WireError

LAYERS = frozenset(
    """
    Activation ActivityRegularization Add AlphaDropout Average AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization
    CenterCrop Concatenate Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose Cropping1D Cropping2D Cropping3D
    Dense DepthwiseConv1D DepthwiseConv2D Dot Dropout ELU EinsumDense Embedding Flatten GRU GaussianDropout GaussianNoise
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D
    GroupNormalization Identity InputLayer LSTM LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D Maximum
    Minimum Multiply Normalization PReLU Permute RMSNormalization ReLU RepeatVector Rescaling Reshape Resizing SeparableConv1D
    SeparableConv2D SimpleRNN Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D Subtract TimeDistributed UnitNormalization
    UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D
    """.split()
)
MODELS = frozenset(["Sequential", "Functional", "Model", "DTypePolicy"])
OTHERS = ("initializers", "regularizers", "constraints", "optimizers", "losses", "metrics", "optimizers.schedules")
DATA = frozenset(["__keras_tensor__", "__tensor__", "__numpy__", "__ellipsis__", "__slice__", "__bytes__"])
OPERATIONS = "keras.src.ops."
TAGS = ("network", "history")
OWN = "of Keras"
PLACEHOLDER = "autograder>Placeholder"


def described(value):
    """The tag and the fields that a network or a history travels as, or None if the value is neither, or holds other code than Keras'."""
    keras = sys.modules.get("keras")
    if keras is None:
        return None
    if isinstance(value, keras.callbacks.History):
        return "history", [value.history, getattr(value, "epoch", None), value.params]  # no epoch before training
    config = own_configuration(value) if is_layer(value) else None
    return config and ("network", [*fields_of(value, config), []])


def fields_of(network, config):
    """What a network of this configuration travels as, but for its placeholders: that, its weights, and how it was compiled."""
    return [config, network.get_weights(), compiled(network)]


def configuration(network):
    """Keras' configuration of a network, without how it was compiled."""
    import keras

    config = keras.saving.serialize_keras_object(network)
    config.pop("compile_config", None)
    return config


def with_placeholders(config):
    """The same configuration of a network, in which each layer that gave `PLACEHOLDER` and a number as its own holds a place only."""
    if isinstance(config, (list, tuple)):
        return type(config)(map(with_placeholders, config))
    if not isinstance(config, dict):
        return config
    if isinstance(config.get("config"), dict) and PLACEHOLDER in config["config"]:
        kept = {name: config[name] for name in ("name", "inbound_nodes") if name in config}
        place = {"place": config["config"][PLACEHOLDER]}
        return {
            "module": "autograder",
            "class_name": "Placeholder",
            "config": place,
            "registered_name": PLACEHOLDER,
        } | kept
    return {name: with_placeholders(each) for name, each in config.items()}


def own_configuration(layer):
    """The configuration of a layer that is, with all in it, of Keras' own classes and functions; else None."""
    import keras

    try:
        strange = any(
            _is_strange(each)
            for part in layer._flatten_layers()
            if not isinstance(part, keras.Model)
            for each in vars(part).values()
        )
        config = None if strange else configuration(layer)
        return config if is_plain(config) else None
    except Exception:  # a student's own class need not know how
        return None


def _is_strange(value):
    """Whether a value is a function that is not Keras' own, whose configuration does not tell it from one of the same name that is."""
    return isinstance(value, types.FunctionType) and not (value.__module__ or "").startswith("keras.")


def has_graph(network):
    """Whether a network is a Sequential or functional one, and of no other class that is derived from these."""
    return type(network).__module__.startswith("keras.") and type(network).__name__ in ("Sequential", "Functional")


def is_layer(value):
    """Whether a value is a layer or a network of Keras'."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.layers.Layer)


def kind_of_class(kind):
    """ "network" or "layer" if a class is one of these, else None."""
    keras = sys.modules.get("keras")
    if keras is None or not issubclass(kind, keras.layers.Layer):
        return None
    return "network" if issubclass(kind, keras.Model) else "layer"


def rebuilt(tag, fields):
    """What `described` described.

    Raises
    ------
    WireError
        If that is no network of Keras' own layers, or the weights don't fit it.
    """
    import keras

    if tag == "history":
        history = keras.callbacks.History()
        history.history, history.epoch, history.params = map(_plain, fields)
        return history
    config, weights, how, layers = fields
    if not is_plain(config, len(layers)) or not all(isinstance(each, keras.layers.Layer) for each in layers):
        raise WireError("a network holds something that is not Keras' own")
    config = copy.deepcopy(config)  # Keras takes parts of it away, and `config` may be kept for a comparison
    network = _made(config, {PLACEHOLDER: SimpleNamespace(from_config=lambda config: layers[config["place"]])})
    if not isinstance(network, keras.layers.Layer):
        raise WireError("a network is malformed")
    if how is not None:
        compile_as(network, how)
    return with_weights(network, weights)


def with_weights(network, weights):
    """The network, with these values of its weights."""
    if not all(type(each) is np.ndarray for each in weights):
        raise WireError("a network is malformed")
    network.set_weights(weights)
    return network


def _made(config, known):
    """The layer of a configuration, as Keras makes it; but a Sequential network is built once, and not again after each of its layers."""
    import keras

    parts = config.get("config")
    if config.get("class_name") != "Sequential" or "build_input_shape" not in parts:
        return keras.saving.deserialize_keras_object(config, known, safe_mode=True)
    return keras.Sequential([_made(each, known) for each in parts["layers"]], name=parts["name"])


def compiled(network):
    """How a network was compiled: its optimizer, loss and metrics, each as Keras' configuration where that is plain; or None."""
    settings = getattr(getattr(network, "_compile_config", None), "config", None)
    return settings and {name: _portable(settings.get(name)) for name in ("optimizer", "loss", "metrics")}


def compile_as(network, how):
    """Compile a network as `compiled` said of another; what is no configuration is a stand-in, which no graph can hold."""
    settings = {name: _unpacked(how[name]) for name in ("optimizer", "loss", "metrics")}
    network.compile(
        **settings, run_eagerly=any(callable(each) and hasattr(each, "_stand_in_for") for each in settings.values())
    )


def _portable(value):
    import keras

    if value is None or isinstance(value, str) or _is_strange(value):
        return value
    if isinstance(value, (list, tuple)):
        return [_portable(each) for each in value]
    if isinstance(value, dict):
        return {name: _portable(each) for name, each in value.items()}
    try:
        config = keras.saving.serialize_keras_object(value)
    except Exception:
        return value
    return (OWN, config) if is_plain(config) else value


def _unpacked(value):
    import keras

    if isinstance(value, list):
        return [_unpacked(each) for each in value]
    if isinstance(value, dict):
        return {name: _unpacked(each) for name, each in value.items()}
    if isinstance(value, tuple):
        if len(value) != 2 or value[0] != OWN or not is_plain(value[1]):
            raise WireError("a network is malformed")
        return keras.saving.deserialize_keras_object(value[1], safe_mode=True)
    return value


def is_plain(config, placeholders=0):
    """Whether a configuration names classes of Keras' own only, none of which runs code or reads files, and so many placeholders."""
    if isinstance(config, (list, tuple)):
        return all(is_plain(each, placeholders) for each in config)
    if not isinstance(config, dict):
        return config is None or isinstance(config, (bool, int, float, str))
    if config.get("registered_name") == PLACEHOLDER:
        place, others = config["config"]["place"], [each for name, each in config.items() if name != "config"]
        return type(place) is int and 0 <= place < placeholders and is_plain(others, placeholders)
    if "class_name" in config and not _is_known(config):
        return False
    return all(type(key) is str for key in config) and all(is_plain(each, placeholders) for each in config.values())


def _is_known(config):
    import keras

    name, module, registered = config["class_name"], config.get("module"), config.get("registered_name")
    if type(name) is not str or registered not in (None, name):
        return False
    if name in DATA:
        return True
    if name == "function":
        return module == "builtins"  # Keras looks among its own activations, losses and initializers then
    if type(module) is not str or not module.startswith("keras"):
        return False
    if module.startswith(OPERATIONS):
        return _is_operation(module, name)
    allowed = {"keras": MODELS, "keras.layers": LAYERS, "keras.models": MODELS, "keras.src.models.functional": MODELS}
    if module in allowed:
        return name in allowed[module]
    part = module.removeprefix("keras.")
    return part in OTHERS and isinstance(getattr(_part(keras, part), name, None), type)


def _is_operation(module, name):
    import keras

    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and issubclass(kind, keras.Operation)


def _part(package, path):
    for name in path.split("."):
        package = getattr(package, name, None)
    return package


def _plain(value):
    if type(value) not in (dict, list, type(None)):
        raise WireError("a history is malformed")
    return value
