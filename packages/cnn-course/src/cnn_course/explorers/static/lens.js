// A small trained network, computed here: a digit, drawn or chosen, the feature maps of each layer, and what the network says.

import { largest } from "./arithmetic.js";
import { button, choice, element, number, onKeys, slider } from "./elements.js";
import { grid } from "./grid.js";

const SIDE = 28;
const MOST_SURE = 0.999;
const PEN = [[0, 0, 1], [0, 1, 0.6], [1, 0, 0.6], [0, -1, 0.6], [-1, 0, 0.6]]; // row, column, ink

/** Without a map, the one with the largest number is looked into, and without a place, that number. */
export const STANDARD = { digit: 7, layer: 0, map: 0, input: 0, row: null, column: null };

/**
 * The outputs of all layers for one image: a list of maps (tables of numbers) for each layer, and for a dense one a list of numbers.
 *
 * `network` is a list of layers: {kind: "conv", weights[row][column][input][output], bias}, with relu; {kind: "pool", size}; and
 * {kind: "dense", weights[input][output], bias}, with softmax, on all numbers in the order row, column, map.
 */
export function outputs(network, image) {
  let maps = [image];
  return network.map((layer) => {
    if (layer.kind === "dense") return dense(layer, maps);
    maps = layer.kind === "conv" ? conv(layer, maps) : maps.map((map) => pooledMax(map, layer.size));
    return maps;
  });
}

function conv({ weights, bias }, maps) {
  const f = weights.length;
  const side = maps[0].length - f + 1;
  return bias.map((start, output) => {
    const result = Array.from({ length: side }, () => new Array(side).fill(start));
    maps.forEach((map, input) => {
      for (let i = 0; i < side; i++) {
        const sums = result[i];
        for (let u = 0; u < f; u++) {
          const line = map[i + u];
          for (let v = 0; v < f; v++) {
            const weight = weights[u][v][input][output];
            for (let j = 0; j < side; j++) sums[j] += weight * line[j + v];
          }
        }
      }
    });
    return result.map((row) => row.map((x) => Math.max(0, x)));
  });
}

function pooledMax(map, size) {
  const side = Math.floor(map.length / size);
  return Array.from({ length: side }, (_, i) =>
    Array.from({ length: side }, (_, j) => {
      let most = -Infinity;
      for (let u = 0; u < size; u++) {
        for (let v = 0; v < size; v++) most = Math.max(most, map[i * size + u][j * size + v]);
      }
      return most;
    }),
  );
}

function dense({ weights, bias }, maps) {
  const sums = [...bias];
  let place = 0;
  for (let i = 0; i < maps[0].length; i++) {
    for (let j = 0; j < maps[0].length; j++) {
      for (const map of maps) {
        const x = map[i][j];
        if (x !== 0) weights[place].forEach((weight, output) => (sums[output] += weight * x));
        place += 1;
      }
    }
  }
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - most));
  const total = powers.reduce((sum, x) => sum + x, 0);
  return powers.map((x) => x / total);
}

/**
 * One number of one map, looked into: what the layer reads there, from which map of the layer before it (`input`), and for a
 * convolution the kernel, the sum of products with each of those maps, the bias and their total, before relu.
 */
export function looked(network, image, { layer, map = null, input = 0, row = null, column = null }, found = outputs(network, image)) {
  const maps = found[layer];
  const chosen = map ?? largest([maps.map((each) => Math.max(...each.flat()))])[1];
  const [y, x] = row === null || column === null ? largest(maps[chosen]) : [row, column];
  const before = layer === 0 ? [image] : found[layer - 1];
  const { kind, size, weights, bias } = network[layer];
  const common = { map: chosen, row: y, column: x, value: maps[chosen][y][x], side: maps[chosen].length };
  if (kind === "pool") return { ...common, inputs: 1, input: 0, before: before[chosen], top: [y * size, x * size], size };
  const kernel = (from) => weights.map((line) => line.map((each) => each[from][chosen]));
  const sums = before.map((each, from) =>
    kernel(from).flat().reduce((sum, weight, place) => {
      const [i, j] = [Math.floor(place / weights.length), place % weights.length];
      return sum + weight * each[y + i][x + j];
    }, 0),
  );
  return {
    ...common,
    inputs: before.length,
    input,
    before: before[input],
    kernel: kernel(input),
    top: [y, x],
    size: weights.length,
    sums,
    bias: bias[chosen],
    total: sums.reduce((sum, each) => sum + each, bias[chosen]),
  };
}

