// The list of an index page, filtered and sorted: a form made from what the page says of its entries. Without this
// script there is no form and the whole list is there. What is chosen stands in the address, as a condition reads:
// ?famille=vendre&famille=former&etape=tester&mot=devis&tri=-titre
(() => {
  "use strict";
  const MANY = 10; // a facet with more values than this
  const FIRST = 8; // shows so many of them, the others behind a button
  const ORDERS = {
    text: ["de A à Z", "de Z à A"],
    number: ["croissant", "décroissant"],
    date: ["le plus ancien d'abord", "le plus récent d'abord"],
    choice: ["dans l'ordre", "dans l'ordre inverse"],
  };
  const lists = new Map(); // what to do for each list of the page when the address changes

  // As the engine folds names: case, accents, ligatures, apostrophes, hyphens and spaces do not count.
  const fold = (text) =>
    text
      .replace(/[’‘ʼ′´`]/g, "'")
      .replace(/[\u200b-\u200d\ufeff\u00ad]/g, "")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/[‧⋅∙•⸱․・ꞏ]/g, "·")
      .replace(/[-‐‑‒–—_\s]+/g, " ")
      .trim();

  const make = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const button = (text, click) => make("button", { type: "button", className: "essaim-tamis-effacer", textContent: text, onclick: click });
  const label = (text, control) => make("label", {}, make("span", { textContent: text }), control);

  const readEntry = (element) => {
    const shown = element.matches("tr") ? [element] : [...element.querySelectorAll("p:not(.essaim-facettes)")];
    const { cles, rangs, mots = "" } = element.dataset;
    return {
      element,
      keys: cles.split("|").map((numbers) => (numbers ? numbers.split(" ").map(Number) : [])),
      ranks: rangs.split(" ").map((rank) => (rank === "-" ? null : Number(rank))),
      text: `${fold(shown.map((part) => part.textContent).join(" "))} ${mots}`,
    };
  };

  const start = (list) => {
    const { facettes, tris, tri } = JSON.parse(list.dataset.tamis);
    const entries = [...list.querySelectorAll("[data-cles]")].map(readEntry);
    const total = entries.length;
    if (!total) return;
    const holder = entries[0].element.parentNode;
    const names = new Set(facettes.map((facet) => facet.nom));
    const [WORD, SORT] = ["mot", "tri"].map((name) => (names.has(name) ? `${name}-` : name));
    const boxes = facettes.map((facet) =>
      facet.valeurs.map(([key]) => make("input", { type: "checkbox", name: facet.nom, value: key, autocomplete: "off" })),
    );
    const counts = facettes.map((facet) => facet.valeurs.map(() => make("span", { className: "essaim-tamis-compte" })));
    const word = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    const order = make("select", { autocomplete: "off" });
    for (const [name, text, kind] of tris)
      for (const way of [0, 1])
        order.append(make("option", { value: (way ? "-" : "") + name, textContent: `${text} : ${ORDERS[kind][way]}` }));
    let sorted = tri; // the order in which the entries stand
    let typing = 0; // a word that is not in the address yet

    const apply = () => {
      const words = fold(word.value).split(" ").filter(Boolean);
      const chosen = boxes.map((values) => new Set(values.flatMap((box, number) => (box.checked ? [number] : []))));
      const found = facettes.map((facet) => facet.valeurs.map(() => 0));
      let shown = 0;
      for (const { element, keys, text } of entries) {
        const isSaid = words.every((one) => text.includes(one));
        const against = chosen.flatMap((set, n) => (set.size && !keys[n].some((key) => set.has(key)) ? [n] : []));
        const isShown = isSaid && against.length === 0;
        shown += isShown;
        if (element.hidden === isShown) element.hidden = !isShown;
        if (!isSaid || against.length > 1) continue;
        for (const n of against.length ? against : keys.keys()) for (const key of keys[n]) found[n][key] += 1;
      }
      found.forEach((facet, n) =>
        facet.forEach((count, key) => {
          if (counts[n][key].textContent !== `: ${count}`) counts[n][key].textContent = `: ${count}`;
          boxes[n][key].parentNode.classList.toggle("essaim-tamis-sans", count === 0);
        }),
      );
      const active = chosen.reduce((sum, set) => sum + set.size, words.length ? 1 : 0);
      tellNumbers(shown, active);
      sort();
    };

    const fiches = (count) => `${count || "Aucune"} fiche${count > 1 ? "s" : ""}`;
    const tellNumbers = (shown, active) => {
      const text = active ? `${fiches(shown)} sur ${total}` : fiches(total);
      if (status.textContent !== text) status.textContent = text;
      const choices = active ? ` (${active} choix actif${active > 1 ? "s" : ""})` : "";
      if (summary.textContent !== title + choices) summary.textContent = title + choices;
      clear.hidden = !active;
      see.hidden = !shown;
      see.textContent = shown > 1 ? `Voir les ${fiches(shown)}` : `Voir ${fiches(shown).replace("1", "la")}`;
      empty.hidden = shown > 0;
      list.hidden = shown === 0;
    };

    const sort = () => {
      if (sorted !== order.value) {
        sorted = order.value;
        const at = tris.findIndex(([name]) => name === sorted.replace(/^-/, ""));
        const way = sorted.startsWith("-") ? -1 : 1;
        const compare = ({ ranks: a }, { ranks: b }) =>
          (a[at] === null) - (b[at] === null) || way * (a[at] - b[at]) || a[0] - b[0]; // none comes last, both ways
        holder.append(...[...entries].sort(compare).map(({ element }) => element));
      }
      for (const header of list.querySelectorAll("th[data-tri]")) {
        const isIt = header.dataset.tri === sorted.replace(/^-/, "");
        if (isIt) header.setAttribute("aria-sort", sorted.startsWith("-") ? "descending" : "ascending");
        else header.removeAttribute("aria-sort");
      }
    };

    // The address: other words in it stay, and so does the place in the page.
    const restore = () => {
      clearTimeout(typing);
      typing = 0;
      const asked = new URLSearchParams(location.search);
      facettes.forEach((facet, n) => {
        const wanted = new Set(asked.getAll(facet.nom).map(fold));
        facet.valeurs.forEach(([key, text], at) => {
          boxes[n][at].checked = wanted.has(fold(key)) || wanted.has(fold(text));
          if (boxes[n][at].checked && boxes[n][at].closest("details.essaim-tamis-autres"))
            boxes[n][at].closest("details.essaim-tamis-autres").open = true;
        });
      });
      word.value = asked.get(WORD) || "";
      order.value = asked.get(SORT) || tri;
      if (order.selectedIndex < 0) order.value = tri;
      apply();
    };
    const record = (isNew) => {
      clearTimeout(typing);
      typing = 0;
      const said = new URLSearchParams(location.search);
      for (const name of [...names, WORD, SORT]) said.delete(name);
      for (const box of boxes.flat()) if (box.checked) said.append(box.name, box.value);
      if (word.value.trim()) said.set(WORD, word.value.trim());
      if (order.value !== tri) said.set(SORT, order.value);
      const address = new URL(location.href);
      address.search = String(said).replace(/%3A/g, ":");
      if (address.href === location.href) return;
      if (isNew) history.pushState(history.state, "", address);
      else history.replaceState(history.state, "", address);
    };

    const change = () => {
      apply();
      record(true);
    };
    const empties = () => {
      for (const box of boxes.flat()) box.checked = false;
      word.value = "";
      change();
      summary.focus(); // the button that was pressed is gone
    };

    // The form.
    const id = `essaim-tamis-${lists.size}`;
    const title = facettes.length ? "Filtrer et trier" : "Chercher et trier";
    const summary = make("summary", { textContent: title });
    const clear = button("Tout effacer", empties);
    const see = button("", () => { // on a phone the form hides the list
      details.open = false;
      summary.focus();
      summary.scrollIntoView();
    });
    see.classList.add("essaim-tamis-voir");
    const status = list.previousElementSibling;
    status.setAttribute("role", "status");
    const empty = make("div", { className: "essaim-tamis-rien", hidden: true });
    empty.append(make("p", { textContent: "Aucune fiche ne répond à tous ces choix. Retirez-en un, ou effacez tout." }));
    empty.append(button("Tout effacer", empties));
    const form = make("form", { className: "essaim-tamis-choix", autocomplete: "off" });
    form.append(make("div", { className: "essaim-tamis-mot" }, label("Filtrer par un mot", word), label("Trier par", order)));
    facettes.forEach((facet, n) => {
      const values = facet.valeurs.map(([, text], at) =>
        make("label", {}, boxes[n][at], make("span", { textContent: text }), " ", counts[n][at]),
      );
      const few = values.length > MANY ? FIRST : values.length;
      const field = make("div", { className: "essaim-tamis-valeurs" }, ...values.slice(0, few));
      if (values.length > few) {
        const more = make("summary", { textContent: `Voir les autres valeurs (${values.length - few})` });
        const others = make("div", { className: "essaim-tamis-valeurs" }, ...values.slice(few));
        field.append(make("details", { className: "essaim-tamis-autres" }, more, others));
      }
      const legend = make("legend", { textContent: facet.titre });
      form.append(make("fieldset", { className: "essaim-tamis-facette" }, legend, field));
    });
    form.append(make("div", { className: "essaim-tamis-gestes" }, see, clear));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => event.target !== word && change());
    word.addEventListener("input", () => {
      apply();
      const isFirst = !new URLSearchParams(location.search).has(WORD); // one step back in history for a whole word
      clearTimeout(typing);
      typing = setTimeout(() => record(isFirst), 300);
    });
    word.addEventListener("change", () => typing && record(!new URLSearchParams(location.search).has(WORD)));
    const details = make("details", { className: "essaim-tamis-pli", open: matchMedia("(min-width: 45em)").matches }, summary, form);
    const whole = make("search", { className: "essaim-tamis", id }, details);
    whole.setAttribute("aria-label", `${title} la liste`);
    status.before(whole);
    list.after(empty);
    for (const header of list.querySelectorAll("th[data-tri]")) {
      const { tri: name } = header.dataset;
      const press = () => {
        order.value = sorted === name ? `-${name}` : name;
        change();
      };
      header.replaceChildren(make("button", { type: "button", textContent: header.textContent, onclick: press }));
    }
    lists.set(list, restore);
    restore();
  };

  const startAll = () => {
    for (const list of lists.keys()) if (!list.isConnected) lists.delete(list);
    for (const list of document.querySelectorAll("[data-tamis]")) if (!lists.has(list)) start(list);
  };
  addEventListener("popstate", () => {
    for (const [list, restore] of lists) if (list.isConnected) restore();
  });
  if (window.document$) window.document$.subscribe(startAll); // Material changes pages without loading them
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
})();
