// Choose first, then read: without JavaScript the page keeps its folded answers.

const name = `quiz: ${location.pathname.split("/").pop()}`;
const questions = [...document.querySelectorAll("article section")]
  .map((section) => ({ section, options: [...section.querySelectorAll(":scope > details")] }))
  .filter(({ options }) => options.length > 1);
const answers = remembered(); // a question's id -> the words of the option that was chosen
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
  const chosen = question.options.find((option) => words(option) === answers[question.section.id]);
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
  choices.append(element("legend", { textContent: "Your answer" }), ...options.map(choice));
  form.append(choices, element("button", { textContent: "Answer" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = options[new FormData(form).get("option")];
    answers[section.id] = words(chosen);
    remember();
    form.remove();
    reveal({ section, options }, chosen);
    chosen.querySelector("summary").focus();
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
    if (isRight(option)) mark(option, "right", option === chosen ? "✓ your answer" : "✓ right");
    else if (option === chosen) mark(option, "wrong", "✗ your answer");
  }
}

function mark(option, kind, text) {
  option.classList.add(kind);
  option.querySelector("summary").append(element("span", { className: "verdict", textContent: ` ${text}` }));
}

function count() {
  const isAnswer = ({ section }) => (option) => words(option) === answers[section.id];
  const answered = questions.filter((each) => each.options.some(isAnswer(each)));
  const right = answered.filter((each) => each.options.filter(isRight).some(isAnswer(each)));
  score.textContent = `${answered.length} of ${questions.length} answered, ${right.length} right`;
  again.hidden = answered.length === 0;
}

function scoreBar() {
  const bar = element("div", { className: "score" });
  const score = element("span");
  score.setAttribute("role", "status");
  const again = element("button", { type: "button", textContent: "Start again" });
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
  return option.querySelector("p strong")?.textContent === "Right.";
}

function words(option) {
  const summary = option.querySelector("summary").cloneNode(true);
  summary.querySelector(".verdict")?.remove();
  return summary.textContent.trim();
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
