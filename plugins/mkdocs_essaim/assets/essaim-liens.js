// Previews of internal links: the title, kind and summary of a page, by hover, by focus, or by a long press.
// Without this script every link is a link. Texts are never read as markup; only this site is asked for them.
(() => {
  "use strict";
  const SHARDS = 1; // written by the build: how many files hold the previews, a power of two
  const CONTENT = "article, main, [role=main]";
  const root = new URL("..", document.currentScript.src); // this script stands in assets/
  if (!root.protocol.startsWith("http")) return;
  const shards = new Map();
  let card = null; // what is shown,
  let owner = null; // for which link,
  let mode = ""; // and by what: mouse, focus or touch
  let wanted = null; // the link to be shown soon
  let timer = 0;
  let press = null; // a finger that stays on a link
  let swallow = false; // whether the click that ends a long press is still to come

  const keyOf = (href) => {
    try {
      const { origin, pathname } = new URL(href, document.baseURI);
      if (origin !== root.origin || !pathname.startsWith(root.pathname)) return null;
      return decodeURIComponent(pathname.slice(root.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
    } catch {
      return null; // not an address
    }
  };

  const linkAt = (target) => {
    const link = target instanceof Element && target.closest("a[href]");
    if (!link || !link.closest(CONTENT) || link.closest("nav, .headerlink, .essaim-apercu")) return null;
    const key = keyOf(link.getAttribute("href"));
    const isPage = key !== null && key !== keyOf(location.href) && !/\.(?!html$)\w+$/.test(key);
    return isPage ? link : null;
  };

  const find = (link) => {
    const key = keyOf(link.getAttribute("href"));
    let hash = 0x811c9dc5; // FNV-1a, as the build spreads the pages
    for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193);
    const number = hash & (SHARDS - 1);
    if (!shards.has(number)) {
      const asked = fetch(new URL(`apercus/${number}.json`, root)).then((answer) => (answer.ok ? answer.json() : {}));
      shards.set(number, asked.catch(() => shards.delete(number) && {})); // no network: asked again another time
    }
    return shards.get(number).then((pages) => (Object.prototype.hasOwnProperty.call(pages, key) ? pages[key] : null));
  };

  const close = () => {
    clearTimeout(timer);
    wanted = null;
    if (!card) return;
    if (owner.getAttribute("aria-describedby") === card.id) owner.removeAttribute("aria-describedby");
    const hadFocus = card.contains(document.activeElement);
    card.remove();
    if (hadFocus) owner.focus({ preventScroll: true });
    card = owner = null;
  };

  const add = (name, text, kind) => {
    const element = card.appendChild(document.createElement(name));
    element.className = `essaim-apercu-${kind}`;
    element.textContent = text;
    return element;
  };

  const place = (x, y) => {
    const lines = [...owner.getClientRects()]; // a link may run over two lines
    const line = lines.find((r) => y >= r.top && y <= r.bottom && x >= r.left && x <= r.right) || lines[0];
    const box = card.getBoundingClientRect(); // it stands at 0, 0 of whatever it is placed in
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(line.left, width - box.width - 8));
    const below = line.bottom + 4;
    const above = line.top - 4 - box.height;
    const top = below + box.height > innerHeight && line.top > innerHeight - line.bottom ? above : below;
    card.style.left = `${left - box.left}px`;
    card.style.top = `${top - box.top}px`;
  };

  const open = (link, how, x, y) =>
    find(link).then((found) => {
      if (wanted !== link || !link.isConnected) return;
      close();
      if (!found) return;
      wanted = owner = link;
      card = document.createElement("div");
      card.id = card.className = "essaim-apercu";
      add("strong", found[0], "titre");
      add("span", found[1], "type");
      if (found[2]) add("span", found[2], "resume");
      link.closest(CONTENT).append(card);
      if (how === "touch") {
        card.setAttribute("role", "dialog");
        card.setAttribute("aria-label", `Aperçu : ${found[0]}`);
        const go = add("a", "Ouvrir la page", "ouvrir");
        go.href = link.getAttribute("href");
        swallow = true;
        go.focus({ preventScroll: true });
      } else {
        card.setAttribute("role", "tooltip");
        if (!link.hasAttribute("aria-describedby")) link.setAttribute("aria-describedby", card.id);
      }
      place(x, y);
    });

  const plan = (link, how, delay, x, y) => {
    clearTimeout(timer);
    [wanted, mode] = [link, how];
    find(link);
    timer = setTimeout(() => open(link, how, x, y), delay);
  };

  const leave = (delay) => {
    clearTimeout(timer);
    wanted = null;
    timer = setTimeout(close, delay);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    if (card && (link === owner || card.contains(event.target))) {
      clearTimeout(timer);
      wanted = owner;
    } else if (link) {
      if (link !== wanted) plan(link, "mouse", 250, event.clientX, event.clientY);
    } else if (mode === "mouse" && wanted) leave(200);
  });
  document.documentElement.addEventListener("pointerleave", () => mode === "mouse" && leave(200));

  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link && link.matches(":focus-visible")) plan(link, "focus", 150, -1, -1);
  });
  document.addEventListener("focusout", (event) => {
    if (mode === "focus" && event.target === wanted) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  document.addEventListener("pointerdown", (event) => {
    swallow = false;
    if (card && card.contains(event.target)) return;
    close();
    const link = event.pointerType === "touch" && event.isPrimary ? linkAt(event.target) : null;
    if (!link) return;
    link.classList.add("essaim-appui"); // its own menu, where a browser asks the style whether to show it
    press = { link, x: event.clientX, y: event.clientY };
    plan(link, "touch", 400, press.x, press.y);
  });
  const release = () => {
    if (!press) return;
    press.link.classList.remove("essaim-appui");
    if (!card) close();
    press = null;
  };
  document.addEventListener("pointermove", (event) => {
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > 10) release();
  });
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
  for (const name of ["contextmenu", "dragstart"])
    document.addEventListener(name, (event) => {
      if (mode === "touch" && card && owner.contains(event.target)) event.preventDefault();
    });

  document.addEventListener("click", (event) => {
    const isOurs = card && owner.contains(event.target);
    if (swallow && isOurs) {
      event.preventDefault();
      event.stopPropagation();
    } else if (!card || !card.contains(event.target) || event.target.closest("a")) close();
    swallow = false;
  }, true);
  addEventListener("popstate", close);
})();
