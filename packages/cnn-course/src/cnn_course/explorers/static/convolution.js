// A window walks over an image: the sum at each place, the size of the feature map, and how often each pixel is read.

import { convolve, pairs, places, span, table, visits } from "./arithmetic.js";
import { button, calm, choice, element, number, slider } from "./elements.js";
import { grid } from "./grid.js";

const MILLISECONDS_PER_STEP = 700;
const KERNELS = {
  vertical: { name: "vertical edges", weight: (row, column, f) => (column === f - 1) - (column === 0) },
  horizontal: { name: "horizontal edges", weight: (row, column, f) => (row === f - 1) - (row === 0) },
  sum: { name: "sum", weight: () => 1 },
};

export const STANDARD = { n: 7, f: 3, stride: 1, padding: 0, dilation: 1, kernel: "vertical", row: 0, column: 0, reads: false };

/** The image of side n that is shown when no digit is: an edge and a few strokes, whole numbers from 0 to 9. */
export function pattern(n) {
  return table(n, n, (row, column) => (column * 2 >= n ? 9 : 0) - (column * 2 >= n && (row + column) % 5 === 0 ? 4 : 0));
}

/** All numbers that this explorer states, for its settings. */
export function numbers({ n, f, stride, padding, dilation, kernel, row, column }, digit = null) {
  const image = digit && n === digit.length ? digit : pattern(n);
  const weights = table(f, f, (i, j) => KERNELS[kernel].weight(i, j, f));
  const options = { stride, padding, dilation };
  const along = { stride, dilation, before: padding, after: padding };
  const side = places(n, f, along);
  const reads = visits(n, f, along);
  const terms = side ? pairs(image, weights, row, column, options) : [];
  return {
    image,
    weights,
    side,
    map: convolve(image, weights, options),
    terms,
    sum: terms.reduce((total, [pixel, weight]) => total + pixel * weight, 0),
    reads: table(n, n, (i, j) => reads[i] * reads[j]),
  };
}

