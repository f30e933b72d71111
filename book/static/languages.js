// A link to the page in another language leads to where the reader is.

for (const link of document.querySelectorAll("a.other-language")) {
  for (const way of ["pointerdown", "focus", "click"]) link.addEventListener(way, () => (link.hash = place()));
}

/** The id of the section, or of the glossary's term, that is read: the one that was asked for, or the last that begins near the top. */
function place() {
  const asked = document.querySelector(":target");
  const top = (each) => each.getBoundingClientRect().top;
  if (asked && top(asked) >= 0 && top(asked) < innerHeight) return asked.id;
  if (scrollY < 1) return "";
  const begun = [...document.querySelectorAll("article :is(section, dt)[id]")].filter((each) => top(each) < innerHeight / 4);
  return begun.at(-1)?.id ?? "";
}
