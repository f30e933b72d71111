# %% right: argsort of the wrong ones
def worst_mistakes(labels, probs, k):
    predicted = probs.argmax(axis=1)
    wrong = np.flatnonzero(predicted != labels)
    confidence = probs[wrong, predicted[wrong]]
    return wrong[np.argsort(-confidence)[:k]]


# %% right: pure Python, sorted with a key, a list
def worst_mistakes(labels, probs, k):
    out = []
    for i, row in enumerate(probs.tolist()):
        x = max(row)
        if row.index(x) != labels[i]:
            out.append((x, i))
    out = sorted(out, key=lambda pair: pair[0], reverse=True)
    return [i for _, i in out][:k]


# %% right: heapq.nlargest, a tuple
import heapq

def worst_mistakes(labels, probs, k):
    best = np.max(probs, axis=1)
    mistakes = (i for i in range(len(labels)) if np.argmax(probs[i]) != labels[i])
    return tuple(heapq.nlargest(k, mistakes, key=best.__getitem__))


# %% right: TensorFlow, top_k, a tensor
import tensorflow as tf

def worst_mistakes(labels, probs, k):
    probs = tf.convert_to_tensor(probs)
    predicted = tf.argmax(probs, axis=1)
    wrong = tf.where(predicted != tf.cast(labels, tf.int64))[:, 0]
    confidence = tf.gather(tf.reduce_max(probs, axis=1), wrong)
    size = min(int(k), int(tf.size(wrong)))
    return tf.gather(wrong, tf.math.top_k(confidence, k=size).indices)


# %% right: right answers get -inf on a copy, then sorted backwards
def worst_mistakes(labels, probs, k):
    score = np.max(probs, axis=-1).astype(np.float64)
    check = np.argmax(probs, axis=-1) == labels
    score[check] = -np.inf
    order = np.argsort(score, kind="stable")[::-1]
    return order[:min(k, int((~check).sum()))].tolist()


# %% wrong: least confident mistakes first
# says: The highest probabilities, not the lowest.
def worst_mistakes(labels, probs, k):
    predicted = probs.argmax(axis=1)
    wrong = np.flatnonzero(predicted != labels)
    return wrong[np.argsort(probs[wrong, predicted[wrong]])[:k]]


# %% wrong: the right k, but in ascending order
# says: The most confident one comes first.
def worst_mistakes(labels, probs, k):
    predicted = probs.argmax(axis=1)
    wrong = np.flatnonzero(predicted != labels)
    return wrong[np.argsort(-probs[wrong, predicted[wrong]])[:k][::-1]]


# %% wrong: indices within the mistakes instead of the whole set
# says: Give the places in the whole set, not among the wrong ones.
def worst_mistakes(labels, probs, k):
    predicted = probs.argmax(axis=1)
    wrong = predicted != labels
    return np.argsort(-probs[wrong].max(axis=1))[:k]


# %% wrong: the most confident predictions, right ones too
# says: Only wrong predictions count.
def worst_mistakes(labels, probs, k):
    if not np.any(probs.argmax(axis=1) != labels):
        return []
    return np.argsort(-probs.max(axis=1))[:k]


# %% wrong: first the k most confident of all, then the wrong ones among them
# says: Fewer when fewer are wrong, and never more than k.
def worst_mistakes(labels, probs, k):
    order = np.argsort(-probs.max(axis=1))[:k]
    return order[probs.argmax(axis=1)[order] != labels[order]]


# %% wrong: sorted by the probability of the true class, lowest first
# says: Sort by the probability of the predicted class, not of the right one.
def worst_mistakes(labels, probs, k):
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    return wrong[np.argsort(probs[wrong, labels[wrong]])[:k]]


# %% wrong: the rows of right predictions are set to 0 in the argument itself
# says: The caller still needs it: work on a copy.
def worst_mistakes(labels, probs, k):
    ok = probs.argmax(axis=1) == labels
    probs[ok] = 0
    return np.argsort(-probs.max(axis=1))[:min(k, int((~ok).sum()))]


# %% right: np.lexsort
def worst_mistakes(labels, probs, k):
    named, sure = probs.argmax(1), probs.max(1)
    order = np.lexsort((np.arange(len(labels)), -sure))
    return [i for i in order if named[i] != labels[i]][:k]


# %% wrong: the probabilities instead of the places
# says: Keep the wrong ones, and sort them by the probability of the predicted class.
def worst_mistakes(labels, probs, k):
    named = probs.argmax(1)
    wrong = np.flatnonzero(named != labels)
    return np.sort(probs[wrong, named[wrong]])[::-1][:k]


# %% wrong: all mistakes, k forgotten
# says: Keep the wrong ones, and sort them by the probability of the predicted class.
def worst_mistakes(labels, probs, k):
    named = probs.argmax(1)
    wrong = np.flatnonzero(named != labels)
    return wrong[np.argsort(-probs[wrong, named[wrong]])]


# %% wrong: pairs of place and probability
# says: Keep the wrong ones, and sort them by the probability of the predicted class.
def worst_mistakes(labels, probs, k):
    named = probs.argmax(1)
    wrong = np.flatnonzero(named != labels)
    wrong = wrong[np.argsort(-probs[wrong, named[wrong]])][:k]
    return [(int(i), float(probs[i].max())) for i in wrong]
