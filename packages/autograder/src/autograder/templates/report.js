"use strict";
(() => {
  const one = (selector, where = document) => where.querySelector(selector);
  const all = (selector, where = document) => [...where.querySelectorAll(selector)];
  const made = (name, text, where) => {
    const it = document.createElement(name);
    it.textContent = text;
    where.append(it);
    return it;
  };

  // Sort: a click on a column's title, and another one for the other direction.
  const value = (row, column) => {
    const text = row.cells[column]?.textContent.trim() ?? "";
    const number = parseFloat(text.replace("−", "-"));
    return column && !Number.isNaN(number) ? number : column && /^[–…]?$/.test(text) ? null : text.toLowerCase();
  };
  const compare = (a, b) =>
    a === b ? 0 : a === null ? 1 : b === null ? -1
    : typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === "number" ? -1 : 1;
  const sort = (head) => {
    const table = head.closest("table"), body = table.tBodies[0], column = head.cellIndex;
    const down = head.getAttribute("aria-sort") === "ascending";
    all("th[aria-sort]", table).forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...body.rows].map((row) => [value(row, column), row]);
    rows.sort(([a], [b]) => (a === null || b === null ? compare(a, b) : (down ? -1 : 1) * compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  };
  for (const head of all(".sortable thead tr:first-child th")) {
    const button = document.createElement("button"), link = one("a", head);
    button.type = "button";
    if (link) {
      button.setAttribute("aria-label", "{{ _("Sort by") }} " + link.textContent);
      button.textContent = "↕";
      head.append(" ", button);
    } else {
      button.append(...(one("span", head) ?? head).childNodes);
      (one("span", head) ?? head).append(button);
    }
    button.addEventListener("click", () => sort(head));
  }

  // Search, and filters by status and by task.
  const search = one("#search"), status = one("#status"), task = one("#task"), shown = one("#shown");
  const tables = all("table.points"), matrix = one("#matrix");
  const name = (row) => row.cells[0].textContent;
  const lost = () => {
    if (!task.value) return null;
    const [, notebook, place] = /^a(\d+)t(\d+)$/.exec(task.value);
    const table = tables.find((each) => each.dataset.notebook === notebook);
    const column = table.tHead.rows[0].cells.length - all("th.task", table.tHead).length + Number(place);
    const failed = [...table.tBodies[0].rows].filter((row) => !/s4|gone|wait/.test(row.cells[column].className));
    return { table, names: new Set(failed.map(name)) };
  };
  const filter = () => {
    const part = search.value.trim().toLowerCase(), failed = lost();
    const fits = (row) => name(row).toLowerCase().includes(part) && (!failed || failed.names.has(name(row)));
    const of_status = new Set();
    for (const table of tables) {
      for (const row of table.tBodies[0].rows) {
        const has = !status.value || row.cells[1].textContent === status.value;
        if (has) of_status.add(name(row));
        row.hidden = !(has && fits(row));
      }
    }
    let count = 0;
    for (const row of matrix.tBodies[0].rows) {
      row.hidden = !(fits(row) && (!status.value || of_status.has(name(row))));
      count += !row.hidden;
    }
    shown.textContent = part || status.value || task.value ? `{{ _("%(shown)s of %(all)s students", shown="${count}", all="${matrix.tBodies[0].rows.length}") }}` : "";
  };
  one(".tools").hidden = false;
  one(".tools").addEventListener("submit", (event) => event.preventDefault());
  for (const each of [search, status, task]) each.addEventListener("input", filter);

  // A click on a cell shows what was said to this student.
  const unpacked = async () => {
    const bytes = Uint8Array.from(atob(one("#data").textContent), (each) => each.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  };
  let data;
  const show = async (cell, link) => {
    data ??= unpacked();
    const { students, notebooks, texts } = await data;
    const row = cell.closest("tr"), table = cell.closest("table"), notebook = notebooks[table.dataset.notebook];
    const place = cell.cellIndex - (row.cells.length - notebook.tasks.length);
    const [title, file, section, fragment] = notebook.tasks[place];
    const [said, pages] = notebook.rows[students.indexOf(name(row))];
    one("#cell-title").textContent = `{{ _("%(student)s: %(task)s, %(points)s points", student="${name(row)}", task="${title}", points="${cell.textContent}") }}`;
    const where = one("#cell-said");
    where.replaceChildren();
    for (const [kind, test, text] of said[place] ?? []) {
      made("p", `${notebook.kinds[kind]} (${test})`, where).className = "kind";
      made("pre", texts[text], where);
    }
    const links = document.createElement("p");
    const add = (text, address) => {
      if (links.childNodes.length) links.append(" · ");
      made("a", text, links).href = address;
    };
    add("{{ _("How many have this") }}", link.getAttribute("href"));
    if (pages[file]) add("{{ _("Feedback page") }}", pages[file]);
    if (pages[file] && section) add(`{{ _("There: %(section)s", section="${section}") }}`, `${pages[file]}#${fragment}`);
    else if (section) links.append(` · {{ _("Section: %(section)s", section="${section}") }}`);
    where.append(links);
    one("#cell").showModal();
  };
  for (const table of tables) {
    table.addEventListener("click", (event) => {
      const link = event.target.closest("td a");
      if (!link || event.ctrlKey || event.metaKey || !window.DecompressionStream) return;
      event.preventDefault();
      show(link.closest("td"), link);
    });
  }
  one("#cell").addEventListener("click", (event) => {
    if (event.target.closest("a") || event.target === one("#cell")) one("#cell").close();
  });

  // Of the many links of a table one is reached by Tab, and the others from it by the arrow keys.
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  for (const table of [matrix, ...tables]) {
    all("tbody a", table).slice(1).forEach((each) => (each.tabIndex = -1));
    table.addEventListener("keydown", (event) => {
      const step = steps[event.key], here = event.target.closest("tbody a");
      if (!step || !here) return;
      const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden);
      let x = here.parentNode.cellIndex, y = rows.indexOf(here.closest("tr"));
      for (;;) {
        [x, y] = [x + step[0], y + step[1]];
        const cell = rows[y]?.cells[x];
        if (!cell) return;
        const next = one("a", cell);
        if (next) {
          event.preventDefault();
          here.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
          return;
        }
      }
    });
  }

  // What an address names is opened, also where it lies in a fold.
  const open = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let it = target; it; it = it.parentElement) if (it.tagName === "DETAILS") it.open = true;
    one("details", target)?.setAttribute("open", "");
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", open);
  open();
})();
