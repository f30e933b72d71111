"""Where the numbers in the prose of the notebooks come from; tests/course/test_numbers.py checks it.

TIES and TRAINED hold for each notebook and cell: phrase -> expression. In the phrase the numbers that the expression
gives are marked «so»; any other number of its kind in the phrase stands in the expression as well. An expression is
Python in the namespace of the notebook. It may use `np`, `math`, `keras`, what NAMES adds, and

- `given(cell, number)`: the number, if the code of this cell has it; for what is chosen and not computed;
- `trainable(model)`: how many numbers a training changes;
- `notebook(name)`: the names of another notebook.

FREE holds the numbers that nothing computes: notebook -> cell -> phrase -> why.
"""

# Names for the expressions of a notebook.
NAMES = {
    "01-dl-review": """
sequential, functional = build_sequential(), build_functional()
widths = [layer.output.shape[-1] for layer in sequential.layers]
dense_widths = [layer.units for layer in functional.layers if isinstance(layer, keras.layers.Dense)]
norm = keras.layers.BatchNormalization()
from cnn_course import experiments
""",
    "02-stride-padding": """
shapes = trace_shapes((28, 28, 1), [
    {"type": "conv", "filters": 6, "kernel": 5, "padding": "same"}, {"type": "pool", "size": 2},
    {"type": "conv", "filters": 16, "kernel": 5}, {"type": "pool", "size": 2},
    {"type": "flatten"}, {"type": "dense", "units": 10},
])
""",
    "03-pooling": """
labels = digits.load()[0][1][:100]
pairs = [(i, j) for i in range(100) for j in range(i) if labels[i] != labels[j]]
drawn = digits.example(7, explorers.CLEAR[7])  # the explorer's
explored, *shifted = (
    max_pool2d(np.roll(drawn, by, axis=(0, 1))[None, ..., None], 4) for by in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
)
fewest_kept = min(np.sum((explored > 0) & (each == explored)) for each in shifted)


def similarity_of_classes(size):
    maps = max_pool2d(hundred, size).reshape(100, -1)
    maps = maps / np.linalg.norm(maps, axis=1, keepdims=True)
    return np.mean([maps[i] @ maps[j] for i, j in pairs])


def moved_similarity(size):
    return np.mean([shift_similarity(image, 1, 0, size) for image in hundred[..., 0]])
""",
    "04-lenet5": """
receptive_field = notebook("02-stride-padding")["receptive_field"]
modern, original = build_lenet5(), build_lenet5_1998()
fixed = original.count_params() - trainable(original)
sizes = [layer.count_params() for layer in modern.layers if layer.count_params()]


def subsampled(maps):
    layer = Subsampling()
    layer.build((None, 10, 10, maps))
    return layer
""",
    "05-mnist-cnn": """
receptive_field = notebook("02-stride-padding")["receptive_field"]
network = build_cnn()
rates = [layer.rate for layer in network.layers if isinstance(layer, keras.layers.Dropout)]
wide = [layer for layer in network.layers if isinstance(layer, keras.layers.Dense)][0]
share = wide.count_params() / network.count_params()
""",
}

