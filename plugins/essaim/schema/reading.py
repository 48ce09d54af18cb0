"""How the pages of a type are read besides the usual: together with others, on paper, as slides."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingSpec:
    """`includes` is the field whose pages are shown whole below the text, '' for none; of each page only the section
    whose title the field `includes_section` holds. `prints` offers to print, `slides` to read section by section.
    """

    includes: str = ""
    includes_section: str = ""
    prints: bool = False
    slides: bool = False

    @property
    def tools(self) -> tuple[str, ...]:
        """The words by which a page tells its scripts what to offer."""
        return (*(("imprimer",) if self.prints else ()), *(("diaporama",) if self.slides else ()))


AS_USUAL = ReadingSpec()
"""How pages are read when their type says nothing of it."""
