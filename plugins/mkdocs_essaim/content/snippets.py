"""Whether the extension that copies files into pages is held to files that anyone may read."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

_NAME = "pymdownx.snippets"


def check_snippets(config: MkDocsConfig, root: Path, pages: Iterable[str]) -> None:
    """Raise if `pymdownx.snippets` would let a page copy other pages, settings, or what an address answers.

    `pages` are the paths of the pages of the wiki from `root`.
    """
    if not any(str(name).partition(":")[0] == _NAME for name in config.markdown_extensions):
        return
    problem = next(_problems(config.mdx_configs.get(_NAME) or {}, root.resolve(), list(pages)), "")
    if problem:
        raise PluginError(
            f"essaim : dans mkdocs.yml, « {_NAME} » n'est pas sûr : {problem}. Mettez les extraits dans un dossier à "
            "part, sans fiches, et nommez-le, comme « base_path: [extraits] ». Ou retirez cette extension : "
            "« ![[page]] » insère déjà une fiche dans une autre."
        )


def _problems(options: dict[str, Any], root: Path, pages: list[str]) -> Iterator[str]:
    if options.get("url_download"):
        yield "« url_download » irait chercher ce que demande une fiche"
    if not options.get("restrict_base_path", True):
        yield "sans « restrict_base_path », une fiche recopierait n'importe quel fichier de la machine"
    bases = options.get("base_path", ".")
    for base in [bases] if isinstance(bases, str | os.PathLike) else bases:
        folder = Path(base).resolve()
        path = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else ""
        if path in ("", ".") or path.startswith("."):
            yield "une fiche recopierait les réglages du site et les fiches réservées aux membres"
        elif any(page.startswith(f"{path}/") or page == path for page in pages):
            yield f"le dossier « {path} » a des fiches, qu'une autre recopierait avec leurs champs réservés"
