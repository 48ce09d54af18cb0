// The passport of a newcomer: dates each step from the day the reader begins, makes a calendar of them, prints the
// sheet alone. That day is kept in this browser and nowhere else. Without this script the steps are a table.
(() => {
  "use strict";
  const DAY = 86_400_000; // days are counted in UTC, where each lasts 24 hours
  const MOST = 1000; // weeks from the start beyond which a step has no date
  const root = new URL("..", document.currentScript.src); // this script stands in assets/
  const PREFIX = `essaim-passeport:${root.pathname}:`; // several wikis may share an origin
  const ALONE = "essaim-passeport-seul";
  const FOLDED = "essaim-passeport-plie";
  const KEPT = "Cette date reste dans ce navigateur. Rien n'est envoyé.";
  const NOT_KEPT = "Ce navigateur ne garde rien : il faudra redonner cette date la prochaine fois.";

  // --- What is kept: per page `type/id` → the day, « 2026-12-07 ».

  const storage = (() => {
    try {
      return window.localStorage;
    } catch {
      return null; // the reader said no
    }
  })();
  const get = (page) => {
    try {
      return storage.getItem(PREFIX + page);
    } catch {
      return null;
    }
  };
  const put = (page, day) => {
    try {
      if (day === null) storage.removeItem(PREFIX + page);
      else storage.setItem(PREFIX + page, day);
      return true;
    } catch {
      return false; // private mode, or no room is left
    }
  };

  // --- Days: milliseconds since 1970 in UTC, NaN for none.

  const parse = (text) => (/^\d{4}-\d\d-\d\d$/.test(text || "") ? Date.parse(`${text}T00:00:00Z`) : NaN);
  const write = (day) => new Date(day).toISOString().slice(0, 10);
  const today = () => {
    const now = new Date(); // where the reader is
    return write(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
  };
  const monday = (day) => day - ((new Date(day).getUTCDay() + 6) % 7) * DAY;
  const french = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const say = (day) => french.format(day).replace(/^1 /, "1er ");

  /** Return the first day of the week of each step, NaN without a start or too far from it. */
  const firstDay = (start, week) => {
    const first = monday(start) + (week - 1) * 7 * DAY;
    return Math.abs(week) <= MOST && first > parse("1900-01-01") && first < parse("9999-01-01") ? first : NaN;
  };

  // --- The calendar, as RFC 5545 wants it.

  const encoder = new TextEncoder();
  const escape = (text) =>
    text.replace(/\\/g, "\\\\").replace(/;/g, "\\;").replace(/,/g, "\\,").replace(/\r\n?|\n/g, "\\n")
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");

  /** Cut a line into lines of 75 octets at most, between characters. */
  const fold = (line) => {
    let [folded, length] = ["", 0];
    for (const sign of line) {
      const size = encoder.encode(sign).length;
      if (length + size > 75) [folded, length] = [`${folded}\r\n `, 1];
      folded += sign;
      length += size;
    }
    return folded;
  };

  const shorten = (text, most = 80) => (text.length > most ? `${text.slice(0, most).replace(/\s\S*$/, "")}…` : text);

  const event = (step, day, stamp) => {
    const { when, name, text, pages, key } = step;
    const about = name || text || pages.map((page) => page.title).join(", ");
    const told = [text, ...pages.map((page) => [page.title, page.address].filter(Boolean).join("\n"))].filter(Boolean);
    return [
      "BEGIN:VEVENT",
      `UID:${key}@${location.hostname || "essaim"}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${write(day).replaceAll("-", "")}`,
      `DTEND;VALUE=DATE:${write(day + DAY).replaceAll("-", "")}`,
      `SUMMARY:${escape(about ? `${when} : ${shorten(about)}` : when)}`,
      ...(told.length ? [`DESCRIPTION:${escape(told.join("\n\n"))}`] : []),
      `URL:${location.href.split("#")[0]}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ];
  };

  const calendar = (title, steps, start) => {
    const stamp = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
    const dated = steps.map((step) => [step, firstDay(start, step.week)]).filter(([, day]) => !Number.isNaN(day));
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Essaim//Passeport//FR", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", `X-WR-CALNAME:${escape(title)}`,
      ...dated.flatMap(([step, day]) => event(step, day, stamp)), "END:VCALENDAR"];
    return lines.map((line) => `${fold(line)}\r\n`).join("");
  };

  const download = (name, text) => {
    const address = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  // --- The section of a page.

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const button = (words, act) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", act);
    return made;
  };
  const textOf = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");

  const readStep = (row) => ({
    week: Number(row.dataset.semaine),
    key: row.dataset.cle,
    when: textOf(row.querySelector(".essaim-passeport-quand")),
    name: textOf(row.querySelector(".essaim-passeport-nom")),
    text: textOf(row.querySelector(".essaim-passeport-quoi")),
    pages: [...row.querySelectorAll(".essaim-passeport-page")].map((page) => {
      const link = page.querySelector(":scope > a");
      return { title: textOf(link || page.firstChild), address: link ? link.href : "" };
    }),
    shown: row.cells[0].appendChild(make("span", { class: "essaim-passeport-date" })),
  });

  const printAlone = (section) => {
    // Themes unfold everything on paper: what the reader left folded is marked before they do.
    const folded = [...section.querySelectorAll("details:not([open])")];
    const stop = () => {
      document.documentElement.classList.remove(ALONE);
      for (const one of folded) { one.open = false; one.classList.remove(FOLDED); }
      removeEventListener("afterprint", stop);
      removeEventListener("pointerdown", stop);
    };
    for (const one of folded) one.classList.add(FOLDED);
    document.documentElement.classList.add(ALONE);
    addEventListener("afterprint", stop);
    addEventListener("pointerdown", stop); // where a browser does not say that it has printed
    window.print();
  };

  const begun = new WeakMap(); // section → what shows its dates

  const begin = (section) => {
    const { page, formerly, title } = JSON.parse(section.dataset.essaimPasseport);
    const steps = [...section.querySelectorAll("tr[data-semaine]")].map(readStep);
    const input = make("input", { type: "date", min: "1950-01-01", max: "2150-12-31", autocomplete: "off" });
    const answer = make("p", { class: "essaim-suivi-reponse", role: "status" });
    const note = make("span", { class: "essaim-suivi-note" }, KEPT);
    const kept = () => [page, ...formerly].map(get).find((day) => !Number.isNaN(parse(day)));
    const start = () => (input.validity.valid ? parse(input.value) : NaN);

    const show = () => {
      erase.hidden = kept() === undefined;
      for (const step of steps) {
        const day = firstDay(start(), step.week);
        step.shown.textContent = Number.isNaN(day) ? "" : `semaine du ${say(day)}`;
      }
    };
    const keep = (day) => {
      for (const old of formerly) put(old, null);
      note.textContent = put(page, day) ? KEPT : NOT_KEPT;
    };
    const erase = button("Effacer ma date", () => {
      keep(null);
      input.value = today();
      show();
      answer.textContent = "Votre date est effacée de ce navigateur.";
      input.focus(); // the button is gone
    });
    const take = button("Télécharger le calendrier (.ics)", () => {
      if (Number.isNaN(start())) {
        answer.textContent = "Choisissez d'abord le jour où vous commencez.";
        input.focus();
        return;
      }
      download(`passeport-${input.value}.ics`, calendar(title, steps, start()));
      answer.textContent = "Calendrier enregistré : ouvrez le fichier pour l'ajouter à votre agenda.";
    });
    const print = button("Imprimer mon passeport", () => printAlone(section));
    input.addEventListener("change", () => {
      if (!Number.isNaN(start())) keep(input.value);
      answer.textContent = "";
      show();
    });

    const line = make("p", {}, make("label", {}, "Je commence le", input), erase, note);
    const acts = make("p", { class: "essaim-suivi-gestes" }, take, print);
    const tools = { class: "essaim-suivi", role: "group", "aria-label": "Les dates de mon passeport" };
    section.querySelector("table").before(make("div", tools, line, acts, answer));
    const refresh = () => {
      input.value = kept() || today();
      show();
    };
    refresh();
    return refresh;
  };

  const startAll = () => {
    for (const section of document.querySelectorAll("[data-essaim-passeport]"))
      if (!begun.has(section)) begun.set(section, begin(section));
  };

  addEventListener("storage", (told) => {
    if (told.key !== null && !told.key.startsWith(PREFIX)) return;
    for (const section of document.querySelectorAll("[data-essaim-passeport]")) begun.get(section)?.();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
  if (window.document$) window.document$.subscribe(startAll); // Material changes pages without loading them
})();
