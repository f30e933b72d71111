// What all explorers are made of: labelled controls, tables of numbers that are drawn, and a text that says what is seen.

const SVG = "http://www.w3.org/2000/svg";

/** An id that no other figure of the page has: each may have a copy of this module of its own. */
const fresh = () => `explorer-${Math.random().toString(36).slice(2)}`;

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function drawn(name, attributes, parent) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent.append(node);
  return node;
}

/** A slider with its value beside it; `set` shows another value and other bounds. */
export function slider(label, { min, max }, change) {
  const id = fresh();
  const input = element("input", { id, type: "range", min, max, step: 1 });
  const shown = element("output", { for: id });
  input.addEventListener("input", () => {
    shown.textContent = input.value;
    change(Number(input.value));
  });
  const node = element("div", { class: "control" }, element("label", { for: id }, label), input, shown);
  node.set = (value, bounds = { min, max }) => {
    Object.assign(input, { ...bounds, value });
    shown.textContent = value;
  };
  return node;
}

/** A list to choose one thing from; `options` is {value: what it is called}. */
export function choice(label, options, change) {
  const id = fresh();
  const select = element("select", { id });
  for (const [value, name] of Object.entries(options)) select.append(element("option", { value }, name));
  select.addEventListener("change", () => change(select.value));
  const node = element("div", { class: "control" }, element("label", { for: id }, label), select);
  node.set = (value) => {
    select.value = value;
  };
  return node;
}

/** A button. */
export function button(label, press) {
  const node = element("button", { type: "button" }, label);
  node.addEventListener("click", press);
  return node;
}

/** A number as text, with a real minus and no more than three decimals. */
export function number(value) {
  return String(Math.round(value * 1000) / 1000).replace("-", "−");
}

/** Whether the reader asked for less motion. */
export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * A table of numbers, drawn as squares: dark or orange where they are large, purple below zero.
 *
 * `show(table, {padding, label, paint})` draws it with `padding` squares of zeros around it; `frame(name, box)` moves a frame to
 * {row, column, height, width}, counted from the table's own first number, or hides it if there is no box.
 */
export function grid(title) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("role", "img");
  const caption = element("figcaption", {}, title);
  const node = element("figure", {}, picture, caption);
  const frames = {};
  let squares = [];
  let key = "";

  function build(rows, columns, padding) {
    const [height, width] = [rows + 2 * padding, columns + 2 * padding];
    picture.setAttribute("viewBox", `${-padding - 0.1} ${-padding - 0.1} ${width + 0.2} ${height + 0.2}`);
    node.style.setProperty("--side", width);
    picture.classList.toggle("fine", width > 16);
    const parts = []; // as one text: much faster than node by node
    for (let y = -padding; y < rows + padding; y++) {
      for (let x = -padding; x < columns + padding; x++) {
        const inside = y >= 0 && y < rows && x >= 0 && x < columns;
        parts.push(`<rect x="${x}" y="${y}" width="1" height="1" class="${inside ? "square" : "zero"}"/>`);
        if (height <= 16) parts.push(`<text x="${x + 0.5}" y="${y + 0.5}" ${inside ? 'class="value"' : ""}>${inside ? "" : "0"}</text>`);
      }
    }
    picture.innerHTML = parts.join("");
    const texts = picture.querySelectorAll(".value");
    squares = [...picture.querySelectorAll(".square")].map((square, place) => ({ square, text: texts[place] }));
    for (const name of Object.keys(frames)) delete frames[name];
  }

  node.show = (table, { padding = 0, label, most = null, words = number }) => {
    const [rows, columns] = [table.length, table[0]?.length ?? 0];
    if (key !== `${rows} ${columns} ${padding}`) {
      build(rows, columns, padding);
      key = `${rows} ${columns} ${padding}`;
    }
    const scale = most ?? Math.max(1e-9, ...table.flat().map(Math.abs));
    table.flat().forEach((value, place) => {
      const { square, text, shown } = squares[place];
      const share = value / scale;
      if (shown?.share === share && shown.value === value) return;
      squares[place].shown = { share, value };
      square.style.fill = paint(share);
      if (text) {
        text.textContent = words(value);
        text.style.fontSize = `${Math.min(0.5, 1.5 / Math.max(1, text.textContent.length))}px`;
      }
    });
    picture.setAttribute("aria-label", label);
  };

  node.frame = (name, box) => {
    frames[name] ??= drawn("rect", { class: `frame ${name}` }, picture);
    const { row = 0, column = 0, height = 0, width = 0 } = box ?? {};
    for (const [attribute, value] of Object.entries({ x: column, y: row, width, height })) {
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

/** A colour between white and orange for 0 to 1, and between white and purple for 0 to −1, pale enough for dark numbers on it. */
function paint(share) {
  const strength = Math.min(1, Math.abs(share)) * 0.7;
  const full = share < 0 ? [185, 163, 227] : [245, 162, 93];
  return `rgb(${full.map((part) => Math.round(255 + strength * (part - 255))).join(" ")})`;
}
