// A button that prints the page, on those whose type says so. Without this script the browser's own menu prints.
(() => {
  "use strict";
  const start = () => {
    for (const tools of document.querySelectorAll('[data-essaim-outils~="imprimer"]')) {
      if (tools.querySelector(".essaim-imprimer")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "essaim-outil essaim-imprimer";
      button.textContent = "Imprimer";
      button.addEventListener("click", () => window.print());
      tools.append(button);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  if (window.document$) window.document$.subscribe(start); // Material changes pages without loading them
})();
