// A stack of layers that the reader builds: what one unit of the last layer sees of the input.

import { span } from "./arithmetic.js";
import { button, drawn, element, onKeys, slider } from "./elements.js";
import { hatch } from "./grid.js";
import { _ } from "./words.js";

const MOST_LAYERS = 5;
const MOST_DRAWN = 60; // pixels
const DRAWN_ABOVE = 3; // units of the last layer
const LETTERS = 12; // CSS pixels high
const NARROW = 420; // CSS pixels: a longer name would cover the lines
const NEW = { f: 3, stride: 1, padding: 0, dilation: 1 };

export const STANDARD = { layers: [{ f: 3, stride: 2 }, { f: 3, stride: 1 }], unit: 1 };

/**
 * All numbers that this explorer states: the span of one unit's field, with the sum it comes from, and how many pixels of it are read.
 *
 * For every level, the input first: how many units are drawn, at which input pixel the first is centred and how far apart they are,
 * which of them the chosen unit of the last layer reads, how many places it spans there, and the zeros drawn before the first unit.
 * A zero of the padding is read, but comes from no unit further down.
 */
export function numbers({ layers, unit }) {
  const all = layers.map((layer) => ({ ...NEW, ...layer }));
  const levels = [{ start: 0, jump: 1 }];
  let [spans, jump, walk] = [1, 1, []];
  for (const { f, stride, padding, dilation } of all) {
    const more = (span(f, dilation) - 1) * jump;
    walk.push({ before: spans, f, dilation, jump, after: spans + more });
    spans += more;
    levels.push({ start: levels.at(-1).start + more / 2 - padding * jump, jump: jump * stride });
    jump *= stride;
  }
  Object.assign(levels.at(-1), { drawn: DRAWN_ABOVE, reads: [unit], spans: 1, zeros: 0 });
  for (let level = all.length; level > 0; level--) {
    const { f, stride, padding, dilation } = all[level - 1];
    const above = levels[level];
    const taps = Array.from({ length: f }, (_, tap) => tap * dilation - padding);
    const reads = new Set(above.reads.filter((place) => place >= 0).flatMap((place) => taps.map((tap) => place * stride + tap)));
    Object.assign(above, { taps, stride });
    Object.assign(levels[level - 1], {
      drawn: Math.max(1, (above.drawn - 1) * stride + span(f, dilation) - padding),
      reads: [...reads].sort((a, b) => a - b),
      spans: (above.spans - 1) * stride + span(f, dilation),
      zeros: padding,
    });
  }
  const pixels = levels[0].reads.filter((place) => place >= 0).length;
  return { spans, walk, pixels, zeros: levels[0].reads.length - pixels, levels };
}