TIES = {
    "01-dl-review": {
        "labels": {
            "(훈련 세트): «3,500» digits": "len(x_train)",
            "(검증 세트), «500» others": "len(x_val)",
            "(테스트 세트), «1,000» more": "len(digits.held_out()[1])",
            "`(«3500», «28», «28», «1»)`": "x_train.shape",
            "its «3,500» labels": "len(y_train)",
        },
        "one-hot-text": {
            "all «3,500» training labels": "len(y_train)",
            "`(«3500», «10»)`": "one_hot(y_train, 10).shape",
        },
        "dense": {
            "weights and 2 biases. Together these are «8» **parameters**": "dense_param_count(3, 2)",
            r"$28 \cdot 28 = «784»$ pixels": "x_train[0].size",
            "a layer of «256» units": "widths[1]",
            r"$784 \cdot 256 + 256 = «200{,}960»$": "dense_param_count(784, 256)",
        },
        "loss": {
            r"with $p = (0.7,\ 0.2,\ 0.1)$ and the right class 0, it is $-\log 0.7 = «0.357»$": (
                "categorical_crossentropy(one_hot([0], 3), np.array([[0.7, 0.2, 0.1]]))"
            ),
            r"Had class 2 been right: $-\log 0.1 = «2.303»$": (
                "sparse_categorical_crossentropy([2], np.array([[0.7, 0.2, 0.1]]))"
            ),
        },
        "sparse": {
            "every one of 10 classes the probability «0.1»": "1 / 10",
            r"$-\log 0.1 = «2.303»$": "sparse_categorical_crossentropy([3], np.full((1, 10), 0.1))",
            "starts at about «2.3»": "-math.log(1 / 10)",
        },
        "batchnorm": {
            "around $«0.01»$": "given('batchnorm-seen', 0.01)",
            "$x = (1, 3)$. Then $\\mu = «2»$, $\\sigma^2 = «1»$": "np.mean([1, 3]), np.var([1, 3])",
            "$y = («-1», «1»)$": "batch_norm(np.array([[1], [3]]), 1, 0, 1e-9)",
            r"With $\gamma = 5$ and $\beta = 10$: $(«5», «15»)$": "batch_norm(np.array([[1], [3]]), 5, 10, 1e-9)",
        },
        "batchnorm-epsilon": {
            "Its variance is only «0.0001»": "given('batchnorm-seen', 0.01) ** 2",
            r"Keras' $\epsilon = «0.001»$": "norm.epsilon",
        },
        "batchnorm-cost": {
            "with momentum «0.99»: `average = «0.99» * average + «0.01» * batch_mean`": (
                "norm.momentum, norm.momentum, 1 - norm.momentum"
            ),
            r"$1 - 0.99^{10} \approx «10\ \%»$": "1 - 0.99**10",
        },
        "batchnorm-batch": {
            "with «3,500» digits and mini-batches of 32 these are «110», of which the last has «12»": (
                "len(x_train), math.ceil(len(x_train) / 32), len(x_train) % 32"
            ),
        },
        "batchnorm-why": {
            "can learn its «3,500» digits by heart": "len(x_train)",
            r"$x = (1, 2, 3, 4, 5)$, rate 0.2, and the third is dropped. The result is "
            r"$(«1.25»,\ «2.5»,\ «0»,\ «5»,\ «6.25»)$; its sum is «15»": (
                "[*(kept := np.array([1, 2, 0, 4, 5]) / (1 - 0.2)), kept.sum()]"
            ),
            "had the first unit been dropped, the sum would be «17.5»": "sum([2, 3, 4, 5]) / (1 - 0.2)",
        },
        "sequential": {
            "| `Flatten` | «784» |": "widths[0]",
            "| `Dense` «256», relu | «256» |": "widths[1], widths[1]",
            "| `BatchNormalization` | «256» |": "widths[2]",
            "| `Dropout` «0.2» | «256» |": "sequential.layers[3].rate, widths[3]",
            "| `Dense` «128», relu | «128» |": "widths[4], widths[4]",
            "| `BatchNormalization` | «128» |": "widths[5]",
            "| `Dropout` «0.2» | «128» |": "sequential.layers[6].rate, widths[6]",
            r"$784 \cdot 256 + 256 = «200{,}960»$; $4 \cdot 256 = «1{,}024»$": (
                "dense_param_count(784, 256), sum(batchnorm_param_count(256))"
            ),
            r"$256 \cdot 128 + 128 = «32{,}896»$; $4 \cdot 128 = «512»$": (
                "dense_param_count(256, 128), sum(batchnorm_param_count(128))"
            ),
            r"$128 \cdot 10 + 10 = «1{,}290»$. In all «236,682»": (
                "dense_param_count(128, 10), sequential.count_params()"
            ),
            r"$2 \cdot 256 + 2 \cdot 128 = «768»$, are not trained: «235,914» are trainable": (
                "batchnorm_param_count(256)[1] + batchnorm_param_count(128)[1], trainable(sequential)"
            ),
        },
        "functional-task": {
            r"$4 + 3 = 7$ numbers, so the last layer has $7 \cdot 2 + 2 = «16»$": "dense_param_count(7, 2)",
            r"and the first $4 \cdot 3 + 3 = «15»$": "dense_param_count(4, 3)",
            "flattened to «784» pixels": "x_train[0].size",
            "Dense «256» relu → BatchNormalization → Dropout «0.2» → Dense «128» relu": (
                "dense_widths[0], functional.layers[4].rate, dense_widths[1]"
            ),
            "the «784» flattened pixels": "x_train[0].size",
            r"$784 + 128 = «912»$, and $912 \cdot 10 + 10 = «9{,}130»$": "784 + 128, dense_param_count(912, 10)",
            "In all «244,010», of which «243,498» are trainable": "functional.count_params(), trainable(functional)",
        },
        "train": {"only «300» digits": "given('bad-curves', 300)"},
        "train-read": {
            "(The «88 %» are only a first hurdle": "given('dense_history-check', 0.88)",
            "near «10 %», which is guessing": "1 / 10",
            "at «10 %» and flat": "1 / 10",
            "look at the loss («2.3»?)": "-math.log(1 / 10)",
            "with just these «500» digits": "len(x_val)",
            "for at most «100» seconds": "training.GRADING_SECONDS",
            "«88 %» of the validation digits correctly (3 points), and «91 %» of the test digits": (
                "given('dense_history-check', 0.88), given('dense_history-hidden', 0.91)"
            ),
        },
        "worth-text": {
            "only «1,000» digits, so that": "given('worth', 1000)",
            "and «19» epochs": "round(experiments.STEPS * experiments.BATCH / 1000)",
        },
        "worth-meaning": {
            r"$1 - 0.99^{32} = «28\ \%»$": "1 - 0.99 ** math.ceil(1000 / experiments.BATCH)",
        },
        "layers": {
            "adds «0.01» times the sum": "float(keras.regularizers.get('l2').l2)",
            "«784» pixels → «128» units → «64» units → «10» classes": (
                "x_train[0].size, *(given('small-network', units) for units in (128, 64, 10))"
            ),
        },
        "layers-weights": {"Each of the «128» units": "given('small-network', 128)"},
        "light-edges": {
            "most of the «784» products": "x_train[0].size",
            "guessing, which gets «0.1»": "1 / 10",
            "call «0.3» or more an edge": "given('light-edges-seen', 0.3)",
        },
        "dl-review-written": {
            "with contrast «0.3», each is «0.3» times as large": (
                "given('light-edges-seen', 0.3), np.ptp(scenes['contrast 0.3'])"
            ),
            "A threshold of «0.3» that": "given('light-edges-seen', 0.3)",
        },
        "light-meaning": {"«27» of «58» edge pixels": "found['a shadow'].sum(), found['as it is'].sum()"},
        "locally-connected-text": {
            "«676» times as many parameters": "local.count_params() / shared.count_params()",
            r"$26 \cdot 26 = «676»$ places": "np.prod(local(x_val[:1]).shape[1:3])",
            r"$3 \cdot 3 \cdot 8 + 8 = «80»$": "shared.count_params()",
        },
        "summary": {
            "«200»: a moving mean and a moving variance for each of the 100 units": "batchnorm_param_count(100)[1]",
            "a network «784» → 64 → 10": "x_train[0].size",
            "$«50{,}240» + «256» + «650» = «51{,}146»$": (
                "[*(counts := [dense_param_count(784, 64), sum(batchnorm_param_count(64)), dense_param_count(64, 10)]),"
                " sum(counts)]"
            ),
        },
    },
    "02-stride-padding": {
        "sees": {
            "one row of «784» numbers": "seven.size",
            "Shuffle the «784» pixels": "seven.size",
        },
        "filter": {
            "$0\\cdot(-1) + 0\\cdot 0 + 9\\cdot 1 = 9$, and three rows give «27»": "edges[1, 0]",
        },
        "learned": {
            "the layer needs «9» weights, not «784»": "kernel.size, seven.size",
        },
        "kernel-derived": {
            r"$«784» \cdot «784» = «614{,}656»$ weights": "seven.size, seven.size, seven.size**2",
            r"$«55» \cdot «55» = «3{,}025»$ weights are left": (
                "(along := len(set(np.subtract.outer(np.arange(28), np.arange(28)).flat))), along, along**2"
            ),
            r"$3 \cdot 3 = «9»$ weights are left": "kernel.size",
        },
        "kernel-learned-meaning": {
            "After «100» steps the furthest weight is off by «0.17», after «1,000» by «0.0002»": (
                "[(given('kernel-learned', steps), abs(kept[steps] - kernel).max()) for steps in (100, 1000)]"
            ),
            "have «26»×«26» places and not «28»×«28»": "*vertical.shape, *seven.shape",
        },
        "places": {
            "28 → «24» → «20» → «16» → «12» → «8» → «4»": "[conv_output_size(n, 5) for n in range(28, 4, -4)]",
            "For 28 and 5 that is «24»": "conv_output_size(28, 5)",
            "one of 3×3 takes «2» pixels, one of 5×5 takes «4»": "[28 - conv_output_size(28, f) for f in (3, 5)]",
        },
        "stride-saving": {
            r"$(7 - 3)/2 + 1 = «3»$": "conv_output_size(7, 3, stride=2)",
            r"$(7-3)/3 = «1.33»\ldots$": "(7 - 3) / 3",
            "So there are «2» places": "conv_output_size(7, 3, stride=3)",
            r"$26 \cdot 26 = «676»$ places": "conv_output_size(28, 3) ** 2",
            r"$13 \cdot 13 = «169»$": "conv_output_size(28, 3, stride=2) ** 2",
            "| 7 | 3 | 1 | 0 | 1 | «5» |": "conv_output_size(7, 3, 1, 0, 1)",
            "| 7 | 3 | 3 | 0 | 1 | «2» |": "conv_output_size(7, 3, 3, 0, 1)",
            "| 7 | 3 | 1 | 1 | 1 | «7» |": "conv_output_size(7, 3, 1, 1, 1)",
            "| 7 | 3 | 1 | 0 | 2 | «3» |": "conv_output_size(7, 3, 1, 0, 2)",
        },
        "convolution-explorer-text": {
            "With stride 3 there are «2» places along each axis, or «3» with a frame": (
                "conv_output_size(7, 3, 3), conv_output_size(7, 3, 3, padding=1)"
            ),
            "$7 - 3 + 4 + 1 = «9»$ places": "conv_output_size(7, 3, padding=2)",
        },
        "visits-meaning": {
            r"$2 \cdot 2 = «4»$ times": "window_visits(7, 3, padding=1)[0, 0]",
            "the corner is at «4» and the centre at «9»": "window_visits(7, 3, padding=1)[[0, 3], [0, 3]]",
        },
        "visits-on-digit-text": {
            "last row and column, number «27»": "np.flatnonzero(window_visits(28, 5, 2)[14] == 0)",
            "the last two, «26» and «27»": "np.flatnonzero(window_visits(28, 5, 3)[15] == 0)",
        },
        "visits-on-digit-meaning": {
            "raise the corners to «9»": "window_visits(28, 5, padding=2)[0, 0]",
            "read «9», «6» or «4» times": "np.unique(window_visits(28, 5, 2)[8:20, 8:20])[::-1]",
        },
        "same": {
            r"$\lceil 6/2 \rceil = «3»$ places": "conv_output_size(6 + 1, 3, stride=2)",
            "the total is $4 + 3 - 6 = «1»$. One zero, after the image: `(«0», «1»)`": (
                "sum(same_padding(6, 3, 2)), *same_padding(6, 3, 2)"
            ),
        },
        "padding-explorer-text": {"Both maps are «14»×«14»": "same.shape"},
        "channels": {
            "they lie on the pixels «1», «3» and «2»": "small_image[:3, :3][small_kernel != 0]",
            r"$1\cdot1 + 2\cdot3 - 1\cdot2 = «5»$": "correlate(small_image, small_kernel)[0, 0]",
        },
        "conv-formula": {
            r"$1\cdot1 + 4\cdot1 = «5»$, channel 1 gives $2 + 2 = «4»$": "sums",
            "with the bias the sum is $5 + 4 - 1 = «8»$": "sums.sum() - 1",
        },
        "cost": {
            r"$(5 \cdot 5 \cdot 1 + 1)\cdot 6 = «156»$": "conv_param_count(5, 5, 1, 6)",
            r"$24 \cdot 24 \cdot 6 = «3{,}456»$ units, and each has $28 \cdot 28 = «784»$ weights": "units, seven.size",
            r"$«785» \cdot «3{,}456» = «2{,}712{,}960»$": "seven.size + 1, units, (seven.size + 1) * units",
        },
        "field": {"«5»×«5», and not 6×6": "[receptive_field([(3, 1), (3, 1)])] * 2"},
        "field-strided-text": {"«7»×«7»": "[receptive_field([(3, 2), (3, 1)])] * 2"},
        "macs": {
            r"$24 \cdot 24 \cdot 5 \cdot 5 \cdot 1 \cdot 6 = «86{,}400»$": "conv_mac_count((28, 28, 1), (5, 5), 6)",
            "at each of the «576» places": "conv_output_size(28, 5) ** 2",
        },
        "one-by-one": {
            r"$(64 + 1) \cdot 16 = «1{,}040»$": "conv_param_count(1, 1, 64, 16)",
            r"$28 \cdot 28 \cdot 64 \cdot 16 = «802{,}816»$": (
                "conv_mac_count((28, 28, 64), (1, 1), 16, padding='same')"
            ),
        },
        "field-meaning": {
            "the field is «5»×«5»": "[receptive_field([(3, 1), (3, 1)])] * 2",
            "$3 + 2 + 2 = «7»$": "receptive_field([(3, 2), (3, 1)])",
        },
        "field-explorer-text": {
            "«7»×«7», and again «7»×«7»": (
                "[receptive_field([(3, 1)] * 3)] * 2 + [receptive_field([(3, 1), (3, 1), (3, 2)])] * 2"
            ),
        },
        "trace": {
            "| 6 filters 5×5, `same` | `(«28», «28», «6»)` |": "shapes[0]",
            "| pool 2×2 | `(«14», «14», «6»)` |": "shapes[1]",
            "| 16 filters 5×5 | `(«10», «10», «16»)` |": "shapes[2]",
            "| pool 2×2 | `(«5», «5», «16»)` |": "shapes[3]",
            "| flatten | `(«400»,)` |": "shapes[4]",
            "| dense, 10 units | `(«10»,)` |": "shapes[5]",
        },
        "stride-padding-written": {
            "a 3×3 convolution from 16 to 16 channels has «2,320»": "conv_param_count(3, 3, 16, 16)",
            "changes them by «0.57» of their length without pooling and still by «0.45» with 2×2": (
                "[(third := notebook('03-pooling'))['relative_change'](third['hundred'], 1, size) for size in (1, 2)]"
            ),
            "has «49» places instead of «25»": "conv_output_size(7, 3, padding=1) ** 2, conv_output_size(7, 3) ** 2",
        },
        "takeaway": {
            "$(227-11)/4+1 = «55»$": "conv_output_size(227, 11, 4)",
            "With 224: $«213»/4 = «53.25»$, so $53 + 1 = «54»$": (
                "224 - 11, (224 - 11) / 4, conv_output_size(224, 11, 4)"
            ),
            "padding 2 with 224: $(224 - 11 + 4)/4 = «54.25»$, so «55»": (
                "(224 - 11 + 4) / 4, conv_output_size(224, 11, 4, padding=2)"
            ),
            "`same_padding(7, 4)`, which is `(«1», «2»)`": "same_padding(7, 4)",
            r"$1 + 3\cdot 2 = «7»$": "receptive_field([(3, 1)] * 3)",
            r"$(49\cdot16+1)\cdot16 = «12{,}560»$": "conv_param_count(7, 7, 16, 16)",
            r"$3\cdot(9\cdot16+1)\cdot16 = «6{,}960»$": "3 * conv_param_count(3, 3, 16, 16)",
            r"«2» with 3×3, and «6» with 7×7. But the three layers together lose $3 \cdot 2 = «6»$": (
                "*(28 - conv_output_size(28, f) for f in (3, 7)), 28 - trace_shapes("
                "(28, 28, 1), [{'type': 'conv', 'filters': 1, 'kernel': 3}] * 3)[-1][0]"
            ),
        },
    },
    "03-pooling": {
        "fewer": {
            r"$28 \cdot 28 \cdot 32 = «25{,}088»$ numbers": "28 * 28 * 32",
            "A dense layer of 128 units on top needs more than «3» million weights": "28 * 28 * 32 * 128 // 10**6",
            "which of «784» places": "seven.size",
        },
        "fewer-formula": {
            r"$\lfloor (5-2)/2 \rfloor + 1 = «2»$. With `same` there are $\lceil 5/2 \rceil = «3»$": (
                "pool_output_shape((5, 5, 1))[0], pool_output_shape((5, 5, 1), padding='same')[0]"
            ),
            r"Valid: $\lfloor (7-3)/2 \rfloor + 1 = «3»$. Same: $\lceil 7/2 \rceil = «4»$": (
                "pool_output_shape((7, 7, 1), 3, 2)[0], pool_output_shape((7, 7, 1), 3, 2, 'same')[0]"
            ),
        },
        "max": {"holds «1», «3», «0» and «2». Its maximum is «3»": "*numbers[:2, :2].ravel(), largest[0, 0]"},
        "average": {"$(1 + 3 + 0 + 2)/4 = «1.5»$": "avg_pool2d(numbers[None, :, :, None])[0, 0, 0, 0]"},
        "average-meaning": {
            "Every pixel is «8», and so is every mean": "np.unique(avg_pool2d(corner, padding='same'))",
            "its mean would be «2»": "corner.max() / 4",
        },
        "global": {
            "the four numbers 1, 3, 0 and 2 becomes «1.5»": "global_average_pool(numbers[None, :2, :2, None])",
        },
        "pooling-explorer-text": {
            "of the «17» places with ink, «10» or more stay as they are": "np.count_nonzero(explored), fewest_kept",
        },
        "shift-predict": {
            r"$\sqrt{2} \approx «1.41»$": "math.sqrt(2)",
            "move «100» digits": "len(hundred)",
        },
        "shift-meaning": {
            "one pixel changes «0.34» in place of «0.57»": "change['pooled 4×4'][1], change['not pooled'][1]",
            "which is «41 %» less": "1 - change['pooled 4×4'][1] / change['not pooled'][1]",
            "six pixels change «1.00» in place of «1.22»": "change['pooled 4×4'][6], change['not pooled'][6]",
            "only «18 %» less": "1 - change['pooled 4×4'][6] / change['not pooled'][6]",
            "It is «1.0» for two maps that agree": "shift_similarity(np.eye(2), 0, 0, 1)",
            "all zeros, return «0.0»": "shift_similarity(np.zeros((2, 2)), 0, 0, 1)",
            "so the similarity is «0.0»": "shift_similarity(np.eye(2), 1, 0, 1)",
            "With `size=2` both maps are the single number 1, and it is «1.0»": "shift_similarity(np.eye(2), 1, 0, 2)",
        },
        "similarity-text": {"over the «100» digits": "len(hundred)"},
        "recognised-text": {
            "a mean similarity of «0.37» without pooling and of «0.67» with size 4": (
                "[similarity_of_classes(size) for size in (1, 4)]"
            ),
            "The «3,500» training digits": "len(x_train)",
            "The «500» validation digits": "len(x_val)",
        },
        "recognised-meaning": {
            "is five digits of «500»": "len(x_val)",
            "«76 %» against «67 %» without pooling": ("accuracies['pooled 2×2'][2], accuracies['not pooled'][2]"),
            "its «49» numbers": "(28 // 4) ** 2",
        },
        "depth": {"28×28 become «14»×«14»": "pool_output_shape((28, 28, 1))[:2]"},
        "backward-task": {
            "`[[«12», «0»], [«0», «0»]]`": "max_pool_backward(np.full((1, 2, 2, 1), 7), np.full((1, 1, 1, 1), 12))",
        },
        "strided-meaning": {
            "«28,224» multiply-accumulates against «112,896», with the same «160» parameters": (
                "macs_in_its_place, first_macs, first_parameters"
            ),
            "They have «160» and «2,480» parameters": "build_pooled().count_params(), build_strided().count_params()",
        },
        "strided-measured-text": {
            "on the «3,500» digits": "len(x_train)",
            "on the «500» validation digits": "len(x_val)",
        },
        "strided-measured-meaning": {
            "which is five digits of «500»": "len(x_val)",
            "but three seeds and «500» digits": "len(x_val)",
            "cost another «903,168»": "14 * 14 * 3 * 3 * 16 * 32",
        },
        "pooling-written": {
            "each number stands for «8»×«8» pixels": "2**3, 2**3",
            "there are «64» times as many places": "(2**3) ** 2",
        },
        "takeaway": {
            r"$\lfloor 25/2 \rfloor + 1 = 13$, so `(«13», «13», «64»)`": "pool_output_shape((28, 28, 64), 3, 2)",
            r"$\lceil 28/2 \rceil = 14$, so `(«14», «14», «64»)`": "pool_output_shape((28, 28, 64), 3, 2, 'same')",
            "Among the first «100» training digits": "len(hundred)",
            "a mean similarity of «0.37» without pooling, and of «0.50», «0.67» and «0.78» with sizes 2, 4 and 7": (
                "[similarity_of_classes(size) for size in (1, 2, 4, 7)]"
            ),
            "moved by one pixel goes up as well, from «0.82» to «0.89», «0.94» and «0.96»": (
                "[moved_similarity(size) for size in (1, 2, 4, 7)]"
            ),
            "shrinks from «0.45» to «0.18»": (
                "[moved_similarity(size) - similarity_of_classes(size) for size in (1, 7)]"
            ),
        },
    },
    "04-lenet5": {
        "picture": {"paper is $«-0.1»$ and ink $«1.175»$": "paper_scale.min(), paper_scale.max()"},
        "picture-task": {"$«0.35»^2 = «0.12»$": "paper_scale.std(), paper_scale.var()"},
        "shapes": {
            "$32 - 7 + 1 = «26»$, so its shape is $(«26», «26», «4»)$": (
                "32 - 7 + 1, *keras.layers.Conv2D(4, 7).compute_output_shape((1, 32, 32, 1))[1:]"
            ),
            "**C5**: «120» feature maps": "lenet_shapes['C5'][2]",
            "as the window, «5»×«5»": "lenet_shapes['S4'][:2]",
        },
        "squash": {
            "A = «1.7159»": "given('squash-curve', 1.7159)",
            r"$\tanh(2/3) = «0.5828»$, and $1.7159 \cdot «0.5828» = «1.0000»$": (
                "math.tanh(2 / 3), math.tanh(2 / 3), 1.7159 * math.tanh(2 / 3)"
            ),
        },
        "subsampling": {
            r"$1, 0, 1, 0$, $w = 0.5$, $b = -0.5$. The sum is «2», $a = 0.5 \cdot 2 - 0.5 = «0.5»$, "
            r"and $f(0.5) = 1.7159 \cdot \tanh(1/3) = «0.552»$": (
                "(total := 1 + 0 + 1 + 0), (a := 0.5 * total - 0.5), 1.7159 * math.tanh(2 / 3 * a)"
            ),
            r"$2 \cdot 10 = «20»$": "subsampled(10).count_params()",
        },
        "table": {
            r"$6 \cdot 16 = «96»$ possible connections": "c3_table().size",
            r"$6 \cdot 3 + 6 \cdot 4 + 3 \cdot 4 + 6 = «60»$": "c3_table().sum()",
        },
        "sparse-count": {
            "the first output map reads both, the others one each. There are 4 connections: "
            r"$4 \cdot 9 + 3 = «39»$": "sparse_conv_param_count([[1, 1, 0], [1, 0, 1]], 3)",
        },
        "counts": {
            r"$4 \cdot 10 = «40»$ parameters": "sparse_conv_param_count(np.ones((1, 4)), 3)",
            r"$10 \cdot 10 \cdot 4 = «400»$ units with 10 lines each: $«4{,}000»$ connections": (
                "10 * 10 * 4, 10 * 10 * 4 * (3 * 3 + 1)"
            ),
            r"$5 \cdot 5 \cdot 4 \cdot 5 = «500»$ in all. But there are only $4 \cdot 2 = «8»$ parameters": (
                "5 * 5 * 4 * (4 + 1), subsampled(4).count_params()"
            ),
            r"parameters times its places: $40 \cdot «100»$": "10 * 10",
            r"where $8 \cdot 25$ is «200»": "subsampled(4).count_params() * 25",
            r"$4 \cdot 25 \cdot (4 + 1) = «500»$": "4 * 25 * (4 + 1)",
            "Together they are «60,000»": "sum(lenet_params.values())",
        },
        "connections-task": {"Together they are «340,908»": "sum(lenet_connections.values())"},
        "rbf": {
            "«7»×«12» pixels for each character, drawn by hand: «84» pixels": "7, 12, RBF_CODES.shape[1]",
            "«840» numbers that are not trained": "RBF_CODES.size",
        },
        "rbf-reason": {
            "The 3 and the 8: they differ in «9» pixels, so their distance is «36»": (
                "(RBF_CODES[3] != RBF_CODES[8]).sum(), distances[distances > 0].min()"
            ),
        },
        "rbf-loss": {
            "| C1 | 6 maps, 5×5, squashed | «156» |": "lenet_params['C1']",
            "| S2 | subsampling of section 4 | «12» |": "lenet_params['S2']",
            "connected by table I, squashed | «1,516» |": "lenet_params['C3']",
            "| S4 | subsampling | «32» |": "lenet_params['S4']",
            "| C5 | «120» maps, 5×5, squashed | «48,120» |": "lenet_shapes['C5'][2], lenet_params['C5']",
            "| F6 | 84 units, squashed | «10,164» |": "lenet_params['F6']",
            "each row of `RBF_CODES` | | «840» |": "fixed",
            "exactly «60,000» trainable parameters and «840» fixed ones": "trainable(original), fixed",
        },
        "modern": {
            "| C1 | Conv 6 @ 5×5, tanh | «156» |": "sizes[0]",
            "Conv «120» @ 5×5": "modern.layers[4].filters",
            r"C3: $(5 \cdot 5 \cdot 6 + 1) \cdot 16 = «2{,}416»$": "sizes[1]",
            r"C5: $(5 \cdot 5 \cdot 16 + 1) \cdot «120» = «48{,}120»$": "modern.layers[4].filters, sizes[2]",
            r"F6: $«121» \cdot 84 = «10{,}164»$": "modern.layers[4].filters + 1, sizes[3]",
            r"OUTPUT: $85 \cdot 10 = «850»$. In all «61,706»": "sizes[4], modern.count_params()",
            "A `Dense(«120»)`": "modern.layers[4].filters",
        },
        "train-modern": {
            "«90 %» of the validation digits correctly (3 points), and «93 %» of the test digits": (
                "given('lenet_model-check', 0.90), given('lenet_model-hidden', 0.93)"
            ),
            "So these «500» digits": "len(x_val)",
            "for at most «100» seconds": "training.GRADING_SECONDS",
        },
        "side-by-side-table": {
            "each unit has seen «14»×«14» pixels": "[receptive_field([(5, 1), (2, 2), (5, 1)])] * 2"
        },
        "accuracies-meaning": {
            '"C3 has «2,416» parameters."': "sizes[1]",
            '"LeNet-5 has about «60,000» parameters."': "sum(lenet_params.values())",
            "**False**: «1,516», by table I": "lenet_params['C3']",
            "«60,000» exactly (and «61,706» in the modern reading)": (
                "sum(lenet_params.values()), modern.count_params()"
            ),
            "**False**: «12» and «32»": "lenet_params['S2'], lenet_params['S4']",
        },
        "lenet5-written": {
            "all «96» connections cost «2,416» instead of «1,516» parameters, a small part of «61,706»": (
                "c3_table().size, sizes[1], lenet_params['C3'], modern.count_params()"
            ),
        },
        "summary": {
            "- «60,000» trained and «840» fixed parameters; the modern reading has «61,706»": (
                "trainable(original), fixed, modern.count_params()"
            ),
            "«340,908» connections from «60,000» parameters": "sum(lenet_connections.values()), trainable(original)",
            "C3 by connections («151,600»), C5 by parameters («48,120»)": (
                "max(lenet_connections.values()), max(lenet_params.values())"
            ),
            "are used at «100» places": "np.prod(lenet_shapes['C3'][:2])",
            "«60,840»; set the layer's weight": "original.count_params()",
        },
    },
    "05-mnist-cnn": {
        "title": {"under «20,000» parameters": "given('build_small_cnn-check', 20_000)"},
        "how-it-works": {"for at most «100» seconds": "training.GRADING_SECONDS"},
        "scaling": {
            "«0» for paper and «255» for ink": "x_train.min(), x_train.max()",
            "sizes around «0.05»": "np.abs(network.layers[2].get_weights()[0]).mean()",
            "the training values are 10, 20, 30, the test values 5 and 40. Then $x_{\\min} = 10$, "
            "$x_{\\max} - x_{\\min} = «20»$, and the test values become $«-0.25»$ and $«1.5»$": (
                "30 - 10, *minmax_scale(np.array([10, 20, 30]), np.array([5, 40]))[1]"
            ),
        },
        "scaling-task": {
            "from 0 to «255», and below 0 they go on with «255»": (
                "np.iinfo('uint8').max, np.array([0], 'uint8') - np.array([1], 'uint8')"
            ),
        },
        "notes-line": {"`x = «255»`, `x_min = 0`, `x_max = «255»`": "x_train.max(), x_train.max()"},
        "notes-meaning": {
            "pixels from 0 to «255»": "x_train.max()",
            "inputs are «255» times too large": "notes_expression_at_255 / notes_expression_fixed(255, 0, 255)",
        },
        "network": {
            "Dropout «0.25» → [Conv 64, BatchNorm] ×2 → MaxPool → Dropout «0.25» → Flatten → Dense «512»": (
                "*rates, wide.units"
            ),
            "- Dense «512» has relu": "wide.units",
            r"$(3 \cdot 3 \cdot 1 + 1) \cdot 32 = «320»$": "layer_table['conv1'][1]",
            "trained or not: «128»": "layer_table['bn1'][1]",
            (
                r"$7 \cdot 7 \cdot 64 = «3136»$ inputs, "
                r"$3136 \cdot 512 + 512 = «1{,}606{,}144»$ parameters, «96 %» of all"
            ): "layer_table['flatten'][0][0], 3136 * 512 + 512, share",
        },
        "build": {
            "It has «1,677,034» parameters, of which «1,676,650» are trainable": (
                "network.count_params(), trainable(network)"
            ),
            "on «192» digits": "given('build_cnn-learns', 192)",
        },
        "trap": {"mini-batches of «256» digits": "given('trap-training', 256)"},
        "trap-predict": {
            "with momentum «0.99»": "keras.layers.BatchNormalization().momentum",
            "8 epochs of «14» mini-batches are «112» steps, and $0.99^{112} = «0.32»$": (
                "math.ceil(len(x_train) / 256), 8 * 14, 0.99**112"
            ),
        },
        "trap-meaning": {
            "in these «400» steps": "given('trap-catches-up', 401) - 1",
            "(«110» steps an epoch)": "math.ceil(len(x_train) / 32)",
            "own «3,500» digits": "len(x_train)",
            "set, «1,000» digits that are neither": "len(digits.held_out()[1])",
            "the course's «500» validation digits": "len(y_val)",
            "from 0 to «255», so `minmax_scale` comes down to a division by «255»": "x_train.max(), x_train.max()",
        },
        "cnn-task": {
            (
                "4 points from «93 %» on the course's validation digits, "
                "4 more from «95 %» on its test digits, and the last 4 from «96.5 %» there"
            ): "given('cnn-check', 0.93), given('cnn-hidden', 0.95), given('cnn-hidden', 0.965)",
        },
        "confusion": {
            "the «500» validation digits": "len(y_val)",
            "«50»: there are «50» validation digits of each class": "[np.unique(np.bincount(y_val)).item()] * 2",
        },
        "by-column-meaning": {"measured at «784» places": "x_train[0].size"},
        "on-all-of-mnist": {"`scale=«255»` undoes": "x_train.max()"},
        "own-network": {
            "Your own, under «20,000» parameters": "given('build_small_cnn-check', 20_000)",
            "«96 %» of the parameters of the lab's network": "share",
            "be with «20,000» in all": "given('build_small_cnn-check', 20_000)",
            r"$«401» \cdot 10 = «4{,}010»$, and $17 \cdot 10 = «170»$": (
                "5 * 5 * 16 + 1, (5 * 5 * 16 + 1) * 10, (16 + 1) * 10"
            ),
            "**at most «20,000» parameters in all**": "given('build_small_cnn-check', 20_000)",
            "3 points more from «90 %», and all 8 from «93 %»": (
                "given('build_small_cnn-hidden', 0.90), given('build_small_cnn-hidden', 0.93)"
            ),
        },
        "written-text": {
            "There are «3,500» more digits": "len(y_train)",
            "the «500» validation digits": "len(y_val)",
            "one of the «3,500» digits": "len(y_train)",
        },
        "summary": {
            r"$1 + 2 + 2 + 1 + 2 \cdot 2 + 2 \cdot 2 + 2 = «16»$": (
                "receptive_field([(3, 1), (3, 1), (2, 2), (3, 1), (3, 1), (2, 2)])"
            ),
        },
    },
}

