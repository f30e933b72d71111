// Choose first, then read: without JavaScript the page keeps its folded answers.

import { _ } from "./say.js";

const name = `quiz: ${location.pathname.split("/").pop()}`;
const questions = [...document.querySelectorAll("article section")]
  .map((section) => ({ section, options: [...section.querySelectorAll(":scope > details")] }))
  .filter(({ options }) => options.length > 1);
const answers = remembered(); // a question's id -> which of its options was chosen, in any language
const { bar, score, again } = scoreBar();

questions.forEach(start);
document.querySelector("article").append(bar);
count();

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

function remember() {
  try {
    localStorage.setItem(name, JSON.stringify(answers));
  } catch {
    // Where a browser keeps nothing, the answers live as long as the page.
  }
}

function start(question) {
  const chosen = question.options[answers[question.section.id]];
  if (chosen) reveal(question, chosen);
  else ask(question);
}

function ask({ section, options }) {
  for (const option of options) {
    option.hidden = true;
    option.open = false;
    option.classList.remove("right", "wrong");
    option.querySelector(".verdict")?.remove();
  }
  const form = element("form", { className: "question" });
  const choices = element("fieldset");
  choices.append(element("legend", { textContent: _("Your answer") }), ...options.map(choice));
  form.append(choices, element("button", { textContent: _("Answer") }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const place = Number(new FormData(form).get("option"));
    answers[section.id] = place;
    remember();
    form.remove();
    reveal({ section, options }, options[place]);
    options[place].querySelector("summary").focus();
    count();
  });
  options[0].before(form);
}

function choice(option, place) {
  const label = element("label");
  const text = element("span");
  text.append(...[...option.querySelector("summary").childNodes].map((each) => each.cloneNode(true)));
  label.append(element("input", { type: "radio", name: "option", value: place, required: true }), text);
  return label;
}

function reveal({ options }, chosen) {
  for (const option of options) {
    option.hidden = false;
    option.open = option === chosen;
    if (isRight(option)) mark(option, "right", option === chosen ? _("✓ your answer") : _("✓ right"));
    else if (option === chosen) mark(option, "wrong", _("✗ your answer"));
  }
}

function mark(option, kind, text) {
  option.classList.add(kind);
  option.querySelector("summary").append(element("span", { className: "verdict", textContent: ` ${text}` }));
}

function count() {
  const answered = questions.map(({ section, options }) => options[answers[section.id]]).filter(Boolean);
  const right = answered.filter(isRight);
  const numbers = { answered: answered.length, questions: questions.length, right: right.length };
  score.textContent = _("{answered} of {questions} answered, {right} right", numbers);
  again.hidden = answered.length === 0;
}

function scoreBar() {
  const bar = element("div", { className: "score" });
  const score = element("span");
  score.setAttribute("role", "status");
  const again = element("button", { type: "button", textContent: _("Start again") });
  again.addEventListener("click", () => {
    for (const id of Object.keys(answers)) delete answers[id];
    remember();
    document.querySelectorAll("form.question").forEach((form) => form.remove());
    questions.forEach(ask);
    count();
    questions[0].section.querySelector("input").focus();
  });
  bar.append(score, again);
  return { bar, score, again };
}

function isRight(option) {
  return option.dataset.right !== undefined; // as pages.py has marked it
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
