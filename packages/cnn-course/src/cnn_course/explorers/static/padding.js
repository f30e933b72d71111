// Where TensorFlow's `same` puts its zeros, beside the same number of zeros on both sides.

import { places, samePadding } from "./arithmetic.js";
import { drawn, element, slider } from "./elements.js";
import { hatch } from "./grid.js";
import { _ } from "./words.js";

export const STANDARD = { n: 8, f: 3, stride: 2, padding: 1 };

/** All numbers that this explorer states: the zeros before and after, and the pixels at which windows start, in both ways. */
export function numbers({ n, f, stride, padding }) {
  const row = (before, after) => {
    const windows = places(n, f, { stride, before, after });
    const starts = Array.from({ length: windows }, (_, place) => place * stride - before);
    return { before, after, windows, starts };
  };
  return { same: row(...samePadding(n, f, { stride })), symmetric: row(padding, padding) };
}

export function padding(root, settings, changed) {
  const state = { ...STANDARD, ...settings };
  const sliders = {
    n: slider(_("pixels N"), { min: 1, max: 16 }, (value) => change({ n: value })),
    f: slider(_("window F"), { min: 1, max: 7 }, (value) => change({ f: value })),
    stride: slider(_("stride S"), { min: 1, max: 5 }, (value) => change({ stride: value })),
    padding: slider(_("symmetric padding P"), { min: 0, max: 3 }, (value) => change({ padding: value })),
  };
  const rows = { same: axis(), symmetric: axis() };
  const verdict = element("p", { class: "verdict", "aria-live": "polite" });
  root.append(element("div", { class: "controls" }, ...Object.values(sliders)), rows.same, rows.symmetric, verdict);

  function change(some) {
    Object.assign(state, some);
    for (const name of Object.keys(sliders)) sliders[name].set(state[name]);
    const found = numbers(state);
    const ceiling = `⌈${state.n} / ${state.stride}⌉ = ${Math.ceil(state.n / state.stride)}`;
    const [left, right] = ["before", "after"].map((side) => Math.max(found.same[side], found.symmetric[side]));
    const frame = { left, width: Math.max(state.n + left + right, 12) };
    rows.same.show(state, found.same, frame, `padding="same": ${words(found.same)}; ${ceiling}`);
    rows.symmetric.show(state, found.symmetric, frame, _("padding P = {padding}: {words}", { padding: state.padding, words: words(found.symmetric) }));
    verdict.textContent = compared(found);
    changed({ ...state });
  }

  change({});
}

function words({ before, after, windows }) {
  return [
    before === 1 ? _("1 zero before") : _("{count} zeros before", { count: before }),
    _("{count} after", { count: after }),
    windows === 1 ? _("1 window") : _("{count} windows", { count: windows }),
  ].join(", ");
}

/** What a reader should see in the two rows. */
export function compared({ same, symmetric }) {
  if (same.windows !== symmetric.windows) {
    return _("Not the same: {same} against {symmetric} windows.", { same: same.windows, symmetric: symmetric.windows });
  }
  if (same.starts.some((start, place) => start !== symmetric.starts[place])) {
    return _("As many windows in both rows, but at other places: the numbers of the two outputs differ.");
  }
  return _("Every window stands at the same place in both rows: the outputs are equal.");
}

/** One axis of pixels, with its zeros and its windows. */
function axis() {
  const picture = drawn("svg", { role: "img" });
  const caption = element("figcaption");
  const node = element("figure", { class: "axis" }, picture, caption);
  const add = (name, attributes, text = "") => picture.append(drawn(name, attributes, text));

  node.show = ({ n, f }, { before, after, starts }, { left, width }, text) => {
    picture.replaceChildren();
    picture.setAttribute("viewBox", `${-left - 0.1} -0.1 ${width + 0.2} ${1.4 + 0.35 * starts.length}`);
    const isRead = (x) => starts.some((start) => start <= x && x < start + f);
    for (let x = -before; x < n + after; x++) {
      const inside = x >= 0 && x < n;
      add("rect", { x, y: 0, width: 1, height: 1, class: `${inside ? "square pixel" : "zero"}${isRead(x) ? "" : " unread"}` });
      if (inside) add("text", { x: x + 0.5, y: 0.5 }, `${x}`);
      else add("path", { class: "hatch", d: hatch(x, 0) });
    }
    starts.forEach((start, place) => {
      add("rect", { x: start + 0.08, y: 1.15 + 0.35 * place, width: f - 0.16, height: 0.2, class: `bar ${place % 2 ? "odd" : "even"}` });
    });
    const start = starts.length ? _("Windows start at {starts}.", { starts: starts.join(", ") }) : _("Windows start at no place.");
    picture.setAttribute("aria-label", `${text}. ${start}`);
    caption.textContent = text;
  };
  return node;
}
