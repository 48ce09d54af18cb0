"""What `_type.yml` files that cannot be read may have meant to hide: when in doubt, nothing of theirs is shown."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from posixpath import dirname

from essaim.schema.lineage import Lineage
from essaim.schema.options import Options
from essaim.source import SourceFile

_RESERVES = re.compile("visib|memb", re.IGNORECASE)
_DEPARTED = re.compile(r"^\s*departed\s*:", re.MULTILINE)
_LOT = re.compile(r"""^\s*lots?\s*:\s*["']?([^\s"'#]+)""", re.MULTILINE)


def inherits_reserve(line: Lineage, declared: Mapping[str, Options]) -> bool:
    """Whether a type that does not say for whom it is may be for members.

    It is so when one that it extends is, or cannot be found and may be.
    """
    if "visibility" in line.own:
        return False
    return any(
        _is_reserved(options) or any(parent.text not in declared for parent in options.scalars("extends"))
        for options in map(Options.quiet, line.options.values())
    )


def reserved_folders(sources: Sequence[SourceFile], declared: Mapping[str, Options]) -> Iterator[str]:
    """Yield the folders whose file declares no type, though it speaks of keeping something for members."""
    read = {o.source.path for name, o in declared.items() if not (name.startswith("_") and _is_reserved(o.quiet()))}
    for source in sources:
        if source.path not in read and _RESERVES.search(source.text):
            yield dirname(source.path)


def left_out_folders(
    sources: Sequence[SourceFile], declared: Mapping[str, Options], without_lots: Collection[str]
) -> Iterator[str]:
    """Yield the folders whose file declares no type, though it names a lot that is left out, or people who left."""
    read = {options.source.path for options in declared.values()}
    for source in sources:
        lots = (match[1] for match in _LOT.finditer(source.text))
        hides = any(lot in without_lots for lot in lots) or _DEPARTED.search(source.text)
        if source.path not in read and hides:
            yield dirname(source.path)


def _is_reserved(options: Options) -> bool:
    """Whether a type keeps its pages for members."""
    return options.visibility() == "members"
