// LeNet-5 as in its paper: touch a layer, and see its shape, parameters and connections, and how each is counted.
// Source: LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document Recognition" (1998), section II.B, figure 2, table I.

import { places } from "./arithmetic.js";
import { drawn, element, onKeys } from "./elements.js";
import { _ } from "./words.js";

const INPUT = 32;
const KERNEL = 5;
const POOL = 2;

export const STANDARD = { layer: "C1" };

/** Which maps of S2 feed each of the 16 maps of C3: neighbours, counted around, and three rows that leave a gap. */
export function c3Inputs() {
  const around = (first, steps) => steps.map((step) => (first + step) % 6).sort();
  const six = [0, 1, 2, 3, 4, 5];
  return [
    ...six.map((map) => around(map, [0, 1, 2])),
    ...six.map((map) => around(map, [0, 1, 2, 3])),
    ...[0, 1, 2].map((map) => around(map, [0, 1, 3, 4])),
    six,
  ];
}

/** All layers with their shape, parameters and connections, each with the sum it comes from. */
export function layers() {
  const conv = (side) => places(side, KERNEL);
  const pool = (side) => places(side, POOL, { stride: POOL });
  const c1 = conv(INPUT);
  const s2 = pool(c1);
  const c3 = conv(s2);
  const s4 = pool(c3);
  const window = KERNEL * KERNEL;
  const lines = c3Inputs().flat().length;
  const convolution = (name, side, maps, inputs, what) => {
    const parameters = window * inputs + maps;
    return {
      name, shape: [side, side, maps], what, parameters, connections: parameters * side * side,
      counted: _(
        "{window} weights for each of {inputs} connected pairs of maps, and a bias for each of {maps} maps: {window} · {inputs} + {maps} = {all}",
        { window, inputs, maps, all: large(parameters) },
      ),
      connected: side === 1
        ? _("each parameter is used once")
        : _("each parameter is used at {side} · {side} places: {parameters} · {places} = {all}", {
            side, parameters: large(parameters), places: side * side, all: large(parameters * side * side),
          }),
    };
  };
  const subsampling = (name, side, maps) => ({
    name, shape: [side, side, maps], parameters: 2 * maps, connections: side * side * maps * (POOL * POOL + 1),
    what: _("adds the four inputs of a window, times a trained coefficient, plus a trained bias, then squashed"),
    counted: _("a coefficient and a bias for each map: 2 · {maps} = {all}", { maps, all: 2 * maps }),
    connected: _("four inputs and a bias for each of {side} · {side} · {maps} units: 5 · {units} = {all}", {
      side, maps, units: large(side * side * maps), all: large(side * side * maps * (POOL * POOL + 1)),
    }),
  });
  return [
    { name: "INPUT", shape: [INPUT, INPUT, 1], what: _("a digit with a wide margin"), parameters: 0, connections: 0 },
    convolution("C1", c1, 6, 6, _("convolution, 5×5 windows, squashed")),
    subsampling("S2", s2, 6),
    convolution("C3", c3, 16, lines, _("convolution, 5×5 windows, each map on some maps of S2 only (table I), squashed")),
    subsampling("S4", s4, 16),
    convolution("C5", conv(s4), 120, 16 * 120, _("convolution, 5×5 windows on all 16 maps of S4, squashed")),
    {
      name: "F6", shape: [84], what: _("fully connected, squashed"), parameters: 121 * 84, connections: 121 * 84,
      counted: _("120 weights and a bias for each of 84 units: 121 · 84 = {all}", { all: large(121 * 84) }),
      connected: _("each parameter is used once"),
    },
    {
      name: "OUTPUT", shape: [10], parameters: 0, connections: 84 * 10,
      what: _("for each class the squared distance of F6 to a bitmap of 7×12 pixels, which is fixed"),
      counted: _("84 · 10 = 840 numbers are fixed, none is trained"),
      connected: _("each of 10 units with each of 84: 840, without bias"),
    },
  ];
}

