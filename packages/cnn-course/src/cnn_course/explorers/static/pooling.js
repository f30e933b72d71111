// A pool over a digit that can be shifted: what changes in the pooled map, and what does not.

import { pool, pooled, shifted, similarity } from "./arithmetic.js";
import { choice, element, number, slider } from "./elements.js";
import { grid } from "./grid.js";

export const STANDARD = { kind: "max", size: 2, down: 0, right: 0, row: 0, column: 0 };
const KINDS = { max: "max pooling", average: "average pooling" };

/** All numbers that this explorer states, for its settings and a square image. */
export function numbers({ kind, size, down, right, row, column }, image) {
  const moved = shifted(image, down, right);
  const [still, map] = [pool(image, size, kind), pool(moved, size, kind)];
  return {
    moved,
    map,
    inWindow: pooled(moved, size, row, column),
    value: map[row][column],
    pixels: similarity(image, moved),
    maps: similarity(still, map),
  };
}

export function pooling(root, settings, changed, { digit }) {
  const state = { ...STANDARD, ...settings };
  const kind = choice("pool", KINDS, (value) => change({ kind: value }));
  const sliders = {
    size: slider("window and stride", { min: 1, max: 7 }, (value) => change({ size: value })),
    down: slider("shift down", { min: -6, max: 6 }, (value) => change({ down: value })),
    right: slider("shift right", { min: -6, max: 6 }, (value) => change({ right: value })),
  };
  const [input, map] = [grid("digit, shifted"), grid("pooled")];
  const stage = element("div", { class: "stage", tabindex: 0, role: "group" }, input, map);
  stage.setAttribute("aria-label", "The window of the pool. Arrow keys move it.");
  const value = element("p", { class: "sum", "aria-live": "polite" });
  const alike = element("p", { class: "verdict", "aria-live": "polite" });
  root.append(element("div", { class: "controls" }, kind, ...Object.values(sliders)), stage, value, alike);

  stage.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (!moves[event.key]) return;
    event.preventDefault();
    const [down, right] = moves[event.key];
    change({ row: state.row + down, column: state.column + right });
  });
  map.point((row, column) => change({ row, column }));

  function change(some) {
    Object.assign(state, some);
    const last = Math.floor(digit.length / state.size) - 1;
    state.row = Math.min(Math.max(0, state.row), last);
    state.column = Math.min(Math.max(0, state.column), last);
    show();
    changed({ ...state });
  }

  function show() {
    const { size, row, column, down, right } = state;
    const found = numbers(state, digit);
    kind.set(state.kind);
    for (const name of Object.keys(sliders)) sliders[name].set(state[name]);
    input.show(found.moved, { label: `A handwritten seven, shifted by ${down} down and ${right} to the right.`, most: 1 });
    map.show(found.map, { label: `The pooled map, ${found.map.length} by ${found.map.length}.`, most: 1, words: (x) => number(Math.round(x * 100) / 100) });
    input.frame("window", { row: row * size, column: column * size, height: size, width: size });
    map.frame("place", { row, column, height: 1, width: 1 });
    const list = found.inWindow.slice(0, 9).map((x) => number(Math.round(x * 100) / 100));
    const rest = found.inWindow.length > list.length ? ", …" : "";
    const verb = state.kind === "max" ? "largest" : "mean";
    value.textContent = `Row ${row}, column ${column}: the ${verb} of ${list.join(", ")}${rest} is ${number(found.value)}.`;
    alike.textContent =
      `Shifted against unshifted, as cosines: the pixels agree to ${number(found.pixels)}, the pooled maps to ${number(found.maps)}.`;
  }

  change({});
}
