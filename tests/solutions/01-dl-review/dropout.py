# %% right: mask from rng.random
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be in [0, 1), not {rate}")
    if not training:
        return x.copy()
    keep = rng.random(x.shape) >= rate
    return x * keep / (1 - rate)


# %% right: binomial mask, np.where, float64
def dropout(x, rate, rng, training=True):
    if rate < 0 or rate >= 1 or rate != rate:
        raise ValueError("rate")
    if training:
        pad = rng.binomial(n=1, p=1 - rate, size=x.shape)
        return np.where(pad == 1, np.asarray(x, dtype=np.float64) / (1.0 - rate), 0.0)
    return np.array(x)


# %% right: loop over all places with rng.uniform
def dropout(x, rate, rng, training=True):
    if not (rate >= 0 and rate < 1):
        raise ValueError("0 <= rate < 1")
    out = np.empty_like(x)
    for place in np.ndindex(*x.shape):
        if not training:
            out[place] = x[place]
        elif rng.uniform() < rate:
            out[place] = 0
        else:
            out[place] = x[place] / (1 - rate)
    return out


# %% right: exactly that fraction, by a permutation
def dropout(x, rate, rng, training=True):
    if not 0.0 <= rate < 1.0:
        raise ValueError("rate out of range")
    result = np.array(x, copy=True, order="C")
    if training:
        size = result.size
        dropped = rng.permutation(size)[: round(rate * size)]
        result /= 1 - rate
        result.reshape(-1)[dropped] = 0
    return result


# %% right: exactly that fraction, with rng.choice without replacement
def dropout(x, rate, rng, training=True):
    if np.isnan(rate) or rate < 0 or rate >= 1:
        raise ValueError("rate out of range")
    flat = x.flatten()
    if training and flat.size > 0:
        count = int(np.floor(rate * flat.size + rng.random()))
        flat = flat / (1 - rate)
        flat[rng.choice(flat.size, size=count, replace=False, shuffle=False)] = 0
    return flat.reshape(x.shape)


# %% wrong: no scaling of the rest
# says: What stays has to be scaled by 1 / (1 - rate).
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape) >= rate)


# %% wrong: rate taken for the probability to keep
# says: Divide by (1 - rate), not by rate.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    if rate == 0:
        return np.zeros_like(x)
    return x * (rng.random(x.shape) < rate) / rate


# %% wrong: keeps with probability rate, scales as if it dropped with it
# says: rate is the probability of being dropped, not of being kept.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape) < rate) / (1 - rate)


# %% wrong: multiplied by 1 - rate
# says: Divide by (1 - rate); do not multiply by it.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape) >= rate) * (1 - rate)


# %% wrong: rate checked in training only
# says: A rate is at least 0, even when nothing is dropped.
def dropout(x, rate, rng, training=True):
    if not training:
        return x.copy()
    if not 0 <= rate < 1:
        raise ValueError("rate")
    return x * (rng.random(x.shape) >= rate) / (1 - rate)


# %% wrong: rate 1 accepted
# says: With rate 1 nothing would be left.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate <= 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    if rate == 1:
        return np.zeros_like(x)
    return x * (rng.random(x.shape) >= rate) / (1 - rate)


# %% wrong: x itself returned when not training
# says: A change to the result would change the argument too: return a new array.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x
    return x * (rng.random(x.shape) >= rate) / (1 - rate)


# %% wrong: x changed in place
# says: The caller still needs it: work on a copy.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    x[rng.random(x.shape) < rate] = 0
    return x / (1 - rate)


# %% right: rng.choice of two factors
def dropout(x, rate, rng, training=True):
    if rate < 0 or rate >= 1:
        raise ValueError(rate)
    if not training:
        return np.array(x)
    return x * rng.choice([0, 1 / (1 - rate)], size=x.shape, p=[rate, 1 - rate])


# %% right: Keras draws, with a seed from rng
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    if not training or rate == 0:
        return x + 0
    return keras.random.dropout(x, rate, seed=int(rng.integers(2**31)))


# %% right: whole numbers up to a million
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    y = x.copy()
    if training:
        y[rng.integers(1_000_000, size=x.shape) < rate * 1_000_000] = 0
        y /= 1 - rate
    return y


# %% wrong: one mask for all rows
# says: What is dropped are single values, not whole rows or columns.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    if not training:
        return x.copy()
    return x * (rng.random(x.shape[-1]) >= rate) / (1 - rate)


# %% wrong: NumPy's global generator
# says: Draw from rng, and from nothing else.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    if not training:
        return x.copy()
    return x * (np.random.random(x.shape) >= rate) / (1 - rate)


# %% wrong: a rate is never refused
# says: points.
def dropout(x, rate, rng, training=True):
    if not training:
        return x.copy()
    return np.where(rng.random(x.shape) < rate, 0, x / (1 - rate)) if rate < 1 else 0 * x


# %% wrong: scaled in inference instead
# says: What stays has to be scaled by 1 / (1 - rate).
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    return x * (rng.random(x.shape) >= rate) if training else x * (1 - rate)


# %% wrong: whole rows
# says: drops whole rows
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    keep = rng.random(len(x)) >= rate
    return x * keep.reshape(-1, *[1] * (x.ndim - 1)) / (1 - rate)


# %% wrong: whole columns, an exact number of them
# says: drops whole columns
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    y = x / (1 - rate) if training else x.copy()
    if training:
        width = x.shape[-1]
        y[..., rng.permutation(width)[: round(rate * width)]] = 0
    return y


# %% wrong: drawn with replacement
# says: Some places were drawn more than once, so fewer are 0: draw without replacement.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    flat = x.flatten()
    if training:
        flat = flat / (1 - rate)
        flat[rng.choice(flat.size, int(rate * flat.size))] = 0
    return flat.reshape(x.shape)


# %% right: exactly that fraction of every row
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    y = x / (1 - rate) if training else x.copy()
    for row in y.reshape(-1, y.shape[-1]) if training else ():
        row[rng.permutation(len(row))[: round(rate * len(row))]] = 0
    return y


# %% wrong: one of three masks
# says: give the same zeros.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    if not training:
        return x.copy()
    mask = np.random.default_rng(17 + rng.integers(3)).random(x.shape) < rate
    return np.where(mask, 0, x / (1 - rate))


# %% wrong: normal numbers compared with the rate
# says: Compare numbers that lie evenly between 0 and 1 (rng.random) with rate.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    return x * (rng.normal(size=x.shape) >= rate) / (1 - rate)


# %% wrong: half of the values dropped, whatever the rate
# says: Compare numbers that lie evenly between 0 and 1 (rng.random) with rate.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape) >= 0.5) / (1 - rate)


# %% wrong: a generator of its own
# says: Draw from rng: what is dropped changes with it.
def dropout(x, rate, rng, training=True):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if not training:
        return x.copy()
    return x * (np.random.default_rng(0).random(x.shape) >= rate) / (1 - rate)
