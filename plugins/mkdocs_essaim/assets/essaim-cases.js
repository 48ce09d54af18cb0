// Steps that each reader ticks for themselves. They are kept in this browser and nowhere else, and known again by
// their words when the text changes. Without this script the lists are lists. Texts are never read as markup.
(() => {
  "use strict";
  const FORMAT = "essaim-progression";
  const VERSION = 1;
  const MAX = { text: 500, steps: 300, lists: 50, gone: 50, pages: 5000, file: 2_000_000 };
  const root = new URL("..", document.currentScript.src); // this script stands in assets/
  const PREFIX = `essaim-cases:${root.pathname}:`; // several wikis may share an origin

  // --- What is kept: per page `type/id` → { listes: name → steps, disparues: steps that the text has no more }.
  // A step is { etape: its words, faite: ticked or not, le: when the reader last decided, "" never }.

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const tidy = (text) => text.replace(/\s+/g, " ").trim().slice(0, MAX.text);

  const readSteps = (value, refused) => {
    const steps = [];
    for (const step of Array.isArray(value) ? value.slice(0, MAX.steps) : []) {
      const etape = isObject(step) && typeof step.etape === "string" ? tidy(step.etape) : "";
      const time = isObject(step) && step.le === "" ? 0 : Date.parse(step && step.le);
      if (!etape || typeof step.faite !== "boolean" || Number.isNaN(time)) refused.push(step);
      else {
        const le = time ? new Date(Math.min(time, Date.now())).toISOString() : "";
        steps.push({ etape, faite: step.faite, le });
      }
    }
    return steps;
  };

  const readRecord = (value, refused = []) => {
    const record = { listes: new Map(), disparues: [] };
    if (!isObject(value) || !isObject(value.listes)) {
      if (value !== null) refused.push(value);
      return record;
    }
    for (const [name, steps] of Object.entries(value.listes).slice(0, MAX.lists)) {
      if (Array.isArray(steps)) record.listes.set(name.slice(0, MAX.text), readSteps(steps, refused));
      else refused.push(steps);
    }
    record.disparues = readSteps(value.disparues, refused);
    return record;
  };

  const plain = ({ listes, disparues }) => ({ listes: Object.fromEntries(listes), disparues });
  const isTouched = ({ listes, disparues }) => [...listes.values(), disparues].flat().some((step) => step.le);

  const unsaved = new Map(); // what the browser does not keep, for as long as the page is open
  let storage = null;
  let isKept = false;
  try {
    storage = window.localStorage;
    storage.setItem(PREFIX, "");
    storage.removeItem(PREFIX);
    isKept = true;
  } catch {
    // private mode, or the reader said no, or no room is left: `isKept` says it, and the reader is told
  }

  const raw = (page) => (unsaved.has(page) ? unsaved.get(page) : storage && storage.getItem(PREFIX + page));
  const read = (page) => {
    try {
      return readRecord(JSON.parse(raw(page)));
    } catch {
      return readRecord(null); // somebody else wrote there
    }
  };
  const put = (page, text) => {
    try {
      if (text === null) storage.removeItem(PREFIX + page);
      else storage.setItem(PREFIX + page, text);
      unsaved.delete(page);
      isKept = true;
    } catch {
      isKept = false;
      if (text === null) unsaved.delete(page);
      else unsaved.set(page, text);
    }
    return isKept;
  };
  const write = (page, record) => put(page, JSON.stringify(plain(record)));
  const pagesKept = () => {
    const keys = storage ? Object.keys(storage).filter((key) => key.startsWith(PREFIX)) : [];
    return [...new Set([...keys.map((key) => key.slice(PREFIX.length)), ...unsaved.keys()])].sort();
  };

  // --- Which step is which, once the text has changed.

  const fold = (text) => {
    const letters = text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFKD");
    return letters.replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim() || text;
  };

  const wordsOf = (text) => {
    const all = fold(text).split(" ");
    const telling = all.filter((word) => word.length > 3 || /\d/.test(word)); // « le » and « de » tell nothing
    return telling.length ? telling : all;
  };

  /** Whether at least half of the words of two texts are the same: how alike they are, or 0. */
  const likeness = (one, other) => {
    const [words, left] = [wordsOf(one), wordsOf(other)];
    const total = words.length + left.length;
    const shared = words.filter((word) => left.includes(word) && left.splice(left.indexOf(word), 1));
    const share = (2 * shared.length) / total;
    return share >= 0.5 ? share : 0;
  };

  /** Return for each new text the index of the old one it comes from, or -1: the same words wherever they stand,
   *  else alike and between the same neighbours. */
  const match = (before, after) => {
    const from = after.map(() => -1);
    const to = before.map(() => -1);
    const pair = (old, now) => ([from[now], to[old]] = [old, now]);
    const waiting = new Map();
    before.forEach((text, i) => waiting.set(fold(text), [...(waiting.get(fold(text)) || []), i]));
    after.forEach((text, i) => {
      const same = waiting.get(fold(text));
      if (same && same.length) pair(same.shift(), i);
    });
    const gaps = new Map(); // by the old indexes of the neighbours: [old ones, new ones]
    const gather = (known, side, place) => {
      known.forEach((index, i) => {
        if (index >= 0) return;
        const previous = known.slice(0, i).findLastIndex((other) => other >= 0);
        const next = known.findIndex((other, j) => j > i && other >= 0);
        const key = `${previous < 0 ? "" : place(previous)}|${next < 0 ? "" : place(next)}`;
        if (!gaps.has(key)) gaps.set(key, [[], []]);
        gaps.get(key)[side].push(i);
      });
    };
    gather([...to], 0, (i) => i);
    gather([...from], 1, (i) => from[i]);
    for (const [olds, news] of gaps.values()) {
      const pairs = olds.flatMap((old) => news.map((now) => [likeness(before[old], after[now]), old, now]));
      pairs.sort((a, b) => b[0] - a[0]);
      for (const [alike, old, now] of pairs) if (alike && to[old] < 0 && from[now] < 0) pair(old, now);
    }
    return from;
  };

  const words = (steps) => steps.map((step) => step.etape);
  const newer = (step, than) => step.le > than.le || (step.le !== "" && step.le === than.le && step.faite);

  /** Return what is kept of a page as its text is now. */
  const reconcile = (record, lists) => {
    const gone = [...record.disparues];
    const listes = new Map();
    for (const [name, steps] of record.listes) if (!lists.some((list) => list.name === name)) gone.push(...steps);
    for (const { name, texts } of lists) {
      const known = record.listes.get(name) || [];
      const from = match(words(known), texts);
      gone.push(...known.filter((_, i) => !from.includes(i)));
      listes.set(name, texts.map((etape, i) => ({ faite: false, le: "", ...known[from[i]], etape })));
    }
    for (const step of [...listes.values()].flat().filter((one) => !one.le)) {
      const back = gone.findIndex((one) => one.le && fold(one.etape) === fold(step.etape));
      if (back >= 0) Object.assign(step, gone.splice(back, 1)[0], { etape: step.etape });
    }
    const last = gone.filter((step) => step.le).sort((a, b) => (a.le < b.le ? 1 : -1));
    return { listes, disparues: last.slice(0, MAX.gone) };
  };

  /** Add to what is kept of a page what is known of it elsewhere; of two decisions the last one holds.
   *  `told` counts the steps that were ticked, those that were unticked, and those that are newer here. */
  const merge = (mine, theirs, told = { ticked: 0, unticked: 0, older: 0 }) => {
    const listes = new Map(mine.listes);
    const gone = new Map(mine.disparues.map((step) => [fold(step.etape), step]));
    const settle = (other, step) => {
      if (!newer(other, step)) {
        told.older += step.le !== "" && other.faite !== step.faite;
        return step;
      }
      if (other.faite !== step.faite) told[other.faite ? "ticked" : "unticked"] += 1;
      return { ...other, etape: step.etape };
    };
    const fresh = (etape) => ({ etape, faite: false, le: "" });
    for (const [name, steps] of [...theirs.listes, ["", theirs.disparues]]) {
      const own = listes.get(name) || (name && words(steps).map(fresh)) || [];
      const from = match(words(steps), words(own));
      if (name) listes.set(name, own.map((step, i) => (from[i] < 0 ? step : settle(steps[from[i]], step))));
      for (const step of steps.filter((one, i) => one.le && !from.includes(i))) {
        const key = fold(step.etape);
        gone.set(key, settle(step, gone.get(key) || fresh(step.etape)));
      }
    }
    return { listes, disparues: [...gone.values()] };
  };

  // --- A page: its lists, each with its boxes and a line that says how far one is.

  let lists = []; // those of the page that is shown
  const followed = new WeakMap();

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  const textOf = (item) => {
    if (item.cells) return tidy([...item.cells].map((cell) => cell.textContent).join(" "));
    const copy = item.cloneNode(true);
    for (const part of copy.querySelectorAll("ol, ul, input, .headerlink, .footnote-ref")) part.remove();
    return tidy(copy.textContent);
  };

  const nameOf = (item, text) => {
    const strong = item.querySelector(":scope > strong:first-child, :scope > p:first-child > strong:first-child");
    const start = tidy((item.cells ? item.cells[0] : strong || item).textContent);
    const name = start && text.startsWith(start) ? start : text; // the bold words it begins with, or all of them
    return name.length > 90 ? `${name.slice(0, 90).replace(/\s\S*$/, "")}…` : name;
  };

  /** Take the dead box of an item away, and return whether its author ticked it. */
  const unbox = (item) => {
    const line = item.querySelector(":scope > p:first-child") || item;
    const box = line.querySelector(":scope > input[type=checkbox], :scope > label > input[type=checkbox]");
    if (box) {
      (box.closest("label") || box).remove();
      return box.checked;
    }
    const sign = /^\s*\[([ xX])\]\s/.exec(line.firstChild ? line.firstChild.data || "" : "");
    if (sign) line.firstChild.data = line.firstChild.data.slice(sign[0].length);
    return Boolean(sign) && sign[1] !== " ";
  };

  const begin = (element) => {
    const { page, formerly, list: name, label } = JSON.parse(element.dataset.essaimCases);
    const list = { page, formerly, name, label, element, texts: [], boxes: [], given: [], undo: [] };
    const items = element.tBodies ? [...element.tBodies].flatMap((body) => [...body.rows])
      : [...element.querySelectorAll(":scope > li, li.task-list-item")];
    for (const item of items.slice(0, MAX.steps)) {
      const text = textOf(item).replace(/^\[[ xX]\] /, "");
      if (!text) continue; // nothing to know it by
      const box = make("input", { type: "checkbox", "aria-label": nameOf(item, text), autocomplete: "off" });
      list.given.push(item.cells ? false : unbox(item));
      list.texts.push(text);
      const index = list.boxes.push(box) - 1;
      box.addEventListener("change", () => {
        list.undo = [];
        decide(list, [index], box.checked);
      });
      item.classList.add("essaim-etape");
      (item.cells ? item.cells[0] : item).prepend(make("label", { class: "essaim-case" }, box));
    }
    if (list.boxes.length) addLine(list);
    return list;
  };

  const button = (words, act) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", act);
    return made;
  };

  const addLine = (list) => {
    list.said = make("span", { role: "status" });
    list.bar = make("progress", { max: list.boxes.length, value: 0, "aria-label": `Progression : ${list.label}` });
    list.clear = button("", () => clear(list));
    list.note = make("span", { class: "essaim-suivi-note" });
    list.answer = make("p", { class: "essaim-suivi-reponse", role: "status" });
    const acts = make("p", { class: "essaim-suivi-gestes" }, list.clear);
    if (!lists.length) {
      const chooser = make("input", { type: "file", accept: ".json,application/json", hidden: "" });
      chooser.addEventListener("change", async () => {
        if (!chooser.files.length) return;
        list.answer.textContent = ""; // until the file is read, nothing is said of it; the same words are told again
        list.answer.textContent = await takeBack(chooser.files[0]);
        chooser.value = ""; // the same file may be chosen again
      });
      acts.append(button("Emporter ma progression", () => takeAway(list)),
        button("Reprendre une progression", () => chooser.click()), chooser);
    }
    const line = make("p", { class: "essaim-suivi-compte" }, list.said, list.bar, list.note);
    const about = { class: "essaim-suivi", role: "group", "aria-label": `Votre progression : ${list.label}` };
    list.element.before(make("div", about, line, acts, list.answer));
  };

  const count = (n, one, several) => `${n} ${n > 1 ? several : one}`;
  const say = (element, words) => {
    if (element.textContent !== words) element.textContent = words; // a status that does not change is not told again
  };

  const show = () => {
    for (const list of lists) {
      const steps = reconcile(read(list.page), ofPage(list.page)).listes.get(list.name);
      steps.forEach((step, i) => (list.boxes[i].checked = step.le ? step.faite : list.given[i]));
      const [done, total] = [list.boxes.filter((box) => box.checked).length, list.boxes.length];
      list.bar.value = done;
      say(list.said, `Fait : ${done} sur ${total}`); // no noun: an item may be a step, a week, a thing to bring
      say(list.note, isKept ? "Gardé dans ce navigateur seulement."
        : "Ce navigateur ne garde rien : emportez votre progression avant de partir.");
      if (done) list.undo = [];
      say(list.clear, list.undo.length ? "Remettre les coches" : "Tout décocher");
      list.clear.hidden = !done && !list.undo.length;
    }
  };

  const ofPage = (page) => lists.filter((list) => list.page === page);

  const decide = (list, indexes, faite) => {
    const record = reconcile(read(list.page), ofPage(list.page));
    const steps = record.listes.get(list.name);
    for (const index of indexes) Object.assign(steps[index], { faite, le: new Date().toISOString() });
    write(list.page, record);
    say(list.answer, "");
    show();
  };

  const clear = (list) => {
    const ticked = list.boxes.flatMap((box, i) => (box.checked ? [i] : []));
    const undo = list.undo;
    list.undo = ticked;
    decide(list, ticked.length ? ticked : undo, !ticked.length);
    list.answer.textContent = ticked.length ? "Tout est décoché." : "Vos coches sont revenues.";
  };

  // --- Carrying it elsewhere: one file for the whole site.

  const takeAway = (list) => {
    const pages = pagesKept().map((page) => [page, read(page)]).filter(([, record]) => isTouched(record));
    const file = { format: FORMAT, version: VERSION, date: new Date().toISOString(),
      pages: Object.fromEntries(pages.map(([page, record]) => [page, plain(record)])) };
    const text = `${JSON.stringify(file, null, 2)}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", { href: address, download: `ma-progression-${file.date.slice(0, 10)}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    list.answer.textContent = pages.length
      ? `Fichier enregistré : ${count(pages.length, "page", "pages")} de ce site.`
      : "Fichier enregistré, mais vide : rien n'est encore coché.";
  };

  const parse = async (file) => {
    if (file.size > MAX.file) return "Ce fichier est trop gros pour être une progression.";
    let data = null;
    try {
      data = JSON.parse(await file.text());
    } catch {
      return "Ce fichier ne se lit pas : prenez celui que « Emporter ma progression » a enregistré.";
    }
    if (!isObject(data) || data.format !== FORMAT || !isObject(data.pages))
      return "Ce fichier n'est pas une progression : prenez celui que « Emporter ma progression » a enregistré.";
    if (data.version !== VERSION)
      return "Ce fichier vient d'une autre version du wiki : là-bas, emportez votre progression à nouveau.";
    return data.pages;
  };

  /** Add a file's progress to what is kept, all of it or nothing; return in words what was done. */
  const takeBack = async (file) => {
    const pages = await parse(file);
    if (typeof pages === "string") return `${pages} Rien n'a changé.`;
    const refused = [];
    const before = new Map();
    const told = { ticked: 0, unticked: 0, older: 0 };
    for (const [page, value] of Object.entries(pages).slice(0, MAX.pages)) {
      const theirs = readRecord(value, refused);
      if (!/^[^/\s]+\/\S.{0,300}$/u.test(page) || !isTouched(theirs)) continue;
      before.set(page, raw(page));
      if (!write(page, merge(read(page), theirs, told)) && storage) {
        for (const [name, text] of before) put(name, text);
        show();
        return "Ce navigateur n'a plus assez de place pour reprendre ce fichier. Rien n'a changé.";
      }
    }
    refresh();
    const done = [
      told.ticked && count(told.ticked, "coche reprise", "coches reprises"),
      told.unticked && count(told.unticked, "coche retirée", "coches retirées"),
    ].filter(Boolean);
    const left = count(refused.length, "élément illisible a été laissé", "éléments illisibles ont été laissés");
    const end = refused.length ? ` ${left} de côté.` : "";
    const same = told.older ? "Rien n'a changé : vos choix faits ici sont plus récents que ce fichier." : "Rien de nouveau dans ce fichier.";
    return (done.length ? `Progression reprise : ${done.join(", ")}.` : same) + end;
  };

  // --- When a page is shown, or shown again.

  /** Bring what is kept of the pages shown up to their text and their name. */
  const refresh = () => {
    for (const page of new Set(lists.map((list) => list.page))) {
      const former = ofPage(page)[0].formerly.filter((old) => raw(old) !== null);
      const known = former.reduce((record, old) => merge(record, read(old)), read(page));
      const record = reconcile(known, ofPage(page));
      if (isTouched(record) && JSON.stringify(plain(record)) !== raw(page) && write(page, record))
        for (const old of former) put(old, null);
    }
    show();
  };

  const start = () => {
    lists = [];
    for (const element of document.querySelectorAll("[data-essaim-cases]")) {
      if (!followed.has(element)) followed.set(element, begin(element));
      if (followed.get(element).boxes.length) lists.push(followed.get(element));
    }
    refresh();
  };

  addEventListener("storage", (event) => {
    if (event.storageArea === storage && (event.key === null || event.key.startsWith(PREFIX))) show();
  });
  addEventListener("pageshow", (event) => event.persisted && show());
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  if (window.document$) window.document$.subscribe(start); // Material changes pages without loading them
})();
