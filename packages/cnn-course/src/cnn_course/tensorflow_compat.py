"""The private parts of TensorFlow that make its first operations in a process cheap, without a thread that stays."""

from itertools import product

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import config_pb2, device_properties_pb2, meta_graph_pb2
from tensorflow.python import pywrap_tfe
from tensorflow.python.grappler import cluster, tf_optimizer

PROCESSOR = "/job:localhost/replica:0/task:0/device:CPU:0"
VERSION = 1882  # of the form of the graph


def multiply() -> list[str]:
    """Multiply small matrices, each as it is or transposed: oneDNN then writes its machine code for products.

    That takes 20 ms in each process that has not forked from one that did it. It is done as part of the optimisation
    of a graph, and no session or eager context is made, whose threads a fork would lose.

    Returns
    -------
    list of str
        The operations of the graph that are left: constants, if the products were computed.
    """
    given = meta_graph_pb2.MetaGraphDef()
    given.graph_def.versions.producer = VERSION
    for first, second in product((False, True), repeat=2):
        nodes = f"{first:d}{second:d}"
        for name in ("x", "y"):
            node = given.graph_def.node.add(name=name + nodes, op="Const")
            node.attr["dtype"].type = tf.float32.as_datatype_enum
            node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(np.ones((8, 8), "float32")))
        multiplied = given.graph_def.node.add(name="z" + nodes, op="MatMul", input=["x" + nodes, "y" + nodes])
        multiplied.attr["transpose_a"].b, multiplied.attr["transpose_b"].b = first, second
        multiplied.attr["T"].type = tf.float32.as_datatype_enum
        given.collection_def["train_op"].node_list.value.append("z" + nodes)
    how = config_pb2.ConfigProto()
    how.graph_options.rewrite_options.min_graph_nodes = -1  # however small
    how.graph_options.rewrite_options.optimizers.append("constfold")
    alone = device_properties_pb2.DeviceProperties(type="CPU", num_cores=1)
    machine = cluster.Cluster(devices=[device_properties_pb2.NamedDevice(name=PROCESSOR, properties=alone)])
    left = tf_optimizer.OptimizeGraph(how, given, verbose=False, cluster=machine)
    return [node.op for node in left.node]


def run_directly() -> None:
    """Let the eager context that is made next run each operation as it is.

    TensorFlow makes a function of the first operation of each kind, and has it optimised, in every process: a first
    tensor, network and call of it then take 55 ms instead of 29.
    """
    choose = pywrap_tfe.TFE_ContextOptionsSetRunEagerOpAsFunction
    pywrap_tfe.TFE_ContextOptionsSetRunEagerOpAsFunction = lambda options, _: choose(options, False)
