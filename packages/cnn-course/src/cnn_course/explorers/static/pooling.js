// A pool over a digit that can be shifted: what changes in the pooled map, and what does not.

import { largest, pool, pooled, shifted, similarity, table } from "./arithmetic.js";
import { choice, element, number, onKeys, slider } from "./elements.js";
import { grid } from "./grid.js";
import { _ } from "./words.js";

/** Without a place, the window stands where its numbers differ most. */
export const STANDARD = { kind: "max", size: 2, down: 0, right: 0, row: null, column: null };
const SMALL = 9;
const MOST_LISTED = 9;

/** All numbers that this explorer states, for its settings and a square image. */
export function numbers(settings, image) {
  const { kind, size, down, right, row, column } = { ...STANDARD, ...settings };
  const moved = shifted(image, down, right);
  const [still, map] = [pool(image, size, kind), pool(moved, size, kind)];
  const spread = (numbers) => Math.max(...numbers) - Math.min(...numbers);
  const kept = (x) => Math.min(Math.max(0, x), map.length - 1);
  const place =
    row === null || column === null
      ? largest(table(map.length, map.length, (i, j) => spread(pooled(moved, size, i, j))))
      : [kept(row), kept(column)];
  return {
    moved,
    map,
    place,
    inWindow: pooled(moved, size, ...place),
    value: map[place[0]][place[1]],
    pixels: similarity(image, moved),
    maps: similarity(still, map),
  };
}

export function pooling(root, settings, changed, { digit }) {
  const state = { ...STANDARD, ...settings };
  const kinds = { max: _("max pooling"), average: _("average pooling") };
  const kind = choice(_("pool"), kinds, (value) => change({ kind: value }));
  const sliders = {
    size: slider(_("window and stride"), { min: 1, max: 7 }, (value) => change({ size: value })),
    down: slider(_("shift down"), { min: -6, max: 6 }, (value) => change({ down: value })),
    right: slider(_("shift right"), { min: -6, max: 6 }, (value) => change({ right: value })),
  };
  const [input, map] = [grid(_("digit, shifted")), grid(_("pooled"))];
  const stage = element("div", { class: "stage pooled", tabindex: 0, role: "group" }, input, map);
  stage.setAttribute("aria-label", _("The window of the pool. Arrow keys move it."));
  const value = element("p", { class: "sum", "aria-live": "polite" });
  const alike = element("p", { class: "verdict", "aria-live": "polite" });
  root.append(element("div", { class: "controls" }, kind, ...Object.values(sliders)), stage, value, alike);

  let found = null;

  onKeys(stage, (down, right) => change({ row: found.place[0] + down, column: found.place[1] + right }));
  map.point((row, column) => change({ row, column }));

  function change(some) {
    Object.assign(state, some);
    show();
    [state.row, state.column] = found.place;
    changed({ ...state });
  }

  function show() {
    const { size, down, right } = state;
    found = numbers(state, digit);
    const [row, column] = found.place;
    const fine = found.map.length > SMALL ? 10 : 100; // parts of 1 that there is room to write
    kind.set(state.kind);
    for (const name of Object.keys(sliders)) sliders[name].set(state[name]);
    input.show(found.moved, { label: _("A handwritten seven, shifted by {down} down and {right} to the right.", { down, right }), most: 1 });
    map.show(found.map, { label: _("The pooled map, {side} by {side}.", { side: found.map.length }), most: 1, words: (x) => number(Math.round(x * fine) / fine) });
    input.frame("window", { row: row * size, column: column * size, height: size, width: size });
    map.frame("window", { row, column, height: 1, width: 1 });
    const values = { row, column, numbers: listed(found.inWindow), value: number(found.value) };
    value.textContent =
      state.kind === "max"
        ? _("Row {row}, column {column}: the largest of {numbers} is {value}.", values)
        : _("Row {row}, column {column}: the mean of {numbers} is {value}.", values);
    const agree = { pixels: number(found.pixels), maps: number(found.maps) };
    alike.textContent =
      down || right
        ? _("Shifted against unshifted, as cosines: the pixels agree to {pixels}, the pooled maps to {maps}.", agree)
        : _("Shift the digit: how much of the pixels stays, and how much of the pooled map?");
  }

  change({});
}

/** Numbers to be read in a sentence; of many only how many there are. */
function listed(numbers) {
  if (numbers.length > MOST_LISTED) return _("{count} numbers", { count: numbers.length });
  return numbers.map((x) => number(Math.round(x * 100) / 100)).join(", ");
}
