// A window walks over an image: the sum at each place, the size of the feature map, and how often each pixel is read.

import { convolve, largest, pairs, places, span, table, visits } from "./arithmetic.js";
import { button, calm, choice, element, number, onKeys, slider } from "./elements.js";
import { grid } from "./grid.js";
import { _ } from "./words.js";

const MILLISECONDS_PER_STEP = 700;
const MOST_INK = 9;
const KERNELS = {
  vertical: { name: () => _("vertical edges"), weight: (row, column, f) => (column === f - 1) - (column === 0) },
  horizontal: { name: () => _("horizontal edges"), weight: (row, column, f) => (row === f - 1) - (row === 0) },
  sum: { name: () => _("sum"), weight: () => 1 },
};

/** `painted` and `weights` hold what the reader has changed, by "row,column"; without a place the window stands where the sum is largest. */
export const STANDARD = {
  n: 7, f: 3, stride: 1, padding: 0, dilation: 1, kernel: "vertical", weights: {}, painted: {}, row: null, column: null, reads: false,
};

/** The image of side n that is shown when no digit is: an edge and a few strokes, whole numbers from 0 to 9. */
export function pattern(n) {
  return table(n, n, (row, column) => (column * 2 >= n ? MOST_INK : 0) - (column * 2 >= n && (row + column) % 5 === 0 ? 4 : 0));
}

/** All numbers that this explorer states, for its settings. */
export function numbers(settings, digit = null) {
  const { n, f, stride, padding, dilation, kernel, weights: own, painted, row, column } = { ...STANDARD, ...settings };
  const given = digit && n === digit.length ? digit : pattern(n);
  const image = table(n, n, (i, j) => painted[[i, j]] ?? given[i][j]);
  const weights = table(f, f, (i, j) => own[[i, j]] ?? KERNELS[kernel].weight(i, j, f));
  const options = { stride, padding, dilation };
  const along = { stride, dilation, before: padding, after: padding };
  const side = places(n, f, along);
  const reads = visits(n, f, along);
  const map = convolve(image, weights, options);
  const place = row === null || column === null ? largest(map) : [row, column].map((x) => Math.min(Math.max(0, x), Math.max(0, side - 1)));
  const terms = side ? pairs(image, weights, ...place, options) : [];
  return {
    image,
    weights,
    across: span(f, dilation),
    side,
    map,
    place,
    top: place.map((x) => x * stride - padding),
    terms,
    sum: terms.reduce((total, [pixel, weight]) => total + pixel * weight, 0),
    reads: table(n, n, (i, j) => reads[i] * reads[j]),
  };
}

