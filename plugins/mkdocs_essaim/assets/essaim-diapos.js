// A page read as slides: its title and what comes first, then one slide for each heading of level 2. The slide stands
// in the address, `#diapo-3`, so that one can share it and come back. Nothing moves in the page: what is not of the
// slide is away. Without this script the page is just the page, without a link that leads nowhere.
(() => {
  "use strict";
  const ON = "essaim-diaporama";
  const AWAY = "essaim-hors-diapo";
  const OTHER = "essaim-autre-diapo";
  const SLIDE = "essaim-diapo";
  const FIRST = "essaim-debut-diapo";
  const root = document.documentElement;
  const NO_SLIDE = ".essaim-fil, .essaim-outils, .essaim-fiche, .essaim-dates, .essaim-fraicheur, .essaim-signalement, .md-content__button";
  const FIELDS = "input, textarea, select, audio, video, [contenteditable]";

  let slides = []; // each is the elements it shows
  let shown = -1; // -1 while the page is just the page
  let link = null;
  let bar = null;

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

  // --- Which elements are which slide.

  const findSlides = (end) => {
    const found = [[]];
    for (const element of end.parentElement.children) {
      if (element === end) break;
      if (element.matches(NO_SLIDE)) continue;
      if (element.matches("h2") && found.at(-1).length) found.push([]);
      found.at(-1).push(element);
    }
    return found.filter((slide) => slide.length);
  };

  /** Put away all that is no slide, from the page's text up to the body. */
  const setApart = (end) => {
    const kept = new Set(slides.flat());
    for (let place = end.parentElement; place && place !== root; place = place.parentElement) {
      for (const element of place.children) if (!kept.has(element)) element.classList.add(AWAY);
      kept.add(place);
    }
    for (const [index, slide] of slides.entries()) {
      for (const element of slide) element.classList.add(SLIDE);
      slide[0].classList.add(FIRST);
      slide[0].classList.toggle("essaim-premiere-diapo", index === 0);
      slide[0].setAttribute("tabindex", "-1");
    }
  };

  const restore = () => {
    for (const name of [AWAY, OTHER, SLIDE, FIRST, "essaim-premiere-diapo"])
      for (const element of document.querySelectorAll(`.${name}`)) {
        if (name === FIRST) element.removeAttribute("tabindex");
        element.classList.remove(name);
      }
    if (bar) bar.nav.remove();
    bar = null;
  };

  // --- Where one is.

  const asked = () => {
    const match = /^#diapo-(\d{1,4})$/.exec(location.hash);
    return match && slides.length ? Math.min(Math.max(Number(match[1]), 1), slides.length) - 1 : -1;
  };
  const go = (index) => {
    if (index >= 0 && index < slides.length && index !== shown) location.hash = `diapo-${index + 1}`;
  };

  const show = (index) => {
    const isIn = shown >= 0;
    shown = index;
    if (!isIn) {
      setApart(document.querySelector(".essaim-fin-du-texte"));
      addBar();
      root.classList.add(ON);
    }
    for (const [other, slide] of slides.entries())
      for (const element of slide) element.classList.toggle(OTHER, other !== index);
    bar.said.textContent = `Diapo ${index + 1} sur ${slides.length}`;
    bar.before.setAttribute("aria-disabled", String(index === 0));
    bar.after.setAttribute("aria-disabled", String(index === slides.length - 1));
    scrollTo(0, 0);
    if (!bar.nav.contains(document.activeElement)) slides[index][0].focus({ preventScroll: true });
  };

  const close = () => {
    if (shown < 0) return;
    shown = -1;
    root.classList.remove(ON);
    restore();
  };
  const leave = () => {
    history.pushState(null, "", location.pathname + location.search);
    close();
    link.scrollIntoView({ block: "center" });
    link.focus({ preventScroll: true });
  };
  const follow = () => {
    const index = asked();
    if (index >= 0 && index !== shown) show(index);
    else if (index < 0) close();
  };

  const addBar = () => {
    const before = button("Précédente", () => go(shown - 1));
    const after = button("Suivante", () => go(shown + 1));
    const said = make("span", { role: "status", "aria-live": "polite" });
    const parts = [before, said, after, button("Quitter", leave)];
    bar = { before, after, said, nav: make("nav", { class: "essaim-diapo-barre", "aria-label": "Diaporama" }, ...parts) };
    document.body.append(bar.nav);
  };

  // --- The keyboard, and fingers.

  const KEYS = new Map([
    ["ArrowRight", () => shown + 1],
    ["ArrowLeft", () => shown - 1],
    ["Home", () => 0],
    ["End", () => slides.length - 1],
  ]);

  const press = (event) => {
    const { key, target } = event;
    if (shown < 0 || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape") {
      event.preventDefault();
      leave();
      return;
    }
    if (target.closest(FIELDS)) return;
    const isSpace = key === " " && !target.closest("button, a, summary, [role=region]");
    const to = isSpace ? () => shown + (event.shiftKey ? -1 : 1) : KEYS.get(key);
    if (!to || (key.startsWith("Arrow") && target.closest("[role=region]"))) return; // a wide table scrolls
    event.preventDefault();
    event.stopImmediatePropagation(); // the theme has keys of its own
    go(to());
  };

  let touch = null;
  const scrolls = (element) => {
    for (let place = element; place && place !== root; place = place.parentElement)
      if (place.scrollWidth > place.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(place).overflowX)) return true;
    return false;
  };
  addEventListener("touchstart", (event) => {
    const [one, another] = event.touches;
    touch = shown >= 0 && !another && !scrolls(event.target) ? { x: one.clientX, y: one.clientY } : null;
  }, { passive: true });
  addEventListener("touchend", (event) => {
    if (!touch || shown < 0) return;
    const [x, y] = [event.changedTouches[0].clientX - touch.x, event.changedTouches[0].clientY - touch.y];
    touch = null;
    if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) go(shown + (x < 0 ? 1 : -1));
  }, { passive: true });

  // --- When a page is shown.

  const start = () => {
    close();
    slides = [];
    const tools = document.querySelector('[data-essaim-outils~="diaporama"]');
    const end = document.querySelector(".essaim-fin-du-texte");
    if (!tools || !end) return;
    slides = findSlides(end);
    link = tools.querySelector(".essaim-diapo-lien");
    if (!link) {
      link = make("a", { class: "essaim-outil essaim-diapo-lien", href: "#diapo-1" }, "Diaporama");
      tools.prepend(link);
    }
    follow();
  };
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  addEventListener("keydown", press, true);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  if (window.document$) window.document$.subscribe(start); // Material changes pages without loading them
})();
