// All explorers by name, and their way into a page: as a widget of Jupyter's, or wherever a page has a place for one.

import { convolution } from "./convolution.js";
import { field } from "./field.js";
import { lenet } from "./lenet.js";
import { lens } from "./lens.js";
import { addressed, mount, mountAt } from "./mounting.js";
import { padding } from "./padding.js";
import { pooling } from "./pooling.js";

const EXPLORERS = { convolution, padding, pooling, field, lenet, lens };

/**
 * Put explorers into all places of a page: elements with the attribute data-explorer. Its address keeps what is set in each, under
 * the explorer's name, and from the second of a kind on with a number.
 */
export function mountAll(page = document) {
  const seen = {};
  for (const root of page.querySelectorAll("[data-explorer]")) {
    const { kind } = JSON.parse(root.dataset.explorer);
    seen[kind] = (seen[kind] ?? 0) + 1;
    mountAt(root, EXPLORERS[kind], addressed(seen[kind] === 1 ? kind : `${kind}-${seen[kind]}`));
  }
}

/** The widget: it hears what is set in the outputs of its place; only inside other widgets it is drawn itself. */
export default {
  initialize({ model }) {
    const hear = ({ detail: { place, settings } }) => {
      if (place === model.get("place")) tell(model, settings);
    };
    document.addEventListener("explorer-settings", hear);
    return () => document.removeEventListener("explorer-settings", hear);
  },
  render({ model, el }) {
    const root = document.createElement("div");
    el.append(root);
    const given = { settings: model.get("settings"), data: model.get("data"), translation: model.get("translation") };
    mount(root, EXPLORERS[model.get("kind")], given, (settings) => tell(model, settings));
  },
};

function tell(model, settings) {
  model.set("settings", settings);
  model.save_changes();
}