# What a training gives: phrase -> (expression, how far the number may be off).
TRAINED = {
    "01-dl-review": {
        "train-read": {
            "near «10 %», which is guessing": ("train_with(20.0)['accuracy'][-1]", 0.05),
        },
        "worth-meaning": {
            "| both layers | «89.1» ± 0.7 %": ("100 * worth['both layers'].mean", 1.4),
            "| no dropout | «88.4» ± 0.8 %": ("100 * worth['no dropout'].mean", 1.6),
            "| no batch normalisation | «89.4» ± 0.7 %": ("100 * worth['no batch normalisation'].mean", 1.4),
            "| neither of them | «89.7» ± 0.5 %": ("100 * worth['neither of them'].mean", 1),
        },
        "light-predict": {
            "about «9» of 10 validation digits": ("10 * small_network.evaluate(x_val, y_val, verbose=0)[1]", 0.5),
        },
    },
    "02-stride-padding": {
        "filter": {
            "it reached «89.5 %» on the real digits": ("results['dense, real digits'].mean", 0.01),
            "and «89.6 %» on the shuffled ones": ("results['dense, shuffled'].mean", 0.01),
            "with about «92 %» and little more than a third": ("results['convolutions, real digits'].mean", 0.015),
            "with about «87 %»": ("results['convolutions, shuffled'].mean", 0.015),
        },
    },
    "03-pooling": {
        "strided-measured-meaning": {
            "recognise about «94 %»": ("np.mean([each.mean for each in results.values()])", 0.015),
        },
    },
    "05-mnist-cnn": {
        "trap-predict": {"The training accuracy comes near «1»": ("history['accuracy'][-1]", 0.03)},
        "trap-meaning": {"0.81 and «0.93»": ("cnn_history.history['val_accuracy'][4]", 0.05)},
        "mnist-cnn-written": {"9 was predicted as 7 most often, «8» times": ("matrix[9][7]", 5)},
        "ablation-meaning": {
            "| as it is | «94.4» ± 0.8 %": ("100 * results['as it is'].mean", 1.6),
            "| no batch normalisation | «92.9» ± 1.0 %": ("100 * results['no batch normalisation'].mean", 2),
            "| no dropout | «94.4» ± 0.7 %": ("100 * results['no dropout'].mean", 1.4),
            "| strides, no pooling | «92.5» ± 0.7 %": ("100 * results['strides, no pooling'].mean", 1.4),
            "| random shifts | «95.1» ± 0.6 %": ("100 * results['random shifts'].mean", 1.2),
            "| dense layers only | «86.7» ± 1.1 %": ("100 * results['dense layers only'].mean", 2.2),
            "| 1,000 digits | «93.0» ± 0.7 %": ("100 * results['1,000 digits'].mean", 1.4),
            "| 500 digits | «90.1» ± 1.5 %": ("100 * results['500 digits'].mean", 3),
            "| pixels 0 to 255 | «94.3» ± 1.0 %": ("100 * results['pixels 0 to 255'].mean", 2),
            "| pixels 0 to 255, no batch norm. | «90.6» ± 0.9 %": (
                "100 * results['pixels 0 to 255, no batch norm.'].mean",
                1.8,
            ),
        },
    },
}

