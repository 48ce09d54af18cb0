// The window of the search: a question, what answers it, and what narrows the answers. Texts are never read as markup.
import { ask, filters, shown } from "./moteur.js";
import { readings } from "./mots.js";

const PAUSE = 180; // milliseconds without typing before a question is asked
const LONG = 400; // milliseconds of waiting before a reader is told
const MOST = 300; // signs of a question
const STEP = 6; // results that are shown at a time
const KEY = "essaim.recherche.touche"; // as in essaim-recherche.js

const make = (name, { text, ...attributes } = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...(text === undefined ? [] : [text]), ...children);
  return element;
};

const close = make("button", { type: "button", class: "essaim-recherche-fermer", text: "Fermer" });
const input = make("input", {
  type: "search", id: "essaim-recherche-question", name: "q", autocomplete: "off", autocapitalize: "none",
  spellcheck: "false", enterkeyhint: "search", maxlength: MOST, "aria-describedby": "essaim-recherche-aide",
});
const aid = make("p", { id: "essaim-recherche-aide", class: "essaim-recherche-aide", text: "Quelques mots, ou une question. Avec ou sans accents." });
const form = make("form", { role: "search" },
  make("label", { for: input.id, text: "Que cherchez-vous ?" }), input, aid);
const choices = make("div", { class: "essaim-recherche-choix" });
const summary = make("summary", { text: "Filtrer" });
const narrowing = make("details", { class: "essaim-recherche-filtres" }, summary, choices);
const status = make("p", { role: "status", class: "essaim-recherche-compte" });
const correction = make("p", { class: "essaim-recherche-correction", hidden: "" });
const list = make("ol", { class: "essaim-recherche-resultats" });
const more = make("button", { type: "button", class: "essaim-recherche-suite", text: "Montrer la suite", hidden: "" });
const key = make("input", { type: "checkbox" });
const settings = make("p", { class: "essaim-recherche-touche" }, make("label", {}, key, " Ouvrir la recherche avec la touche « / »"));
const dialog = make("dialog", { class: "essaim-recherche", "aria-label": "Rechercher dans le wiki" },
  make("div", { class: "essaim-recherche-cadre" }, close, form, narrowing, status, correction, list, more, settings));
document.body.append(dialog);

const chosen = new Map(); // name of a filter → its chosen values
let known = null; // the filters with their values, once they were asked for
let answer = { pages: [], corrected: "", words: [] };
let pages = []; // those of the answer that the filters leave
let asked = 0; // counts questions: only the last one is answered
let timer = 0;
let isLeaving = false; // a result is followed: the address keeps the question, for one who comes back

/** Open the window; with `address`, on the question and the filters that the address holds. */
export async function open({ address = false } = {}) {
  key.checked = localStorage.getItem(KEY) !== "non";
  isLeaving = false;
  if (!dialog.open) dialog.showModal();
  input.focus();
  if (!address) return input.select();
  const held = new URLSearchParams(location.search);
  input.value = (held.get("q") || "").slice(0, MOST);
  try {
    await fillFilters(held);
  } catch {
    return fail();
  }
  return answerIt();
}

function fail() {
  show([], "La recherche ne répond pas. Vérifiez votre connexion, puis réessayez.");
}

/** Answer what is typed; `exactly` when the reader does not want it corrected. */
async function answerIt({ exactly = false } = {}) {
  clearTimeout(timer);
  const number = (asked += 1);
  keepInAddress();
  const question = input.value.trim();
  if (!question && !isNarrowed()) return show([], "");
  const slow = setTimeout(() => { if (number === asked) status.textContent = "Recherche en cours…"; }, LONG);
  try {
    const given = question.length > 1 ? await ask(question, { exactly }) : { pages: everything(), corrected: "", words: [] };
    if (number !== asked) return undefined;
    answer = given;
    return await narrow();
  } catch (problem) {
    if (number !== asked) return undefined;
    console.error(problem);
    return fail();
  } finally {
    clearTimeout(slow);
  }
}

/** Return all the pages that have some chosen value, in no order. */
function everything() {
  const found = new Map();
  for (const [name, , values] of known || [])
    for (const [value, holders] of values)
      if (chosen.get(name).has(value)) for (const id of holders) found.set(id, { id, places: [] });
  return [...found.values()];
}

const isNarrowed = () => [...chosen.values()].some((values) => values.size);

/** Whether a page has a chosen value of each filter that has some, but for one filter. */
const isLeft = (page, but) => (known || []).every(([name, , values]) => {
  const some = chosen.get(name);
  return name === but || !some?.size || values.some(([value, holders]) => some.has(value) && holders.has(page.id));
});

async function narrow() {
  pages = answer.pages.filter((page) => isLeft(page));
  count();
  const { corrected } = answer;
  const typed = input.value.trim();
  correction.hidden = !corrected || !pages.length;
  correction.replaceChildren();
  if (!correction.hidden) {
    const instead = make("button", { type: "button", text: `Chercher exactement « ${typed} »` });
    instead.addEventListener("click", () => { answerIt({ exactly: true }); input.focus(); });
    correction.append(instead);
  }
  const words = corrected && pages.length ? ` pour « ${corrected} »` : "";
  const many = pages.length > 1 ? "s" : "";
  await show(pages, pages.length ? `${pages.length} page${many} trouvée${many}${words}.` : nothing());
}

function nothing() {
  if (isNarrowed()) return "Aucune page avec ces filtres. Décochez-en un, ou changez de mots.";
  return "Aucune page trouvée. Essayez un autre mot, plus court ou plus courant.";
}

