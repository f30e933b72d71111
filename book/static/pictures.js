// A picture that is tapped is shown at its full size; without JavaScript its link leads to the picture itself.

import { _ } from "./say.js";

const dialog = document.createElement("dialog");
dialog.className = "picture";
dialog.setAttribute("aria-label", _("The picture at its full size"));
const frame = Object.assign(document.createElement("div"), { tabIndex: 0 });
const close = Object.assign(document.createElement("button"), { type: "button", textContent: _("Close") });
const picture = frame.appendChild(document.createElement("img"));
dialog.append(close, frame);

close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it

for (const link of document.querySelectorAll("a.whole-picture")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    picture.src = link.href;
    picture.alt = link.firstElementChild.alt;
    const width = link.firstElementChild.getAttribute("width"); // a figure has more pixels than that
    picture.style.width = width ? `${width}px` : "auto";
    document.body.append(dialog);
    dialog.showModal();
  });
}