FREE = {
    "01-dl-review": {
        "batchnorm-why": {'"this exact curl at this exact place is number 2,713"': "a picture in words"},
        "train-read": {
            "92.3 % on the validation digits, with a standard deviation of 0.7 %": (
                "ten trainings: benchmarks.trainings"
            ),
            "92.9 % on the test digits, with one of 0.5 %": "ten trainings: benchmarks.trainings",
        },
        "worth-meaning": {
            "by 1.3 points, while a mean of ten is uncertain by about 0.2": "of the table above it",
            "Over five trainings its mean was 1.06, 0.19 and 0.07": "measured in five trainings",
            "and 1.35, 0.46 and 0.27 with neither layer": "measured in five trainings",
            "and 1,000 digits make 32 steps": "tied above",
        },
        "dropout-task": {"rate 0.5, in training": "a question; its answer has small numbers only"},
        "summary": {
            "`Dense(100)` on 50 inputs": "a question; its answer is tied",
            "is 0.99, the validation accuracy 0.80": "a question",
            "`Dropout(0.5)` in training": "a question",
            "at least 0.3 between them": "advice",
        },
    },
    "02-stride-padding": {
        "photograph-text": {
            "the weights 1, −0.5 and −0.5": "written in the cell below",
            "$1 - 0.5 - 0.5 = 0$": "the sum of these weights",
        },
        "takeaway": {
            "a 227×227 image": "the size that most implementations of AlexNet have",
            "And with 224×224?": "the size in AlexNet's paper",
            "The paper says 224 and 55": "AlexNet's paper",
            "most implementations use 227": "not the paper's number, as the text says",
        },
    },
    "03-pooling": {
        "strided-meaning": {
            "made 9.74 % errors": "the paper's table 3",
            "in its place 10.19 %": "the paper's table 3",
            "of each pooling 9.08 %": "the paper's table 3",
            "it made 9.31 %": "the paper's table 3",
        },
        "takeaway": {
            "change one pixel by 0.001": "the step of an experiment of the reader's",
            "closer than 0.001": "the step of an experiment of the reader's",
        },
    },
    "04-lenet5": {
        "accuracies-meaning": {
            "0.95 % of the 10,000 test digits wrong, and 0.8 % when": "the paper's",
            "Trained on 59,000 digits": "what digits.load gives of full MNIST",
            "step size 0.001, then 0.0001": "given in benchmarks.lenets",
            "got 1.18 % wrong in one run of ours, and the modern reading 1.01 %": "one run of each: benchmarks.lenets",
            "That is 118 and 101 mistakes, against 95 in the paper": "shares of 10,000",
        },
        "rbf-loss": {"between $-2.4/F_i$ and $2.4/F_i$": "the paper's"},
        "train-1998": {
            "falls from 0.0005 to 0.00001": "the paper's",
            "second derivative plus 0.02": "the paper's",
        },
        "train-modern": {
            "93.2 % on the validation digits, with a standard deviation of 0.4 %": (
                "ten trainings: benchmarks.trainings"
            ),
            "95.0 % on the test digits, with one of 0.5 %": "ten trainings: benchmarks.trainings",
        },
        "summary": {"on 500 digits only": "an exercise"},
    },
    "05-mnist-cnn": {
        "scaling": {"may become 1.1 or $-0.2$": "for example"},
        "trap-meaning": {
            "such as 0.9": "advice",
            "0.13, 0.19, 0.53, 0.81 and 0.93. Two others began with 0.10, 0.10, 0.35 and with 0.11, 0.27, 0.61": (
                "three runs that differ by chance; the fifth epoch's is in TRAINED"
            ),
            "59,000 digits, MNIST's training set without the 1,000": "a test in test_course.py, where MNIST is",
            "official 10,000 test digits": "the size of MNIST",
        },
        "cnn-task": {
            "97.5 % on the test digits, with a standard deviation of 0.2 %": "ten trainings: benchmarks.trainings"
        },
        "worst": {
            "gives 0.4 to the wrong class and 0.35 to the right one": "for example",
            "gives 0.99 to the wrong class": "for example",
        },
        "reliability-text": {"that the network is 99 % sure of, 99 in 100 should be right": "for example"},
        "reliability-meaning": {"probability 0.999": "for example"},
        "on-all-of-mnist": {
            "all 60,000 for 4 epochs": "the size of MNIST",
            "reached 0.9948 on the official 10,000 test digits": "one run of 18 minutes; a slow test asks for 0.99",
            "the 97.5 % of section 6": "ten trainings: benchmarks.trainings",
            "600 steps of 32 digits": "cnn_course.experiments",
        },
        "ablation-meaning": {
            "With 500 in place of 3,500": "two rows of the table",
            "learn 3,500 digits by heart": "the size of the training set",
            "inputs 255 times too large": "tied above",
            "the same 500 digits, and one digit is 0.2 %": "one of 500",
            "Another 500 may": "the size of the validation set",
        },
        "own-network": {
            "with 12,842 parameters, reached 96.8 %, with a standard deviation of 0.3 %": (
                "ten trainings: benchmarks.trainings"
            ),
        },
        "summary": {
            "momentum 0.9, and draw": "an exercise",
            "A probability of 0.9999": "for example",
        },
    },
}