/** Show the first pages, and say a sentence. */
async function show(some, sentence) {
  const number = asked;
  if (!some.length) correction.hidden = true;
  const items = await Promise.all(some.slice(0, STEP).map(item));
  if (number !== asked) return;
  list.replaceChildren(...items);
  list.hidden = !items.length;
  more.hidden = some.length <= STEP;
  status.textContent = sentence;
}

async function showMore() {
  const [start, number] = [list.children.length, asked];
  const items = await Promise.all(pages.slice(start, start + STEP).map(item));
  if (number !== asked) return;
  list.append(...items);
  more.hidden = pages.length <= list.children.length;
  items[0]?.querySelector("a").focus();
}

/** Make one result. */
async function item(page) {
  const { address, title, kind, summary: resume, extract, sections } = await shown(page);
  const element = make("li", {},
    make("a", { href: address, class: "essaim-recherche-titre" }, ...marked(title)),
    make("span", { class: "essaim-recherche-type", text: kind }));
  if (resume) element.append(make("p", {}, ...marked(resume)));
  const isTold = resume && marked(resume).some((part) => typeof part !== "string");
  if (extract.length && !isTold) {
    const parts = extract.map(([text, isAsked]) => (isAsked ? make("mark", { text }) : text));
    element.append(make("p", { class: "essaim-recherche-extrait" }, "… ", ...parts.flatMap((part) => [part, " "]), "…"));
  }
  if (sections.length) {
    const links = sections.map((one) => make("li", {}, make("a", { href: one.address }, ...marked(one.text))));
    element.append(make("ul", { class: "essaim-recherche-sections", "aria-label": "Sections" }, ...links));
  }
  return element;
}

/** Return a text as parts: those that are like a word of the question are marked. */
function marked(text) {
  return text.split(/(?<=[^\p{L}\p{N}·()])|(?=[^\p{L}\p{N}·()])/u).map((part) => {
    const isAsked = readings(part).some((forms) => forms.some((form) => answer.words.some((word) => word.some((one) => alike(form, one)))));
    return isAsked ? make("mark", { text: part }) : part;
  });
}

/** Whether two folded words are of one family, near enough to mark one for the other. */
function alike(one, other) {
  if (one === other) return true;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same >= 4 && same >= 0.54 * Math.max(one.length, other.length);
}

/** Make the filters, once, with the values that an address holds chosen. */
async function fillFilters(held) {
  if (!known) {
    known = await filters();
    choices.replaceChildren(...known.map(([name, label, values]) => {
      chosen.set(name, new Set());
      const boxes = values.map(([value]) => {
        const box = make("input", { type: "checkbox", name, value });
        box.addEventListener("change", () => { choose(box); answerIt(); });
        return make("label", {}, box, ` ${value} `, make("span", { class: "essaim-recherche-nombre" }));
      });
      return make("fieldset", {}, make("legend", { text: label }), make("div", {}, ...boxes));
    }));
    narrowing.hidden = !known.length;
  }
  for (const box of choices.querySelectorAll("input")) {
    if (!held) break;
    box.checked = held.getAll(box.name).includes(box.value);
    choose(box);
  }
  if (isNarrowed()) narrowing.open = true;
  count();
}

function choose(box) {
  const values = chosen.get(box.name);
  if (box.checked) values.add(box.value);
  else values.delete(box.value);
  const total = [...chosen.values()].reduce((sum, some) => sum + some.size, 0);
  summary.textContent = total ? `Filtrer (${total})` : "Filtrer";
}

/** Say beside each value how many pages of the answer have it, and hide those that none has. */
function count() {
  const hasQuestion = input.value.trim().length > 1;
  for (const [name, , values] of known || []) {
    const left = answer.pages.filter((page) => isLeft(page, name));
    for (const box of choices.querySelectorAll(`input[name="${CSS.escape(name)}"]`)) {
      const holders = values.find(([value]) => value === box.value)[1];
      const number = hasQuestion ? left.filter((page) => holders.has(page.id)).length : holders.size;
      box.parentElement.lastChild.textContent = `(${number})`;
      box.parentElement.hidden = !number && !box.checked;
    }
  }
  for (const group of choices.children) group.hidden = !group.querySelector("label:not([hidden])");
}

/** Keep the question in the address while the window is open, so that it can be shared. */
function keepInAddress() {
  const address = new URL(location.href);
  for (const name of ["q", ...chosen.keys()]) address.searchParams.delete(name);
  if (dialog.open && (input.value.trim() || isNarrowed())) {
    address.searchParams.set("q", input.value.trim());
    for (const [name, values] of chosen) for (const value of values) address.searchParams.append(name, value);
  }
  history.replaceState(history.state, "", address);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  answerIt().then(() => list.querySelector("a")?.focus());
});
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(answerIt, PAUSE);
});
narrowing.addEventListener("toggle", () => { if (narrowing.open && !known) fillFilters().catch(fail); });
more.addEventListener("click", showMore);
close.addEventListener("click", () => dialog.close());
key.addEventListener("change", () => localStorage.setItem(KEY, key.checked ? "oui" : "non"));
list.addEventListener("click", (event) => {
  if (!event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  isLeaving = true;
  dialog.close();
});
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
dialog.addEventListener("close", () => {
  clearTimeout(timer);
  asked += 1;
  if (!isLeaving) keepInAddress();
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { // in a search field it would only erase
    event.preventDefault();
    dialog.close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }
});
for (const name of ["keydown", "keypress"]) // a theme's own shortcuts wait while one types here
  dialog.addEventListener(name, (event) => event.stopPropagation());
