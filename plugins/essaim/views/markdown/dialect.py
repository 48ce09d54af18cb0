"""The extensions of Python-Markdown whose syntax the engine reads: a renderer must know them too."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

DIALECT: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "attr_list": {},
        "footnotes": {"BACKLINK_TITLE": "Revenir à la note {} dans le texte"},
        "md_in_html": {},
        "tables": {},
        "pymdownx.arithmatex": {  # formulas stay as they are written: a site that wants them drawn says how
            "generic": True,
            "inline_syntax": ["dollar"],
            "block_syntax": ["dollar"],
            "tex_inline_wrap": ["$", "$"],
            "tex_block_wrap": ["$$", "$$"],
        },
        "pymdownx.quotes": {"callouts": True},
        "pymdownx.saneheaders": {},
        "pymdownx.superfences": {},
    }
)
"""Their names, each with its options."""
