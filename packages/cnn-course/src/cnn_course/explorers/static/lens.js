// A small trained network, computed here: a digit, drawn or chosen, the feature maps of each layer, and what the network says.

import { largest } from "./arithmetic.js";
import { button, choice, element, number, onKeys, slider } from "./elements.js";
import { grid } from "./grid.js";
import { _ } from "./words.js";

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
  const written = digits.map((image, label) => [label, _("a handwritten {label}", { label })]);
  const chosen = choice(_("a digit"), Object.fromEntries(written), (value) =>
    change({ digit: Number(value), row: null, column: null }),
  );
  const layer = choice(_("show the maps of"), Object.fromEntries(names.slice(0, -1).map((name, place) => [place, name])), (value) =>
    change({ layer: Number(value), map: null, input: 0, row: null, column: null }),
  );
  const paper = grid(_("draw here"));
  const stage = element("div", { class: "stage", tabindex: 0, role: "group" }, paper);
  stage.setAttribute("aria-label", _("Paper of 28 by 28 pixels. Arrow keys move the pen, Space draws at its place."));
  const clear = button(_("clear the paper"), () => {
    image = blank();
    show();
  });
  const maps = element("div", { class: "maps" });
  const verdict = element("p", { class: "verdict", "aria-live": "polite" });
  const list = element("ol", { class: "answers" });

  const from = grid(_("what it reads"));
  const kernel = grid(_("kernel"));
  kernel.classList.add("kernel");
  const map = grid(_("its map"));
  const [times, plus] = ["×", ""].map((text) => element("span", { class: "sign", "aria-hidden": "true" }, text));
  const inside = element("div", { class: "stage inside", tabindex: 0, role: "group" }, from, times, kernel, plus, map);
  inside.setAttribute("aria-label", _("One number of the chosen map. Arrow keys go to another number."));
  const input = slider(_("map of the layer before"), { min: 0, max: 7 }, (value) => change({ input: value }));
  const sum = element("p", { class: "sum", "aria-live": "polite" });
  root.append(
    element("div", { class: "controls" }, chosen, layer),
    element("div", { class: "beside" }, element("div", {}, stage, element("div", { class: "buttons" }, clear)), element("div", {}, verdict, list)),
    element("p", {}, _("The maps; choose one to see how it comes about:")), maps, inside, input, sum,
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
    paper.show(image, { label: _("The digit that the network reads."), most: 1, words: null });
    paper.frame("pen", { ...pen, height: 1, width: 1 });
    const all = outputs(network, image);
    found = looked(network, image, state, all);
    const shown = all[state.layer];
    const most = Math.max(1e-9, ...shown.flat(2));
    showMaps(shown, most);
    showInside(shown);
    const said = answer(network, image, all);
    verdict.textContent = said
      ? _("The network says {digit}, with probability {share}.", { digit: said.best, share: percent(said.shares[said.best]) })
      : _("The paper is empty: draw a digit, and the network says which it takes it for.");
    list.hidden = !said;
    answers.forEach((node, label) => {
      node.textContent = `${label}: ${percent(said?.shares[label] ?? 0)}`;
      node.style.setProperty("--share", `${100 * (said?.shares[label] ?? 0)}%`);
    });
  }

  function showMaps(shown, most) {
    if (grids.length !== shown.length) {
      const titles = shown.map((each, place) => _("map {number}", { number: place }));
      grids = titles.map(grid);
      const buttons = grids.map((each, place) => {
        const node = element("button", { type: "button" }, each);
        node.addEventListener("click", () => change({ map: place, row: null, column: null }));
        return node;
      });
      maps.replaceChildren(...buttons);
    }
    shown.forEach((each, place) => {
      const values = { map: place, layer: names[state.layer], number: number(Math.max(...each.flat())) };
      const label = _("Feature map {map} of {layer}; its largest number is {number}.", values);
      grids[place].show(each, { label, most, words: null });
      maps.children[place].setAttribute("aria-pressed", place === found.map);
    });
  }

  function showInside(shown) {
    const { row, column, top, size, value, inputs } = found;
    const conv = found.kernel !== undefined;
    const before = { map: conv ? found.input : found.map, layer: state.layer };
    const source = state.layer === 0 ? _("the paper") : _("map {map} of layer {layer}", before);
    from.show(found.before, { label: _("What it reads of: {source}.", { source }), words: null });
    from.frame("window", { row: top[0], column: top[1], height: size, width: size });
    for (const part of [times, kernel, plus]) part.hidden = !conv;
    if (conv) {
      plus.textContent = `${inputs === 1 ? "" : "+ … "}+ ${number(found.bias)} →`;
      const label = _("The kernel of map {map} for {source}.", { map: found.map, source });
      kernel.show(found.kernel, { label, words: (x) => number(Math.round(100 * x) / 100) });
    }
    const place = { map: found.map, row, column };
    map.show(shown[found.map], { label: _("Map {map}, in which row {row}, column {column} is looked into.", place), words: null });
    map.frame("window", { row, column, height: 1, width: 1 });
    input.hidden = inputs === 1;
    input.set(found.input);
    const values = { ...place, size, value: number(value) };
    if (!conv) {
      sum.textContent = _("Map {map}, row {row}, column {column}: the largest of the {size} × {size} numbers in the window, {value}.", values);
      return;
    }
    Object.assign(values, { source, inputs, one: number(found.sums[found.input]), sum: number(found.total - found.bias) });
    Object.assign(values, { bias: number(found.bias), total: number(found.total) });
    sum.textContent =
      inputs === 1
        ? _("Map {map}, row {row}, column {column}: the sum of pixel × weight is {sum}, with the bias {bias} it is {total}, and relu makes it {value}.", values)
        : _("Map {map}, row {row}, column {column}: kernel × {source} makes {one}, and over all {inputs} maps {sum}, with the bias {bias} it is {total}, and relu makes it {value}.", values);
  }

  change({});
}

function describe(layer, place) {
  const values = { layer: place + 1, size: layer.size ?? layer.weights.length, filters: layer.bias?.length };
  if (layer.kind === "conv") return _("layer {layer}: {filters} filters {size}×{size}, relu", values);
  if (layer.kind === "pool") return _("layer {layer}: max pooling {size}×{size}", values);
  return _("layer {layer}: dense, softmax", values);
}

/** A share in percent; nothing is said to be certain that is not. */
function percent(share) {
  const most = `${100 * MOST_SURE}\u00a0%`;
  return share >= MOST_SURE ? _("over {share}", { share: most }) : `${(100 * share).toFixed(1)}\u00a0%`;
}

function blank() {
  return Array.from({ length: SIDE }, () => new Array(SIDE).fill(0));
}
