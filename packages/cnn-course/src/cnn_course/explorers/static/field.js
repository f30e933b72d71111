// A stack of layers that the reader builds: what one unit of the last layer sees of the input.

import { seen } from "./arithmetic.js";
import { button, element, slider } from "./elements.js";

const SVG = "http://www.w3.org/2000/svg";
const MOST_LAYERS = 5;
const MOST_DRAWN = 60;

export const STANDARD = { layers: [{ f: 3, stride: 1 }, { f: 3, stride: 1 }], unit: 1 };

/**
 * All numbers that this explorer states: the field of one unit; and for every level, the input first, how many units are drawn,
 * at which input pixel each of them is centred, and the first and last of them that the chosen unit of the last layer sees.
 */
export function numbers({ layers, unit }) {
  const counts = seen(layers);
  const drawn = layers.reduceRight((found, { f, stride }) => [(found[0] - 1) * stride + f, ...found], [3]);
  const levels = [{ drawn: drawn[0], first: 0, last: drawn[0] - 1, start: 0, jump: 1 }];
  let [start, jump] = [0, 1];
  layers.forEach(({ f, stride }, place) => {
    start += ((f - 1) / 2) * jump;
    jump *= stride;
    levels.push({ drawn: drawn[place + 1], start, jump });
  });
  let [first, last] = [unit, unit];
  for (let level = layers.length; level >= 0; level--) {
    Object.assign(levels[level], { first, last });
    if (level > 0) {
      const { f, stride } = layers[level - 1];
      [first, last] = [first * stride, last * stride + f - 1];
    }
  }
  return { field: counts[0], counts, levels };
}

export function field(root, settings, changed) {
  const state = { layers: STANDARD.layers, unit: STANDARD.unit, ...settings };
  const stack = element("div", { class: "layers" });
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("role", "img");
  const more = button("add a layer", () => change({ layers: [...state.layers, { f: 3, stride: 1 }] }));
  const less = button("take the last away", () => change({ layers: state.layers.slice(0, -1) }));
  const unit = slider("unit of the last layer", { min: 0, max: 2 }, (value) => change({ unit: value }));
  const said = element("p", { class: "sum", "aria-live": "polite" });
  root.append(stack, element("div", { class: "buttons" }, more, less), unit, element("figure", { class: "axis" }, picture), said);
  let rows = [];

  function controls() {
    rows = state.layers.map((_, place) => {
      const edit = (some) =>
        change({ layers: state.layers.map((layer, other) => (other === place ? { ...layer, ...some } : layer)) });
      return {
        f: slider(`layer ${place + 1}: kernel`, { min: 1, max: 7 }, (f) => edit({ f })),
        stride: slider(`layer ${place + 1}: stride`, { min: 1, max: 3 }, (stride) => edit({ stride })),
      };
    });
    stack.replaceChildren(...rows.map(({ f, stride }) => element("div", { class: "controls" }, f, stride)));
  }

  function change(some) {
    Object.assign(state, some);
    if (rows.length !== state.layers.length) controls();
    rows.forEach(({ f, stride }, place) => {
      f.set(state.layers[place].f);
      stride.set(state.layers[place].stride);
    });
    more.disabled = state.layers.length >= MOST_LAYERS;
    less.disabled = state.layers.length <= 1;
    unit.set(state.unit);
    show();
    changed({ ...state });
  }

  function show() {
    const found = numbers(state);
    said.textContent = `One unit of layer ${state.layers.length} sees ${found.field} × ${found.field} pixels: ${steps(state.layers)}.${
      found.levels[0].drawn > MOST_DRAWN ? ` Only the first ${MOST_DRAWN} pixels are drawn.` : ""
    }`;
    draw(found);
  }

  function draw({ levels, field: width }) {
    picture.replaceChildren();
    const add = (name, attributes) => {
      const node = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      picture.append(node);
      return node;
    };
    const pixels = Math.min(levels[0].drawn, MOST_DRAWN);
    const height = 1.6 * levels.length;
    picture.setAttribute("viewBox", `-0.2 -0.2 ${pixels + 0.4} ${height}`);
    picture.setAttribute("aria-label", `The input and ${levels.length - 1} layers above it along one axis. The chosen unit sees ${width} neighbouring pixels.`);
    levels.forEach(({ drawn, start, jump, first, last }, level) => {
      const y = 1.6 * (levels.length - 1 - level);
      for (let place = 0; place < drawn && start + place * jump < MOST_DRAWN; place++) {
        const square = add("rect", {
          x: start + place * jump + 0.06,
          y,
          width: 0.88,
          height: 0.88,
          class: place >= first && place <= last ? "square seen" : "square",
        });
        if (level === levels.length - 1) square.addEventListener("pointerdown", () => change({ unit: place }));
      }
    });
  }

  change({});
}

/** The walk from the input on: r ← r + (f − 1) · j, j ← j · s. */
export function steps(layers) {
  let [r, j] = [1, 1];
  const words = layers.map(({ f, stride }) => {
    const line = `${r} + (${f} − 1) · ${j} = ${r + (f - 1) * j}`;
    r += (f - 1) * j;
    j *= stride;
    return line;
  });
  return words.join(", then ");
}
