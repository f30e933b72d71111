// The search knows US spelling and British as one, takes a word that stands nowhere for the one most like it, and leads to the
// section of a page that has most of what was typed.

import { _ } from "./say.js";

const LONG = 7; // letters of a word in which two may be wrong; those of a Korean syllable count each
const HANGUL = /[가-힣]/;

const plainStem = new EnglishStemmer();
window.Stemmer = class {
  stemWord(word) {
    return plainStem.stemWord(kept(word));
  }
};

const find = Search.query;
Search.query = (query) => {
  const stems = Object.keys({ ...Search._index.terms, ...Search._index.titleterms });
  const names = Object.keys({ ...Search._index.alltitles, ...Search._index.indexentries });
  const words = [...new Set(splitQuery(names.join(" ").toLowerCase()).map((word) => (HANGUL.test(word) ? kept(word) : word)))];
  const corrected = splitQuery(query).map((word) => {
    return { word, meant: meantBy(word.toLowerCase(), words, stems) ?? word };
  });
  const others = corrected.filter(({ word, meant }) => meant !== word);
  find(others.length ? corrected.map(({ meant }) => meant).join(" ") : query);
  for (const { word, meant } of others) say(_("No page has “{word}”. Here is “{meant}”:", { word, meant }));
};

const summarize = Search.makeSearchSummary;
Search.makeSearchSummary = (page, stems, anchor) => {
  if (anchor) return summarize(page, stems, anchor);
  const section = fullest(page, stems);
  const summary = summarize(page, stems, section && `#${CSS.escape(section)}`);
  // Sphinx puts the summary beside its link before anything else happens.
  if (section) queueMicrotask(() => (summary.closest("li").querySelector("a").hash = section));
  return summary;
};

/** The id of the section in which these stems stand most often, without the sections in it. */
function fullest(page, stems) {
  const sections = new DOMParser().parseFromString(page, "text/html").querySelectorAll('[role="main"] section[id]');
  const stemmer = new Stemmer();
  const counted = [...sections].map((section) => {
    section = section.cloneNode(true);
    section.querySelectorAll("section, script, style, .explorer").forEach((each) => each.remove());
    const words = splitQuery(section.textContent.toLowerCase()).map((word) => stemmer.stemWord(word));
    const counts = [...stems].map((stem) => words.filter((word) => word.includes(stem)).length);
    return { id: section.id, kinds: counts.filter(Boolean).length, count: counts.reduce((sum, each) => sum + each, 0) };
  });
  const [most] = counted.sort((a, b) => b.kinds - a.kinds || b.count - a.count);
  return most?.count ? most.id : undefined;
}

function say(text) {
  const line = document.createElement("p");
  line.className = "corrected";
  line.setAttribute("role", "status");
  line.textContent = text;
  Search.output.before(line);
}

/** What is most like a word that no page has: a whole word of the titles and the glossary, or a stem of the texts. */
function meantBy(word, words, stems) {
  const stem = new Stemmer().stemWord(word);
  if (stopwords.has(word) || /^\d+$/.test(word) || stems.some((each) => each.includes(stem))) return undefined;
  const most = letters(kept(word)).length < LONG ? 1 : 2;
  const likely = [
    ...words.map((each) => [each, distance(kept(word), kept(each), most)]),
    ...stems.map((each) => [each, distance(stem, each, most)]),
  ];
  const [nearest] = likely.filter(([, far]) => far <= most).sort(([, far], [, farther]) => far - farther);
  return nearest?.[0];
}

/** A word as the index keeps it: in US spelling, a Korean one without its particles. */
function kept(word) {
  return SPELLINGS.reduce((text, [spelling, other]) => text.replace(new RegExp(spelling), other), word);
}

function letters(word) {
  return word.normalize("NFD");
}

/** How many letters must be put in, left out, replaced or swapped; what is above `most` is not told apart. */
function distance(one, other, most) {
  const [a, b] = [letters(one), letters(other)];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
