// The arithmetic of windows, as the explorers show it: pure functions, which the tests compare with Python's.

/** Pixels from the first to the last weight of a window of `f` weights that lie `dilation` apart. */
export function span(f, dilation = 1) {
  return (f - 1) * dilation + 1;
}

/** How many places a window has along an axis of `n` pixels, with zeros before and after it. */
export function places(n, f, { stride = 1, before = 0, after = 0, dilation = 1 } = {}) {
  const free = n + before + after - span(f, dilation);
  return free < 0 ? 0 : Math.floor(free / stride) + 1;
}

/** The zeros [before, after] with which TensorFlow's `same` gives ceil(n / stride) places. */
export function samePadding(n, f, { stride = 1, dilation = 1 } = {}) {
  const needed = (Math.ceil(n / stride) - 1) * stride + span(f, dilation);
  const zeros = Math.max(needed - n, 0);
  return [Math.floor(zeros / 2), Math.ceil(zeros / 2)];
}

/** How many windows read each of the `n` pixels of an axis. */
export function visits(n, f, { stride = 1, before = 0, after = 0, dilation = 1 } = {}) {
  const counts = new Array(n).fill(0);
  const windows = places(n, f, { stride, before, after, dilation });
  for (let place = 0; place < windows; place++) {
    for (let weight = 0; weight < f; weight++) {
      const pixel = place * stride - before + weight * dilation;
      if (pixel >= 0 && pixel < n) counts[pixel] += 1;
    }
  }
  return counts;
}

/** The [pixel, weight] pairs whose products make up one number of the feature map; a pixel of the padding is 0. */
export function pairs(image, kernel, row, column, { stride = 1, padding = 0, dilation = 1 } = {}) {
  const found = [];
  kernel.forEach((weights, i) =>
    weights.forEach((weight, j) => {
      const y = row * stride - padding + i * dilation;
      const x = column * stride - padding + j * dilation;
      found.push([image[y]?.[x] ?? 0, weight]);
    }),
  );
  return found;
}

/** The feature map of a square image with one channel, with `padding` zeros on each side. */
export function convolve(image, kernel, options = {}) {
  const { stride = 1, padding = 0, dilation = 1 } = options;
  const side = places(image.length, kernel.length, { ...options, before: padding, after: padding });
  return table(side, side, (row, column) => {
    let sum = 0;
    for (let i = 0; i < kernel.length; i++) {
      const line = image[row * stride - padding + i * dilation];
      for (let j = 0; line && j < kernel.length; j++) sum += (line[column * stride - padding + j * dilation] ?? 0) * kernel[i][j];
    }
    return sum;
  });
}

/** The numbers of one window of a pool; only those that lie in the image. */
export function pooled(image, size, row, column, { stride = size } = {}) {
  const found = [];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) found.push(image[row * stride + i][column * stride + j]);
  }
  return found;
}

/** The map that a pool of `size` makes of a square image: "max" or "average". */
export function pool(image, size, kind, { stride = size } = {}) {
  const side = places(image.length, size, { stride });
  return table(side, side, (row, column) => {
    const numbers = pooled(image, size, row, column, { stride });
    return kind === "max" ? Math.max(...numbers) : numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  });
}

/** An image moved by whole pixels; what comes in from outside is 0. */
export function shifted(image, down, right) {
  return table(image.length, image[0].length, (y, x) => image[y - down]?.[x - right] ?? 0);
}

/** The cosine of the angle between two maps: 1 if they agree but for a factor; 0 if one is empty. */
export function similarity(one, other) {
  const [a, b] = [one.flat(), other.flat()];
  const dot = (u, v) => u.reduce((sum, x, i) => sum + x * v[i], 0);
  const size = Math.sqrt(dot(a, a) * dot(b, b));
  return size === 0 ? 0 : dot(a, b) / size;
}

/** The place [row, column] of the first of the largest numbers of a table; [0, 0] of an empty one. */
export function largest(numbers) {
  let [place, most] = [[0, 0], -Infinity];
  numbers.forEach((line, row) =>
    line.forEach((value, column) => {
      if (value > most) [place, most] = [[row, column], value];
    }),
  );
  return place;
}

/** A table made by a function of row and column. */
export function table(rows, columns, entry) {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => entry(row, column)));
}