export function convolution(root, settings, changed, data) {
  const state = { ...STANDARD, ...settings };
  const digit = data?.digit ?? null;
  let timer = null;

  const sliders = {
    n: slider("input size N", { min: 1, max: 28 }, (value) => change({ n: value })),
    f: slider("kernel size F", { min: 1, max: 7 }, (value) => change({ f: value })),
    stride: slider("stride S", { min: 1, max: 4 }, (value) => change({ stride: value })),
    padding: slider("padding P", { min: 0, max: 4 }, (value) => change({ padding: value })),
    dilation: slider("dilation D", { min: 1, max: 3 }, (value) => change({ dilation: value })),
  };
  const names = Object.fromEntries(Object.entries(KERNELS).map(([key, { name }]) => [key, name]));
  const kernel = choice("kernel", names, (value) => change({ kernel: value }));
  const reads = element("input", { type: "checkbox" });
  reads.addEventListener("change", () => change({ reads: reads.checked }));

  const input = grid("input");
  const weights = grid("kernel");
  const map = grid("feature map");
  const formula = element("p", { class: "formula" });
  const sum = element("p", { class: "sum", "aria-live": "polite" });
  const corners = element("p", { class: "corners" });
  const play = button("walk", () => (timer ? stop() : start()));
  const stage = element("div", { class: "stage", tabindex: 0, role: "group" }, input, weights, map);
  stage.setAttribute("aria-label", "The window. Arrow keys move it, Home and End go to the first and the last place.");

  root.append(
    element("div", { class: "controls" }, ...Object.values(sliders), kernel),
    element("label", { class: "control check" }, reads, "show how often each pixel is read"),
    stage,
    element("div", { class: "buttons" }, button("back", () => step(-1)), button("next", () => step(1)), play),
    formula,
    sum,
    corners,
  );

  stage.addEventListener("keydown", (event) => {
    const moves = {
      ArrowLeft: () => move(0, -1),
      ArrowRight: () => move(0, 1),
      ArrowUp: () => move(-1, 0),
      ArrowDown: () => move(1, 0),
      Home: () => change({ row: 0, column: 0 }),
      End: () => change({ row: Infinity, column: Infinity }),
      " ": () => (timer ? stop() : start()),
    };
    if (moves[event.key]) {
      event.preventDefault();
      moves[event.key]();
    }
  });
  map.point((row, column) => change({ row, column }));

  function side() {
    const { n, f, stride, padding, dilation } = state;
    return places(n, f, { stride, dilation, before: padding, after: padding });
  }

  function move(down, right) {
    change({ row: state.row + down, column: state.column + right });
  }

  function step(by) {
    const length = side();
    if (!length) return;
    const place = (state.row * length + state.column + by + length * length) % (length * length);
    change({ row: Math.floor(place / length), column: place % length });
  }

  function start() {
    timer = setInterval(() => (root.isConnected ? step(1) : stop()), calm() ? 2 * MILLISECONDS_PER_STEP : MILLISECONDS_PER_STEP);
    sum.setAttribute("aria-live", "off");
    play.textContent = "stop";
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    sum.setAttribute("aria-live", "polite");
    play.textContent = "walk";
  }

  function change(some) {
    Object.assign(state, some);
    const last = Math.max(0, side() - 1);
    state.row = Math.min(Math.max(0, state.row), last);
    state.column = Math.min(Math.max(0, state.column), last);
    show();
    changed({ ...state });
  }

  function show() {
    const { n, f, stride, padding, dilation, row, column } = state;
    const found = numbers(state, digit);
    for (const name of Object.keys(sliders)) sliders[name].set(state[name]);
    kernel.set(state.kernel);
    reads.checked = state.reads;

    const across = span(f, dilation);
    const top = { row: row * stride - padding, column: column * stride - padding };
    const covered = found.side
      ? `The window covers rows ${top.row} to ${top.row + across - 1}, columns ${top.column} to ${top.column + across - 1}.`
      : "The window has no place in it.";
    const what = state.reads ? "How often windows read each pixel" : "The input";
    input.show(state.reads ? found.reads : found.image, {
      padding,
      label: `${what}, ${n} by ${n}${padding ? `, with ${padding} rows of zeros around it` : ""}. ${covered}`,
    });
    weights.show(found.weights, { label: `The kernel, ${f} by ${f}: ${names[state.kernel]}.` });
    map.show(found.map, { label: `The feature map, ${found.side} by ${found.side}.` });
    input.frame("window", found.side ? { ...top, height: across, width: across } : null);
    map.frame("place", found.side ? { row, column, height: 1, width: 1 } : null);

    formula.textContent = sizeText(state, found.side);
    sum.textContent = found.side
      ? `Row ${row}, column ${column}: ${sumText(found.terms)} = ${number(found.sum)}`
      : "The window has no place.";
    const middle = Math.floor((n - 1) / 2);
    corners.textContent = `Windows read the corner ${times(found.reads[0][0])} and the middle ${times(found.reads[middle][middle])}.`;
  }

  change({});
}

/** The formula of the output size with its numbers. */
export function sizeText({ n, f, stride, padding, dilation }, side) {
  const across = span(f, dilation);
  const window = dilation === 1 ? `${f}` : `${across}`;
  const dilated = dilation === 1 ? "" : `A window of ${f} weights, ${dilation} apart, spans (${f} − 1) · ${dilation} + 1 = ${across} pixels. `;
  if (!side) return `${dilated}${n} + 2 · ${padding} = ${n + 2 * padding} pixels are fewer than ${window}.`;
  return `${dilated}Output size: ⌊(${n} + 2 · ${padding} − ${window}) / ${stride}⌋ + 1 = ${side}`;
}

/** A sum of products; those with a weight of 0 are left out, and of many the first ones are written. */
function sumText(terms) {
  const counted = terms.filter(([, weight]) => weight !== 0);
  const written = counted.slice(0, 12).map(([pixel, weight]) => `${number(pixel)}·${weight < 0 ? `(${number(weight)})` : number(weight)}`);
  return written.join(" + ") + (counted.length > written.length ? ` + … (${counted.length} products)` : "");
}

function times(count) {
  return count === 1 ? "once" : `${count} times`;
}
