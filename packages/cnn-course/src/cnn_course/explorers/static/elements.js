// What all explorers are made of: labelled controls, and numbers as text.

import { _ } from "./words.js";

/** An id that no other figure of the page has: each may have a copy of this module of its own. */
const fresh = () => `explorer-${Math.random().toString(36).slice(2)}`;

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** The same for a drawing. */
export function drawn(name, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Make a node answer to arrow keys by `move(down, right)`, and to other keys by functions of their names. */
export function onKeys(node, move, others = {}) {
  const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  node.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || !(key in arrows || key in others)) return;
    event.preventDefault();
    event.stopPropagation();
    if (key in arrows) move(...arrows[key]);
    else others[key]();
  });
}

/** A slider with its value beside it, and buttons for fingers; `set` shows another value, and another label if there is one. */
export function slider(label, { min, max }, change) {
  const id = fresh();
  const input = element("input", { id, type: "range", min, max, step: 1 });
  const shown = element("output", { for: id });
  input.addEventListener("input", () => {
    change(Number(input.value));
  });
  const step = (sign, name, move) => {
    const node = button(sign, () => {
      move();
      change(Number(input.value));
    });
    // Who has keys has those of the slider.
    for (const [key, value] of Object.entries({ class: "step", "aria-label": name, "aria-controls": id, tabindex: -1 })) node.setAttribute(key, value);
    return node;
  };
  const [less, more] = [step("−", _("one less"), () => input.stepDown()), step("+", _("one more"), () => input.stepUp())];
  const node = element("div", { class: "control slider" }, element("label", { for: id }, label), less, input, more, shown);
  node.set = (value, name = label) => {
    input.value = value;
    shown.textContent = String(value).replace("-", "−");
    node.querySelector("label").textContent = name;
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
