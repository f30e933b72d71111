// How an explorer comes into an element, which keys it keeps, and how a page's address keeps what is set.

import { button, element } from "./elements.js";
import { _, speak } from "./words.js";

const MOVING = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", " ", "Enter"];
const WRITTEN_IN = "select, input:not([type=range]):not([type=checkbox])";
const MILLISECONDS_OF_REST = 300; // browsers refuse an address that changes at every step of a slider

/** Put an explorer into an element, with a button that starts it again; `changed` is called with its settings whenever they change. */
export function mount(root, explorer, { settings, data, translation }, changed) {
  speak(root, translation);
  const body = element("div");
  const fill = (some) => {
    body.replaceChildren();
    explorer(body, some, changed, data);
  };
  root.classList.add("explorer");
  root.replaceChildren(body, element("div", { class: "buttons" }, button(_("reset"), () => fill(settings))));
  keepKeys(root);
  fill(settings);
  return fill;
}

/** Put an explorer into the place that a page has for it, and tell the page what is set; `address` may keep that, see `addressed`. */
export function mountAt(root, explorer, address = null) {
  const { place, ...given } = JSON.parse(root.dataset.explorer);
  const fill = mount(root, explorer, given, (now) => {
    address?.write(now);
    root.dispatchEvent(new CustomEvent("explorer-settings", { bubbles: true, detail: { place, settings: now } }));
  });
  const kept = address?.read();
  if (kept) fill(kept);
}

/** What a page's address keeps of one explorer under a name: those settings that are not as they were first. */
export function addressed(name) {
  let [first, timer] = [null, null];
  return {
    read() {
      try {
        const kept = JSON.parse(new URL(location.href).searchParams.get(name));
        return kept && { ...first, ...kept };
      } catch {
        return null; // whoever cut the link in two sees the first state
      }
    },
    write(settings) {
      first ??= settings;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const url = new URL(location.href);
        const other = Object.entries(settings).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(first[key]));
        if (other.length) url.searchParams.set(name, JSON.stringify(Object.fromEntries(other)));
        else url.searchParams.delete(name);
        history.replaceState(history.state, "", url);
      }, MILLISECONDS_OF_REST);
    },
  };
}

/** Whether the control that has the focus does something by this key; whatever is pressed with Ctrl, Cmd or Alt is not for it. */
function isUsed({ key, ctrlKey, metaKey, altKey, shiftKey, target }) {
  if (ctrlKey || metaKey || altKey) return false;
  if (key.length === 1 || key === "Backspace" || key === "Delete") return key === " " || target.matches(WRITTEN_IN);
  return MOVING.includes(key) && !(shiftKey && key === "Enter");
}

/** JupyterLab takes every key for a shortcut of its own, except where the element that has the focus says no: decided key by key. */
function keepKeys(root) {
  const decide = (event) => {
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", isUsed(event));
  };
  root.addEventListener("focusin", () => window.addEventListener("keydown", decide, true));
  root.addEventListener("focusout", () => window.removeEventListener("keydown", decide, true));
}
