// Tables of numbers, drawn: as squares with the numbers in them, or, where they are many, painted.

import { drawn, element, number } from "./elements.js";

const MARGIN = 0.1; // squares
const MOST_WITH_NUMBERS = 16; // squares side by side
const [ORANGE, PURPLE] = [[217, 105, 20], [132, 96, 202]]; // 3:1 against the paper, light and dark

/**
 * A table of numbers, drawn as squares: orange above zero, purple below.
 *
 * `show(table, {padding, label, most, words})` draws it with `padding` squares of zeros around it, the full colour at `most`, and in
 * each square what `words` makes of its number (nothing, if it is null or the squares are many); `frame(name, box)` moves a frame to
 * {row, column, height, width}, counted from the table's own first number, or hides it if there is no box.
 */
export function grid(title) {
  const painting = element("canvas", { "aria-hidden": "true" });
  const picture = drawn("svg", { role: "img" });
  const node = element("figure", {}, element("div", { class: "picture" }, painting, picture), element("figcaption", {}, title));
  const frames = {};
  let squares = [];
  let built = "";

  function build(rows, columns, padding, written) {
    const [height, width] = [rows + 2 * padding, columns + 2 * padding];
    const [tall, wide] = [height + 2 * MARGIN, width + 2 * MARGIN];
    picture.toggleAttribute("hidden", !height);
    picture.setAttribute("viewBox", `${-padding - MARGIN} ${-padding - MARGIN} ${wide} ${tall}`);
    node.style.setProperty("--side", width);
    picture.innerHTML = written ? withNumbers(rows, columns, padding) : withoutNumbers(rows, columns, padding);
    const texts = picture.querySelectorAll(".value");
    squares = [...picture.querySelectorAll(".square")].map((square, place) => ({ square, text: texts[place] }));
    for (const name of Object.keys(frames)) delete frames[name];
    [painting.width, painting.height] = written ? [0, 0] : [columns, rows];
    const box = { left: (MARGIN + padding) / wide, top: (MARGIN + padding) / tall, width: columns / wide, height: rows / tall };
    for (const [side, share] of Object.entries(box)) painting.style[side] = `${100 * share}%`;
  }

  function write(numbers, scale, words) {
    const longest = Math.max(...numbers.map((value) => words(value).length));
    picture.style.setProperty("--letters", `${Math.min(0.5, 1.45 / longest)}px`);
    numbers.forEach((value, place) => {
      const { square, text, shown } = squares[place];
      const share = value / scale;
      if (shown?.share === share && shown.value === value) return;
      squares[place].shown = { share, value };
      const strength = 100 * Math.min(1, Math.abs(share));
      square.style.fill = `color-mix(in srgb, var(${share < 0 ? "--below" : "--above"}) ${strength}%, var(--paper))`;
      text.textContent = words(value);
    });
  }

  function fill(numbers, scale) {
    const context = painting.getContext("2d");
    const pixels = context.createImageData(painting.width, painting.height);
    numbers.forEach((value, place) => {
      const strength = Math.min(1, Math.abs(value / scale));
      pixels.data.set([...(value < 0 ? PURPLE : ORANGE), 255 * strength], 4 * place);
    });
    context.putImageData(pixels, 0, 0);
  }

  node.show = (table, { padding = 0, label, most = null, words = number }) => {
    const [rows, columns] = [table.length, table[0]?.length ?? 0];
    const written = words !== null && Math.max(rows, columns) + 2 * padding <= MOST_WITH_NUMBERS;
    const wanted = [rows, columns, padding, written];
    if (built !== String(wanted)) build(...wanted);
    built = String(wanted);
    const numbers = table.flat();
    const scale = most ?? Math.max(1e-9, ...numbers.map(Math.abs));
    if (written) write(numbers, scale, words);
    else fill(numbers, scale);
    picture.setAttribute("aria-label", label);
  };

  node.frame = (name, box) => {
    frames[name] ??= picture.appendChild(drawn("rect"));
    const { row = 0, column = 0, height = 0, width = 0 } = box ?? {};
    for (const [attribute, value] of Object.entries({ class: `frame ${name}`, x: column, y: row, width, height })) {
      frames[name].setAttribute(attribute, value);
    }
    frames[name].style.display = box ? "" : "none";
  };

  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    return [Math.floor(point.y), Math.floor(point.x)];
  };

  /** Call a function with row and column of the square that is touched. */
  node.point = (touched) => picture.addEventListener("click", (event) => touched(...at(event)));

  /**
   * Call a function with the squares that are passed over from touch to release, without gaps however fast the pointer is:
   * [[row, column], …]. A finger draws too and doesn't scroll the page.
   */
  node.drag = (passed) => {
    node.classList.add("painted");
    let last = null;
    picture.addEventListener("pointerdown", (event) => {
      picture.setPointerCapture(event.pointerId);
      last = at(event);
      passed([last]);
    });
    picture.addEventListener("pointermove", (event) => {
      if (!last || !(event.buttons & 1)) return;
      const through = event.getCoalescedEvents?.() ?? [];
      for (const each of through.length ? through : [event]) {
        const next = at(each);
        const squares = between(last, next);
        if (squares.length) passed(squares);
        last = next;
      }
    });
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => (last = null));
  };
  return node;
}