/** How sure the network is of what, or nothing: of an empty paper nothing can be said. */
export function answer(network, image, found = outputs(network, image)) {
  if (image.flat().every((ink) => ink === 0)) return null;
  const shares = found.at(-1);
  return { shares, best: shares.indexOf(Math.max(...shares)) };
}

export function lens(root, settings, changed, { network, digits }) {
  const state = { ...STANDARD, ...settings };
  const pen = { row: SIDE / 2, column: SIDE / 2 };
  let [image, found, grids] = [null, null, []];

  const names = network.map((layer, place) => describe(layer, place));
  const chosen = choice("a digit", Object.fromEntries(digits.map((_, label) => [label, `a handwritten ${label}`])), (value) =>
    change({ digit: Number(value), row: null, column: null }),
  );
  const layer = choice("show the maps of", Object.fromEntries(names.slice(0, -1).map((name, place) => [place, name])), (value) =>
    change({ layer: Number(value), map: null, input: 0, row: null, column: null }),
  );
  const paper = grid("draw here");
  const stage = element("div", { class: "stage", tabindex: 0, role: "group" }, paper);
  stage.setAttribute("aria-label", "Paper of 28 by 28 pixels. Arrow keys move the pen, Space draws at its place.");
  const clear = button("clear the paper", () => {
    image = blank();
    show();
  });
  const maps = element("div", { class: "maps" });
  const verdict = element("p", { class: "verdict", "aria-live": "polite" });
  const list = element("ol", { class: "answers" });

  const from = grid("what it reads");
  const kernel = grid("kernel");
  const map = grid("its map");
  const [times, plus] = ["×", ""].map((text) => element("span", { class: "sign", "aria-hidden": "true" }, text));
  const inside = element("div", { class: "stage inside", tabindex: 0, role: "group" }, from, times, kernel, plus, map);
  inside.setAttribute("aria-label", "One number of the chosen map. Arrow keys go to another number.");
  const input = slider("map of the layer before", { min: 0, max: 7 }, (value) => change({ input: value }));
  const sum = element("p", { class: "sum", "aria-live": "polite" });
  root.append(
    element("div", { class: "controls" }, chosen, layer),
    element("div", { class: "beside" }, element("div", {}, stage, element("div", { class: "buttons" }, clear)), element("div", {}, verdict, list)),
    element("p", {}, "The maps; choose one to see how it comes about:"), maps, inside, input, sum,
  );
  const answers = Array.from({ length: 10 }, () => list.appendChild(element("li")));

  paper.drag((squares) => {
    for (const [row, column] of squares) draw(row, column);
    show();
  });
  onKeys(
    stage,
    (down, right) => {
      const kept = (x) => Math.min(Math.max(0, x), SIDE - 1);
      Object.assign(pen, { row: kept(pen.row + down), column: kept(pen.column + right) });
      show();
    },
    {
      " ": () => {
        draw(pen.row, pen.column);
        show();
      },
    },
  );
  onKeys(inside, (down, right) => look(found.row + down, found.column + right));
  map.point(look);

  function look(row, column) {
    const kept = (x) => Math.min(Math.max(0, x), found.side - 1);
    change({ map: found.map, row: kept(row), column: kept(column) });
  }

  function draw(row, column) {
    for (const [down, right, ink] of PEN) {
      const line = image[row + down];
      if (line && column + right in line) line[column + right] = Math.min(1, line[column + right] + ink);
    }
    Object.assign(pen, { row, column });
  }

  function change(some) {
    Object.assign(state, some);
    if (image === null || "digit" in some) image = digits[state.digit].map((row) => [...row]);
    show();
    changed({ ...state });
  }

  function show() {
    chosen.set(state.digit);
    layer.set(state.layer);
    paper.show(image, { label: "The digit that the network reads.", most: 1, words: null });
    paper.frame("place", { ...pen, height: 1, width: 1 });
    const all = outputs(network, image);
    found = looked(network, image, state, all);
    const shown = all[state.layer];
    const most = Math.max(1e-9, ...shown.flat(2));
    showMaps(shown, most);
    showInside(shown);
    const said = answer(network, image, all);
    verdict.textContent = said
      ? `The network says ${said.best}, with probability ${percent(said.shares[said.best])}.`
      : "The paper is empty: draw a digit, and the network says which it takes it for.";
    list.hidden = !said;
    answers.forEach((node, label) => {
      node.textContent = `${label}: ${percent(said?.shares[label] ?? 0)}`;
      node.style.setProperty("--share", `${100 * (said?.shares[label] ?? 0)}%`);
    });
  }

  function showMaps(shown, most) {
    if (grids.length !== shown.length) {
      grids = shown.map((_, place) => grid(`map ${place}`));
      const buttons = grids.map((each, place) => {
        const node = button("", () => change({ map: place, row: null, column: null }));
        node.append(each);
        return node;
      });
      maps.replaceChildren(...buttons);
    }
    shown.forEach((each, place) => {
      const numbers = number(Math.max(...each.flat()));
      grids[place].show(each, { label: `Feature map ${place} of ${names[state.layer]}; its largest number is ${numbers}.`, most, words: null });
      maps.children[place].setAttribute("aria-pressed", place === found.map);
    });
  }

  function showInside(shown) {
    const { row, column, top, size, value, inputs } = found;
    const conv = found.kernel !== undefined;
    const source = state.layer === 0 ? "the paper" : `map ${conv ? found.input : found.map} of layer ${state.layer}`;
    from.show(found.before, { label: `What it reads of: ${source}.`, words: null });
    from.frame("window", { row: top[0], column: top[1], height: size, width: size });
    for (const part of [times, kernel, plus]) part.hidden = !conv;
    if (conv) {
      plus.textContent = `${inputs === 1 ? "" : "+ … "}+ ${number(found.bias)} →`;
      kernel.show(found.kernel, { label: `The kernel of map ${found.map} for ${source}.`, words: (x) => number(Math.round(100 * x) / 100) });
    }
    map.show(shown[found.map], { label: `Map ${found.map}, in which row ${row}, column ${column} is looked into.`, words: null });
    map.frame("place", { row, column, height: 1, width: 1 });
    input.hidden = inputs === 1;
    input.set(found.input);
    const start = `Map ${found.map}, row ${row}, column ${column}: `;
    if (!conv) {
      sum.textContent = `${start}the largest of the ${size} × ${size} numbers in the window, ${number(value)}.`;
      return;
    }
    const part = inputs === 1 ? "the sum of pixel × weight is" : `kernel × ${source} makes ${number(found.sums[found.input])}, and over all ${inputs} maps`;
    const all = number(found.total - found.bias);
    sum.textContent = `${start}${part} ${all}, with the bias ${number(found.bias)} it is ${number(found.total)}, and relu makes it ${number(value)}.`;
  }

  change({});
}

function describe(layer, place) {
  if (layer.kind === "conv") return `layer ${place + 1}: ${layer.bias.length} filters ${layer.weights.length}×${layer.weights.length}, relu`;
  if (layer.kind === "pool") return `layer ${place + 1}: max pooling ${layer.size}×${layer.size}`;
  return `layer ${place + 1}: dense, softmax`;
}

/** A share in percent; nothing is said to be certain that is not. */
function percent(share) {
  return share >= MOST_SURE ? `over ${100 * MOST_SURE}\u00a0%` : `${(100 * share).toFixed(1)}\u00a0%`;
}

function blank() {
  return Array.from({ length: SIDE }, () => new Array(SIDE).fill(0));
}
