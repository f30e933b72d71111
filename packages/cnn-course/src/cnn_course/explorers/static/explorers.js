// All explorers by name, and their way into a page: as a widget of Jupyter's, or wherever a page has a place for one.

import { convolution } from "./convolution.js";
import { field } from "./field.js";
import { lenet } from "./lenet.js";
import { lens } from "./lens.js";
import { padding } from "./padding.js";
import { pooling } from "./pooling.js";

const EXPLORERS = { convolution, padding, pooling, field, lenet, lens };

/** Put the explorer of this name into an element; `changed` is called with its settings whenever they change. */
export function mount(root, { kind, settings, data }, changed = () => {}) {
  root.replaceChildren();
  root.classList.add("explorer");
  // JupyterLab takes arrow keys for its own, except where the element that has the focus says no.
  root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
  EXPLORERS[kind](root, settings, changed, data);
}

/** Put explorers into all places of a page: elements with the attribute data-explorer, which holds what `mount` takes. */
export function mountAll(page = document) {
  for (const root of page.querySelectorAll("[data-explorer]")) mount(root, JSON.parse(root.dataset.explorer));
}

export default {
  render({ model, el }) {
    const root = document.createElement("div");
    el.append(root);
    mount(root, { kind: model.get("kind"), settings: model.get("settings"), data: model.get("data") }, (settings) => {
      model.set("settings", settings);
      model.save_changes();
    });
  },
};
