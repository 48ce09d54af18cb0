"""What the search of a page is made of: a script that opens it, those it then asks for, and a style sheet."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files as resources

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.views.listing import Artifact
from essaim.views.search.filters import Filter
from mkdocs_essaim.generated import add_artifact

SCRIPT = "assets/essaim-recherche.js"
STYLE = "assets/essaim-recherche.css"
_MODULES = tuple(f"assets/recherche/{name}.js" for name in ("fenetre", "moteur", "mots", "proches"))
_FILTERS = "const FILTERS = [];"
"""The beginning of the line of a module that says by what results can be narrowed."""
_RANKS = "const HAS_RANKS = false;"
"""The beginning of the line that says whether some pages come before or after others."""
_ASIDE = re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n|^[ \t]+", re.MULTILINE)
"""Comments that stand on lines of their own, and indents."""


def ask_for_assets(config: MkDocsConfig) -> None:
    """Have every page ask for the script that opens the search, and for its style."""
    if SCRIPT not in config.extra_javascript:
        config.extra_javascript.append(SCRIPT)
    if STYLE not in config.extra_css:
        config.extra_css.append(STYLE)


def add_assets(filters: Mapping[str, Filter], files: Files, config: MkDocsConfig, *, has_ranks: bool) -> None:
    """Add scripts and style to a build."""
    for name, text in published_assets(filters, has_ranks=has_ranks).items():
        add_artifact(Artifact(path=name, text=text), files, config)


def published_assets(filters: Mapping[str, Filter], *, has_ranks: bool) -> dict[str, str]:
    """Return scripts and style as they are published, by path: modules without what their sources explain."""
    told = json.dumps([[one.name, one.label] for one in filters.values()], ensure_ascii=False)
    found = {
        name: resources("mkdocs_essaim").joinpath(name).read_text("utf-8") for name in (SCRIPT, STYLE, *_MODULES)
    }
    for name in _MODULES:
        text = found[name].replace(_FILTERS, f"const FILTERS = {told};")
        text = text.replace(_RANKS, f"const HAS_RANKS = {'true' if has_ranks else 'false'};")
        found[name] = _ASIDE.sub("", text)
    return found
