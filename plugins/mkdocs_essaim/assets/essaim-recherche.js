// Puts a search button in the header, and opens the search with it or with the key « / ». Nothing else is asked for
// before that. Without this script there is no button, and the navigation leads to every collection.
(() => {
  "use strict";
  const root = new URL("..", document.currentScript.src); // this script stands in assets/
  if (!root.protocol.startsWith("http") || !("HTMLDialogElement" in window)) return;
  const KEY = "essaim.recherche.touche"; // "non": the reader does not want « / » to open the search
  let module = null;

  const said = document.createElement("p"); // to those who wait, or wait in vain
  said.className = "essaim-recherche-attente";
  said.setAttribute("role", "status");
  const tell = (words) => { said.textContent = words; };

  const open = (state) => {
    const slow = setTimeout(tell, 400, "La recherche s'ouvre…");
    tell("");
    module ??= import(new URL("assets/recherche/fenetre.js", root));
    return module.finally(() => clearTimeout(slow)).then((loaded) => {
      tell("");
      return loaded.open(state);
    }).catch(() => {
      module = null;
      tell("La recherche ne s'ouvre pas. Vérifiez votre connexion, puis réessayez.");
    });
  };

  const button = document.createElement("button");
  button.type = "button";
  button.className = "essaim-recherche-bouton";
  button.setAttribute("aria-haspopup", "dialog");
  button.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M10 4a6 6 0 1 0 3.7 10.7l4.8 4.8 1.4-1.4-4.8-4.8A6 6 0 0 0 10 4m0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8"/></svg><span>Rechercher</span>';
  button.addEventListener("click", () => open());

  const place = () => {
    if (button.isConnected) return;
    const material = document.querySelector(".md-header__inner");
    const header = material || document.querySelector(".navbar > .container, .navbar, header, [role=banner], nav");
    if (material) material.insertBefore(button, material.querySelector(".md-header__source"));
    else if (header) header.append(button);
    else document.body.prepend(button);
    button.after(said);
  };

  const isTyping = (target) =>
    target instanceof Element && target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]") || localStorage.getItem(KEY) === "non") return;
    event.preventDefault();
    open();
  });

  place();
  globalThis.document$?.subscribe(place); // Material may have made the page anew
  if (new URLSearchParams(location.search).has("q")) open({ address: true });
})();
