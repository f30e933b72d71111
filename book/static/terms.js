// What a term means, shown beside a link to the glossary while it is pointed at or has the focus, and where it is tapped.

import { _ } from "./say.js";

const DELAY = 150; // milliseconds: long enough to move the pointer onto the preview
const links = document.querySelectorAll('article a[href*="#term-"]:not(.headerlink)');
const preview = Object.assign(document.createElement("div"), { id: "preview", hidden: true });
preview.setAttribute("role", "tooltip");
let glossary, shown, tapped, leaving;

if (links.length) document.body.append(preview);
for (const link of links) {
  link.addEventListener("mouseenter", () => show(link));
  link.addEventListener("focus", () => show(link));
  link.addEventListener("mouseleave", leave);
  link.addEventListener("blur", hide);
  link.addEventListener("click", (event) => event.pointerType === "touch" && tap(event, link));
}
preview.addEventListener("mouseenter", () => clearTimeout(leaving));
preview.addEventListener("mouseleave", leave);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("pointerdown", (event) => event.target.closest("a") !== tapped && hide());

/** The first tap shows what a term means, the second follows its link. */
async function tap(event, link) {
  if (tapped === link) return;
  event.preventDefault();
  await show(link);
  tapped = link;
  const hint = document.createElement("small");
  hint.textContent = _("Tap the word again for the glossary.");
  preview.append(hint);
}

async function show(link) {
  hide();
  shown = link;
  const parts = await explanation(new URL(link.href));
  if (shown !== link || !parts) return;
  preview.replaceChildren(...parts);
  preview.hidden = false;
  link.setAttribute("aria-describedby", preview.id);
  place(link);
}

function leave() {
  leaving = setTimeout(hide, DELAY);
}

function hide() {
  clearTimeout(leaving);
  shown?.removeAttribute("aria-describedby");
  shown = tapped = undefined;
  preview.hidden = true;
}

/** The term, its Korean equivalent and what it means, from the glossary's page, which is fetched once. */
async function explanation(url) {
  glossary ??= fetch(url.pathname)
    .then((answer) => answer.text())
    .then((text) => new DOMParser().parseFromString(text, "text/html"));
  let term = (await glossary.catch(() => undefined))?.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (!term) return undefined;
  while (term.previousElementSibling?.matches("dt")) term = term.previousElementSibling;
  const names = document.createElement("strong");
  let next = term;
  for (; next?.matches("dt"); next = next.nextElementSibling) {
    names.append(names.hasChildNodes() ? " · " : "", ...name(next));
  }
  const meaning = document.createElement("p");
  meaning.append(...next.querySelector("p").cloneNode(true).childNodes);
  meaning.querySelectorAll("a").forEach((each) => each.replaceWith(...each.childNodes));
  return [names, meaning];
}

function name(term) {
  return [...term.childNodes].filter((each) => !each.matches?.(".headerlink")).map((each) => each.cloneNode(true));
}

/** Under the link, or over it where there is no room, and inside the window. */
function place(link) {
  const at = link.getClientRects()[0];
  const room = document.documentElement.clientWidth - preview.offsetWidth - 8;
  const under = at.bottom + preview.offsetHeight < innerHeight;
  preview.style.left = `${scrollX + Math.max(8, Math.min(at.left, room))}px`;
  preview.style.top = `${scrollY + (under ? at.bottom : at.top - preview.offsetHeight)}px`;
}
