"""What of Keras' configurations is Keras' own: classes and functions that one side may name and the other may make."""

import functools
import sys
import types
from typing import Any

LAYERS = frozenset(
    """
    Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention AutoContrast Average AveragePooling1D
    AveragePooling2D AveragePooling3D BatchNormalization Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D
    Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D Cropping1D Cropping2D
    Cropping3D Dense DepthwiseConv1D DepthwiseConv2D Dot Dropout ELU EinsumDense Embedding Equalization Flatten GRU GRUCell
    GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D
    GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization GroupQueryAttention Identity InputLayer LSTM LSTMCell
    LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum MultiHeadAttention Multiply
    PReLU Permute RMSNormalization RNN RandomBrightness RandomContrast RandomCrop RandomElasticTransform
    RandomErasing RandomFlip RandomGaussianBlur RandomInvert RandomPerspective RandomRotation RandomSharpness RandomShear
    RandomTranslation RandomZoom ReLU RepeatVector Rescaling Reshape Resizing SeparableConv1D SeparableConv2D SimpleRNN
    SimpleRNNCell Softmax Solarization SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization
    StackedRNNCells Subtract TimeDistributed UnitNormalization UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D
    ZeroPadding2D ZeroPadding3D
    """.split()  # noqa: E501
)  # not Normalization, whose weights alone don't say what it has seen
MODELS = frozenset(["Sequential", "Functional", "Model", "DTypePolicy"])
OTHERS = ("initializers", "regularizers", "constraints", "optimizers", "losses", "metrics", "optimizers.schedules")
DATA = frozenset(["__keras_tensor__", "__tensor__", "__numpy__", "__ellipsis__", "__slice__", "__bytes__"])
OPERATIONS = "keras.src.ops."
OF_LAYERS = ("keras.src.layers.", "keras.src.models.")  # modules whose functions Keras puts into layers itself
FUNCTIONS = ("activations", "losses", "metrics")
ACTIVATIONS = "elu leaky_relu log_softmax relu relu6 selu sigmoid silu softmax softplus softsign swish tanh".split()
PLACEHOLDER = "autograder>Placeholder"


def name_of(function: Any) -> str | None:
    """The name by which Keras finds a function, or None.

    For a function of TensorFlow's, it is the name of Keras' own that computes the same.
    """
    name = getattr(function, "__name__", None)
    return name if _of_keras(name) is function else _same_elsewhere().get(function)


def _of_keras(name: Any) -> types.FunctionType | None:
    import keras

    found = (getattr(getattr(keras, part), name, None) for part in FUNCTIONS) if type(name) is str else ()
    return next((each for each in found if isinstance(each, types.FunctionType)), None)


@functools.cache
def _same_elsewhere() -> dict[types.FunctionType, str]:
    """Functions of TensorFlow's and of `keras.ops` by which people name Keras' activations."""
    import keras

    tf = sys.modules.get("tensorflow")
    places = [keras.ops, *([tf, tf.nn, tf.math] if tf else [])]
    found = {getattr(place, name, None): name for place in places for name in ACTIVATIONS}
    return {each: name for each, name in found.items() if isinstance(each, types.FunctionType)}


def is_strange(value: Any) -> bool:
    """Whether a value is a function that Keras does not find by a name, but may take for another.

    Its configuration may be that of another function, which Keras finds.
    """
    if not isinstance(value, types.FunctionType) or (value.__module__ or "").startswith(OF_LAYERS):
        return False
    return name_of(value) is None


def with_names(config: Any) -> Any:
    """The same configuration, with Keras' own names of the functions that have another one elsewhere."""
    if isinstance(config, (list, tuple)):
        return type(config)(map(with_names, config))
    if not isinstance(config, dict):
        return config
    if config.get("class_name") == "function":
        function: Any = config.get("config")
        other = {each.__name__: name for each, name in _same_elsewhere().items()}.get(function)
        return other or config
    return {name: with_names(each) for name, each in config.items()}


def is_plain(config: Any, placeholders: int = 0) -> bool:
    """Whether a configuration names only harmless classes of Keras' own, and so many placeholders.

    A harmless class neither runs code nor reads files.
    """
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


def _is_known(config: dict[Any, Any]) -> bool:
    import keras

    name, module, registered = config["class_name"], config.get("module"), config.get("registered_name")
    if type(name) is not str or registered not in (None, name):
        return False
    if name in DATA:
        return True
    if name == "function":
        return module == "builtins" and _of_keras(config.get("config")) is not None
    if type(module) is not str or not module.startswith("keras"):
        return False
    if module.startswith(OPERATIONS):
        return _is_operation(module, name)
    allowed = {"keras": MODELS, "keras.layers": LAYERS, "keras.models": MODELS, "keras.src.models.functional": MODELS}
    if module in allowed:
        return name in allowed[module]
    part = module.removeprefix("keras.")
    return part in OTHERS and isinstance(getattr(_part(keras, part), name, None), type)


def _is_operation(module: str, name: str) -> bool:
    import keras

    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and issubclass(kind, keras.Operation)


def _part(package: Any, path: str) -> Any:
    for name in path.split("."):
        package = getattr(package, name, None)
    return package
