// A small trained network, computed here: a digit, drawn or chosen, the feature maps of each layer, and what the network says.

import { button, choice, element, number } from "./elements.js";
import { grid } from "./grid.js";

const SIDE = 28;
const PEN = [[0, 0, 1], [0, 1, 0.6], [1, 0, 0.6], [0, -1, 0.6], [-1, 0, 0.6]]; // row, column, ink

export const STANDARD = { digit: 0, layer: 0 };

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

export function lens(root, settings, changed, { network, digits }) {
  const state = { ...STANDARD, ...settings };
  let image = null;
  let pen = { row: SIDE / 2, column: SIDE / 2, down: false };

  const names = network.map((layer, place) => describe(layer, place));
  const chosen = choice("a digit", Object.fromEntries(digits.map((_, label) => [label, `a handwritten ${label}`])), (value) => change({ digit: Number(value) }));
  const layer = choice("show the maps of", Object.fromEntries(names.slice(0, -1).map((name, place) => [place, name])), (value) => change({ layer: Number(value) }));
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
  root.append(element("div", { class: "controls" }, chosen, layer), stage, element("div", { class: "buttons" }, clear), verdict, list, maps);

  const answers = Array.from({ length: 10 }, () => list.appendChild(element("li")));
  let grids = [];

  paper.drag((row, column) => {
    draw(row, column);
    show();
  });
  stage.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], " ": [0, 0] }[event.key];
    if (!by) return;
    event.preventDefault();
    pen.row = Math.min(Math.max(0, pen.row + by[0]), SIDE - 1);
    pen.column = Math.min(Math.max(0, pen.column + by[1]), SIDE - 1);
    if (event.key === " ") draw(pen.row, pen.column);
    show();
  });

  function draw(row, column) {
    for (const [down, right, ink] of PEN) {
      const line = image[row + down];
      if (line && column + right in line) line[column + right] = Math.min(1, line[column + right] + ink);
    }
    pen = { row, column };
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
    const found = outputs(network, image);
    paper.show(image, { label: "The digit that the network reads.", most: 1, words: null });
    paper.frame("place", { row: pen.row, column: pen.column, height: 1, width: 1 });
    const shown = found[state.layer];
    if (grids.length !== shown.length) {
      grids = shown.map((_, map) => grid(`map ${map}`));
      maps.replaceChildren(...grids);
    }
    const most = Math.max(1e-9, ...shown.flat(2));
    shown.forEach((map, place) => {
      const largest = number(Math.max(...map.flat()));
      grids[place].show(map, { label: `Feature map ${place} of ${names[state.layer]}; its largest number is ${largest}.`, most, words: null });
    });
    const shares = found.at(-1);
    const best = shares.indexOf(Math.max(...shares));
    verdict.textContent = `The network says ${best}, with probability ${percent(shares[best])}.`;
    answers.forEach((answer, label) => {
      answer.textContent = `${label}: ${percent(shares[label])}`;
      answer.style.setProperty("--share", `${100 * shares[label]}%`);
    });
  }

  change({});
}

function describe(layer, place) {
  if (layer.kind === "conv") return `layer ${place + 1}: ${layer.bias.length} filters ${layer.weights.length}×${layer.weights.length}, relu`;
  if (layer.kind === "pool") return `layer ${place + 1}: max pooling ${layer.size}×${layer.size}`;
  return `layer ${place + 1}: dense, softmax`;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

function blank() {
  return Array.from({ length: SIDE }, () => new Array(SIDE).fill(0));
}