export function field(root, settings, changed) {
  const state = { ...STANDARD, ...settings };
  const stack = element("div", { class: "layers" });
  const picture = drawn("svg", { role: "img" });
  const more = button(_("add a layer"), () => change({ layers: [...state.layers, NEW] }));
  const less = button(_("take the last away"), () => change({ layers: state.layers.slice(0, -1) }));
  const unit = slider(_("unit of the last layer"), { min: 0, max: DRAWN_ABOVE - 1 }, (value) => change({ unit: value }));
  const said = element("p", { class: "sum", "aria-live": "polite" });
  const note = element("p", {}, _("The span is the receptive field; where a stride is larger than its kernel, or a kernel is dilated, pixels in it may stay unread."));
  const stage = element("figure", { class: "axis", tabindex: 0, role: "group" }, picture);
  stage.setAttribute("aria-label", _("The layers. The left and right arrow keys choose the unit of the last layer."));
  root.append(stack, element("div", { class: "buttons" }, more, less), unit, stage, said, note);
  let [rows, found] = [[], null];

  onKeys(stage, (down, right) => change({ unit: Math.min(Math.max(0, state.unit + right), DRAWN_ABOVE - 1) }));
  new ResizeObserver(draw).observe(picture);

  function controls() {
    rows = state.layers.map((own, place) => {
      const layer = place + 1;
      const labels = {
        f: _("layer {layer}: kernel", { layer }),
        stride: _("layer {layer}: stride", { layer }),
        padding: _("layer {layer}: padding", { layer }),
        dilation: _("layer {layer}: dilation", { layer }),
      };
      const edit = (some) =>
        change({ layers: state.layers.map((layer, other) => (other === place ? { ...layer, ...some } : layer)) });
      return {
        f: slider(labels.f, { min: 1, max: 7 }, (f) => edit({ f })),
        stride: slider(labels.stride, { min: 1, max: 3 }, (stride) => edit({ stride })),
        padding: slider(labels.padding, { min: 0, max: 3 }, (padding) => edit({ padding })),
        dilation: slider(labels.dilation, { min: 1, max: 3 }, (dilation) => edit({ dilation })),
      };
    });
    stack.replaceChildren(...rows.map((row) => element("div", { class: "controls" }, ...Object.values(row))));
  }

  function change(some) {
    Object.assign(state, some);
    if (rows.length !== state.layers.length) controls();
    rows.forEach((row, place) => {
      for (const [name, control] of Object.entries(row)) control.set({ ...NEW, ...state.layers[place] }[name]);
    });
    more.disabled = state.layers.length >= MOST_LAYERS;
    less.disabled = state.layers.length <= 1;
    unit.set(state.unit);
    found = numbers(state);
    said.textContent = sentence(state, found);
    draw();
    changed({ ...state });
  }

  function draw() {
    const { levels, spans } = found;
    const zeros = Math.max(...levels.map((level) => Math.ceil(Math.max(0, level.zeros * level.jump - level.start))));
    const pixels = Math.min(Math.max(levels[0].drawn, 8), MOST_DRAWN);
    const width = pixels + zeros + 0.4;
    const room = picture.clientWidth || 640;
    const letters = (LETTERS * width) / room;
    const step = 1.4 + 1.6 * letters;
    const middle = ({ start, jump }, place) => start + place * jump + 0.5;
    const y = (level) => step * (levels.length - 1 - level) + 1.4 * letters;
    const [lines, squares, hatches, names] = [[], [], [], []];
    levels.forEach((level, height) => {
      const { zeros: before, drawn: count, reads } = level;
      for (let place = -before; place < count && middle(level, place) < MOST_DRAWN; place++) {
        const kind = `${place < 0 ? "zero" : "square"}${reads.includes(place) ? " seen" : ""}`;
        const square = drawn("rect", { x: middle(level, place) - 0.44, y: y(height), width: 0.88, height: 0.88, class: kind });
        if (height === levels.length - 1) square.addEventListener("click", () => change({ unit: place }));
        squares.push(square);
        if (place < 0) hatches.push(drawn("path", { class: "hatch", d: hatch(middle(level, place) - 0.44, y(height), 0.88) }));
      }
      names.push(drawn("text", { x: -zeros, y: y(height) - 0.75 * letters, class: "name", style: `font-size: ${letters}px` }, named(state, height, room < NARROW)));
      if (!height) return;
      for (const place of reads.filter((each) => each >= 0)) {
        for (const tap of level.taps) {
          const [x1, x2] = [middle(level, place), middle(levels[height - 1], place * level.stride + tap)];
          if (x2 < MOST_DRAWN) lines.push(drawn("line", { x1, y1: y(height) + 0.88, x2, y2: y(height - 1), class: "reading" }));
        }
      }
    });
    picture.setAttribute("viewBox", `${-zeros - 0.2} 0 ${width} ${y(0) + 1}`);
    const label = _("The input and {layers} layers above it along one axis. The chosen unit spans {spans} neighbouring pixels.", { layers: levels.length - 1, spans });
    picture.setAttribute("aria-label", label);
    picture.replaceChildren(...lines, ...squares, ...hatches, ...names);
    for (const name of names) name.before(behind(name));
  }

  change({});
}

/** Paper behind a name, so that no line crosses it. */
function behind(name) {
  const { x, y, width, height } = name.getBBox();
  return drawn("rect", { class: "behind", x, y, width, height });
}

function named({ layers }, level, short) {
  if (level === 0) return _("input");
  if (short) return _("layer {number}", { number: level });
  const { f, stride, padding, dilation } = { ...NEW, ...layers[level - 1] };
  const said = [_("layer {level}: kernel {f}, stride {stride}", { level, f, stride })];
  if (padding) said.push(_("padding {padding}", { padding }));
  if (dilation > 1) said.push(_("dilation {dilation}", { dilation }));
  return said.join(", ");
}

/** What is seen, with the walk from the input on: r ← r + (f − 1) · d · j, j ← j · s. */
function sentence({ layers }, { spans, walk, pixels, zeros, levels }) {
  const steps = walk.map(({ before, f, dilation, jump, after }) => `${before} + (${f} − 1)${dilation > 1 ? ` · ${dilation}` : ""} · ${jump} = ${after}`);
  const sum = steps.reduce((first, next) => _("{first}, then {next}", { first, next }));
  const said = [_("Along an axis, one unit of layer {layer} spans {spans} pixels: {sum}.", { layer: layers.length, spans, sum })];
  if (zeros) said.push(_("It reads only {pixels} of them, and {zeros} zeros of the padding.", { pixels, zeros }));
  else if (spans > pixels) said.push(_("It reads only {pixels} of them.", { pixels }));
  else said.push(_("It reads all {pixels} of them.", { pixels }));
  if (levels[0].drawn > MOST_DRAWN) said.push(_("Only the first {most} pixels are drawn.", { most: MOST_DRAWN }));
  return said.join(" ");
}
