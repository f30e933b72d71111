// What the figures say, in the language of the notebook.

const translated = {};

/** Have an element filled in another language, {language, words: {English: in that language}}, or in English if there is none. */
export function speak(root, translation) {
  if (!translation?.language) return;
  root.lang = translation.language;
  Object.assign(translated, translation.words); // a page may have several figures
}

/** A sentence in the language of the notebook, with values in its braces. */
export function _(english, values = {}) {
  return (translated[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => values[name]);
}