export function lenet(root, settings, changed) {
  const state = { ...STANDARD, ...settings };
  const found = layers();
  const tabs = Object.fromEntries(
    found.map(({ name, shape }) => {
      const tab = element("button", { type: "button", class: "layer" }, picture(shape), element("strong", {}, name), ` ${size(shape)}`);
      tab.addEventListener("click", () => change({ layer: name }));
      return [name, tab];
    }),
  );
  const row = element("div", { class: "network", role: "group", "aria-label": _("The layers of LeNet-5, from input to output") }, ...Object.values(tabs));
  const facts = element("div", { class: "facts", "aria-live": "polite" });
  const table = element("figure", {}, ...c3Table());
  const all = element("p", { class: "verdict" });
  const total = (key) => large(found.reduce((sum, layer) => sum + layer[key], 0));
  const totals = { parameters: total("parameters"), connections: total("connections") };
  all.textContent = _("The whole network: {parameters} trained parameters, {connections} connections.", totals);
  const sketched = element("p", {}, _("The layers are sketched: of many maps six are drawn, and any number of units is one bar."));
  root.append(row, sketched, facts, table, all);

  onKeys(row, (down, right) => {
    const names = Object.keys(tabs);
    const next = names[Math.min(Math.max(0, names.indexOf(state.layer) + down + right), names.length - 1)];
    change({ layer: next });
    tabs[next].focus();
  });

  function change(some) {
    Object.assign(state, some);
    for (const [name, tab] of Object.entries(tabs)) tab.setAttribute("aria-pressed", name === state.layer);
    const { name, shape, what, parameters, connections, counted, connected } = found.find((layer) => layer.name === state.layer);
    const trained = _("{count} trained parameters:", { count: large(parameters) });
    const lines = _("{count} connections:", { count: large(connections) });
    facts.replaceChildren(
      element("p", {}, element("strong", {}, `${name}: ${size(shape)}`), `, ${what}.`),
      ...(counted
        ? [
            element("p", {}, element("strong", {}, `${trained} `), `${counted}.`),
            element("p", {}, element("strong", {}, `${lines} `), `${connected}.`),
          ]
        : []),
    );
    table.hidden = name !== "C3";
    changed({ ...state });
  }

  change({});
}

function size(shape) {
  const [side, , maps] = shape;
  if (shape.length === 1) return _("{count} units", { count: side });
  return maps === 1 ? `${side}×${side}` : _("{maps} maps of {side}×{side}", { maps, side });
}

function large(value) {
  return value.toLocaleString("en-US");
}

/** A layer drawn: up to six of its maps behind each other, or a bar of units. */
function picture(shape) {
  const svg = drawn("svg", { "aria-hidden": "true", viewBox: "0 0 50 46" });
  const add = (x, y, width, height) => svg.append(drawn("rect", { x, y, width, height, class: "map" }));
  if (shape.length === 1) {
    add(22, 3, 6, 40);
  } else {
    const side = Math.max(3, shape[0] * 0.9);
    const maps = Math.min(6, shape[2]);
    for (let map = maps - 1; map >= 0; map--) add(4 + 3 * map, 42 - side - 2 * map, side, side);
  }
  return svg;
}

/** A caption, and a table that scrolls where it is wider than the page. */
function c3Table() {
  const feeds = c3Inputs();
  const head = element("tr", {}, element("th", { scope: "col" }, "S2 \\ C3"), ...feeds.map((_, map) => element("th", { scope: "col" }, `${map}`)));
  const rows = [0, 1, 2, 3, 4, 5].map((input) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, `${input}`),
      ...feeds.map((inputs) => element("td", {}, inputs.includes(input) ? "✕" : "")),
    ),
  );
  const pairs = { connected: feeds.flat().length, all: 6 * 16 };
  const caption = element("figcaption", {}, _("Table I of the paper: {connected} of {all} pairs of maps are connected.", pairs));
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  return [caption, element("div", { class: "connected", tabindex: 0, role: "region", "aria-label": _("Table I of the paper") }, table)];
}