export function convolution(root, settings, changed, data) {
  const state = { ...STANDARD, ...settings };
  const digit = data?.digit ?? null;
  const pen = { row: 0, column: 0, ink: MOST_INK };
  const weight = { row: 0, column: 0 };
  let [timer, found] = [null, null];

  const sliders = {
    n: slider(_("input size N"), { min: 1, max: 28 }, (value) => change({ n: value, painted: {} })),
    f: slider(_("kernel size F"), { min: 1, max: 7 }, (value) => change({ f: value, weights: {} })),
    stride: slider(_("stride S"), { min: 1, max: 4 }, (value) => change({ stride: value })),
    padding: slider(_("padding P"), { min: 0, max: 4 }, (value) => change({ padding: value })),
    dilation: slider(_("dilation D"), { min: 1, max: 3 }, (value) => change({ dilation: value })),
  };
  const names = Object.fromEntries(Object.entries(KERNELS).map(([key, { name }]) => [key, name()]));
  const kernel = choice(_("kernel"), names, (value) => change({ kernel: value, weights: {} }));
  const reads = element("input", { type: "checkbox" });
  reads.addEventListener("change", () => change({ reads: reads.checked }));
  const ink = slider(_("ink of the pen"), { min: 0, max: MOST_INK }, (value) => {
    pen.ink = value;
    show();
  });
  const value = slider(_("weight"), { min: -9, max: 9 }, (chosen) =>
    change({ weights: { ...state.weights, [[weight.row, weight.column]]: chosen } }),
  );

  const input = grid(_("input: paint here"));
  const weights = grid(_("kernel"));
  const map = grid(_("feature map"));
  const formula = element("p", { class: "formula" });
  const sum = element("p", { class: "sum", "aria-live": "polite" });
  const corners = element("p", { class: "corners" });
  const play = button(_("walk"), () => (timer ? stop() : start()));
  const stage = element("div", { class: "stage walked", tabindex: 0, role: "group" }, input, weights, map);
  stage.setAttribute("aria-label", _("The window. Arrow keys move it, Home and End go to the first and the last place."));
  for (const [figure, label] of [
    [input, _("The pixels. Arrow keys move the pen, Space puts its ink there.")],
    [weights, _("The weights. Arrow keys choose the one that the slider sets.")],
  ]) {
    for (const [name, text] of Object.entries({ tabindex: 0, role: "group", "aria-label": label })) figure.setAttribute(name, text);
  }

  root.append(
    element("div", { class: "controls" }, ...Object.values(sliders), kernel),
    element("label", { class: "control check" }, reads, _("show how often each pixel is read")),
    stage,
    formula,
    corners,
    element("p", {}, _("Paint on the input, or choose a weight and set it:")),
    element("div", { class: "controls" }, ink, value),
    element("div", { class: "buttons" }, button(_("back"), () => step(-1)), button(_("next"), () => step(1)), play),
    sum,
  );

  onKeys(stage, (down, right) => change({ row: found.place[0] + down, column: found.place[1] + right }), {
    Home: () => change({ row: 0, column: 0 }),
    End: () => change({ row: found.side - 1, column: found.side - 1 }),
    " ": () => (timer ? stop() : start()),
  });
  onKeys(input, (down, right) => show(Object.assign(pen, inside(pen, down, right, state.n))), { " ": () => paint([[pen.row, pen.column]]) });
  onKeys(weights, (down, right) => show(Object.assign(weight, inside(weight, down, right, state.f))));
  input.drag(paint);
  weights.point((row, column) => show(Object.assign(weight, inside({ row, column }, 0, 0, state.f))));
  map.point((row, column) => change({ row, column }));

  function paint(squares) {
    const painted = { ...state.painted };
    for (const [row, column] of squares) {
      if (found.image[row]?.[column] === undefined) continue;
      painted[[row, column]] = digit && state.n === digit.length ? pen.ink / MOST_INK : pen.ink;
      Object.assign(pen, { row, column });
    }
    change({ painted });
  }

  function step(by) {
    const { side, place } = found;
    if (!side) return;
    const next = (place[0] * side + place[1] + by + side * side) % (side * side);
    change({ row: Math.floor(next / side), column: next % side });
  }

  function start() {
    timer = setInterval(() => (stage.isConnected ? step(1) : stop()), calm() ? 2 * MILLISECONDS_PER_STEP : MILLISECONDS_PER_STEP);
    sum.setAttribute("aria-live", "off");
    play.textContent = _("stop");
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    sum.setAttribute("aria-live", "polite");
    play.textContent = _("walk");
  }

  function change(some) {
    Object.assign(state, some);
    show();
    [state.row, state.column] = found.place;
    changed({ ...state });
  }

  function show() {
    const { n, f, padding } = state;
    found = numbers(state, digit);
    for (const name of Object.keys(sliders)) sliders[name].set(state[name]);
    kernel.set(state.kernel);
    reads.checked = state.reads;
    Object.assign(pen, inside(pen, 0, 0, n));
    Object.assign(weight, inside(weight, 0, 0, f));
    ink.set(pen.ink);
    value.set(found.weights[weight.row][weight.column], _("weight in row {row}, column {column}", weight));

    const { across, side, place, top } = found;
    const [bottom, right] = top.map((first) => first + across - 1);
    const covered = side
      ? _("The window covers rows {top} to {bottom}, columns {left} to {right}.", { top: top[0], bottom, left: top[1], right })
      : _("The window has no place in it.");
    input.show(state.reads ? found.reads : found.image, { padding, label: `${whatIsShown(state)} ${covered}` });
    const kind = { f, kernel: names[state.kernel] };
    const own = Object.keys(state.weights).length;
    weights.show(found.weights, { label: own ? _("The kernel, {f} by {f}: {kernel}, changed.", kind) : _("The kernel, {f} by {f}: {kernel}.", kind) });
    map.show(found.map, { label: _("The feature map, {side} by {side}.", { side }) });
    input.frame("window", side ? { row: top[0], column: top[1], height: across, width: across } : null);
    input.frame("pen", { ...pen, height: 1, width: 1 });
    weights.frame("place", { ...weight, height: 1, width: 1 });
    map.frame("window", side ? { row: place[0], column: place[1], height: 1, width: 1 } : null);

    formula.textContent = sizeText(state, found);
    sum.textContent = side ? sumText(found) : _("The window has no place.");
    const middle = Math.floor((n - 1) / 2);
    const read = { corner: times(found.reads[0][0]), middle: times(found.reads[middle][middle]) };
    corners.hidden = !state.reads;
    corners.textContent = _("Windows read the corner {corner} and the middle {middle}.", read);
  }

  change({});
}

function whatIsShown({ n, padding, reads }) {
  if (reads && padding) return _("How often windows read each pixel, {n} by {n}, with {padding} rows of zeros around it.", { n, padding });
  if (reads) return _("How often windows read each pixel, {n} by {n}.", { n });
  if (padding) return _("The input, {n} by {n}, with {padding} rows of zeros around it.", { n, padding });
  return _("The input, {n} by {n}.", { n });
}

/** The formula of the output size with its numbers. */
function sizeText({ n, f, stride, padding, dilation }, { side, across }) {
  const values = { n, f, stride, padding, dilation, across, side, all: n + 2 * padding };
  const dilated = _("A window of {f} weights, {dilation} apart, spans ({f} − 1) · {dilation} + 1 = {across} pixels.", values);
  const size = side
    ? _("Output size: ⌊({n} + 2 · {padding} − {across}) / {stride}⌋ + 1 = {side}", values)
    : _("{n} + 2 · {padding} = {all} pixels are fewer than {across}.", values);
  return dilation === 1 ? size : `${dilated} ${size}`;
}

/** The sum of products at a place; those with a weight of 0 are left out, and of many the first ones are written. */
function sumText({ place: [row, column], terms, sum }) {
  const values = { row, column, sum: number(sum) };
  const counted = terms.filter(([, weight]) => weight !== 0);
  if (!counted.length) return _("Row {row}, column {column}: all weights are 0, the sum = {sum}", values);
  const written = counted.slice(0, 12).map(([pixel, weight]) => `${number(pixel)}·${weight < 0 ? `(${number(weight)})` : number(weight)}`);
  Object.assign(values, { terms: written.join(" + "), count: counted.length });
  if (counted.length === written.length) return _("Row {row}, column {column}: {terms} = {sum}", values);
  return _("Row {row}, column {column}: {terms} + … ({count} products) = {sum}", values);
}

function times(count) {
  return count === 1 ? _("once") : _("{count} times", { count });
}

/** A place moved, and kept on a square of this side. */
function inside({ row, column }, down, right, side) {
  const kept = (x) => Math.min(Math.max(0, x), side - 1);
  return { row: kept(row + down), column: kept(column + right) };
}
