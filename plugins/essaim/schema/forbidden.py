"""Words that must not stand in the pages of a type."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essaim.diagnostics import Severity

if TYPE_CHECKING:
    from essaim.schema.conditions import Condition


@dataclass(frozen=True, kw_only=True)
class ForbiddenWords:
    """A rule of the collection: where `when` holds, none of some words stands in the page.

    `words` are as their author writes them: `#` stands for a number, a space for any blank, `{{ cae.… }}` for each
    item of a variable. `sections` are the beginnings of the titles of sections that are not read.
    """

    when: "Condition | None"
    words: tuple[str, ...]
    sections: tuple[str, ...]
    is_for_public: bool
    """Whether only what the public is shown is read."""
    message: str
    severity: Severity

    @property
    def has_variables(self) -> bool:
        """Whether the words depend on what the cooperative decided."""
        return any("{{" in words for words in self.words)
