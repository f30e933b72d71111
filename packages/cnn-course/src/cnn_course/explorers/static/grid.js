// Tables of numbers, drawn: as squares with the numbers in them, or, where they are many, painted.

import { element, number } from "./elements.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 0.1; // squares
const MOST_WITH_NUMBERS = 16; // squares side by side
const PALE = [[248, 190, 142], [206, 191, 235]]; // orange and purple that numbers can be read on
const FULL = [[217, 105, 20], [120, 84, 190]]; // 3:1 against white

/**
 * A table of numbers, drawn as squares: orange above zero, purple below.
 *
 * `show(table, {padding, label, most, words})` draws it with `padding` squares of zeros around it, the full colour at `most`, and in
 * each square what `words` makes of its number (nothing, if it is null or the squares are many); `frame(name, box)` moves a frame to
 * {row, column, height, width}, counted from the table's own first number, or hides it if there is no box.
 */
export function grid(title) {
  const painting = element("canvas", { "aria-hidden": "true" });
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("role", "img");
  const node = element("figure", {}, element("div", { class: "picture" }, painting, picture), element("figcaption", {}, title));
  const frames = {};
  let squares = [];
  let drawn = "";

  function build(rows, columns, padding, written) {
    const [height, width] = [rows + 2 * padding, columns + 2 * padding];
    const [tall, wide] = [height + 2 * MARGIN, width + 2 * MARGIN];
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
    numbers.forEach((value, place) => {
      const { square, text, shown } = squares[place];
      const share = value / scale;
      if (shown?.share === share && shown.value === value) return;
      squares[place].shown = { share, value };
      square.style.fill = `rgb(${colour(share, PALE).join(" ")})`;
      text.textContent = words(value);
      text.style.fontSize = `${Math.min(0.5, 1.5 / Math.max(1, text.textContent.length))}px`;
    });
  }

  function fill(numbers, scale) {
    const context = painting.getContext("2d");
    const pixels = context.createImageData(painting.width, painting.height);
    numbers.forEach((value, place) => pixels.data.set([...colour(value / scale, FULL), 255], 4 * place));
    context.putImageData(pixels, 0, 0);
  }

  node.show = (table, { padding = 0, label, most = null, words = number }) => {
    const [rows, columns] = [table.length, table[0]?.length ?? 0];
    const written = words !== null && Math.max(rows, columns) + 2 * padding <= MOST_WITH_NUMBERS;
    const wanted = [rows, columns, padding, written];
    if (drawn !== String(wanted)) build(...wanted);
    drawn = String(wanted);
    const numbers = table.flat();
    const scale = most ?? Math.max(1e-9, ...numbers.map(Math.abs));
    if (written) write(numbers, scale, words);
    else fill(numbers, scale);
    picture.setAttribute("aria-label", label);
  };

  node.frame = (name, box) => {
    frames[name] ??= picture.appendChild(document.createElementNS(SVG, "rect"));
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
  node.point = (touched) => picture.addEventListener("pointerdown", (event) => touched(...at(event)));

  /** The same, and for every square that is passed over until it is let go. */
  node.drag = (touched) => {
    picture.style.touchAction = "none";
    node.point(touched);
    picture.addEventListener("pointermove", (event) => event.buttons & 1 && touched(...at(event)));
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
      parts.push(`<text x="${x + 0.5}" y="${y + 0.5}" ${inside ? 'class="value"' : ""}>${inside ? "" : "0"}</text>`);
    }
  }
  return parts.join("");
}

/** The lines between squares that are painted below them. */
function withoutNumbers(rows, columns, padding) {
  const lines = (around) => {
    const [top, left, bottom, right] = [-around, -around, rows + around, columns + around];
    const across = Array.from({ length: bottom - top + 1 }, (_, i) => `M${left} ${top + i}H${right}`);
    const down = Array.from({ length: right - left + 1 }, (_, i) => `M${left + i} ${top}V${bottom}`);
    return [...across, ...down].join("");
  };
  return `${padding ? `<path class="zeros" d="${lines(padding)}"/>` : ""}<path class="lines" d="${lines(0)}"/>`;
}

/** Red, green and blue between white and orange for 0 to 1, and between white and purple for 0 to −1. */
function colour(share, [orange, purple]) {
  const strength = Math.min(1, Math.abs(share));
  return (share < 0 ? purple : orange).map((part) => Math.round(255 + strength * (part - 255)));
}
