// How an explorer comes into an element, and which keys it keeps.

const MOVING = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", " ", "Enter"];
const WRITTEN_IN = "select, input:not([type=range]):not([type=checkbox])";

/** Put an explorer into an element; `changed` is called with its settings whenever they change. */
export function mount(root, explorer, { settings, data }, changed = () => {}) {
  root.replaceChildren();
  root.classList.add("explorer");
  keepKeys(root);
  explorer(root, settings, changed, data);
}

/** Put an explorer into the place that a page has for it, and tell the page what is set. */
export function mountAt(root, explorer) {
  const given = JSON.parse(root.dataset.explorer);
  mount(root, explorer, given, (settings) => {
    root.dispatchEvent(new CustomEvent("explorer-settings", { bubbles: true, detail: { place: given.place, settings } }));
  });
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