/** A square for each number, with a place for its text, and squares of zeros around them: as one text, much faster than node by node. */
function withNumbers(rows, columns, padding) {
  const parts = [];
  for (let y = -padding; y < rows + padding; y++) {
    for (let x = -padding; x < columns + padding; x++) {
      const inside = y >= 0 && y < rows && x >= 0 && x < columns;
      parts.push(`<rect x="${x}" y="${y}" width="1" height="1" class="${inside ? "square" : "zero"}"/>`);
      if (!inside) parts.push(`<path class="hatch" d="${hatch(x, y)}"/>`);
      parts.push(`<text x="${x + 0.5}" y="${y + 0.5}" ${inside ? 'class="value"' : ""}>${inside ? "" : "0"}</text>`);
    }
  }
  return parts.join("");
}

/** The slanting lines by which a zero of the padding, the square at x and y, is told from a pixel whose value is 0. */
export function hatch(x, y, size = 1) {
  const [half, all] = [size / 2, size];
  return `M${x} ${y + half}l${half} ${-half}M${x} ${y + all}l${all} ${-all}M${x + half} ${y + all}l${half} ${-half}`;
}

/** The lines between squares that are painted below them. */
function withoutNumbers(rows, columns, padding) {
  const lines = (around) => {
    const [top, left, bottom, right] = [-around, -around, rows + around, columns + around];
    const across = Array.from({ length: bottom - top + 1 }, (_, i) => `M${left} ${top + i}H${right}`);
    const down = Array.from({ length: right - left + 1 }, (_, i) => `M${left + i} ${top}V${bottom}`);
    return [...across, ...down].join("");
  };
  const hatches = [];
  for (let y = -padding; y < rows + padding; y++) {
    for (let x = -padding; x < columns + padding; x++) {
      if (y < 0 || y >= rows || x < 0 || x >= columns) hatches.push(hatch(x, y));
    }
  }
  const zeros = `<path class="zeros" d="${lines(padding)}"/><path class="hatch" d="${hatches.join("")}"/>`;
  return `${padding ? zeros : ""}<path class="lines" d="${lines(0)}"/>`;
}

/** The squares from one, which is left out, to another: neighbours, like steps of a king. */
export function between([row, column], [toRow, toColumn]) {
  const steps = Math.max(Math.abs(toRow - row), Math.abs(toColumn - column));
  return Array.from({ length: steps }, (_, step) => {
    const share = (step + 1) / steps;
    return [Math.round(row + share * (toRow - row)), Math.round(column + share * (toColumn - column))];
  });
}
