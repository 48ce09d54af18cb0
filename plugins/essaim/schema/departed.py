"""What becomes of the pages of people who left."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essaim.schema.conditions import Condition


@dataclass(frozen=True, kw_only=True)
class DepartedSpec:
    """While `when` holds for a page, other words stand for its names wherever it is named, and its text is gone.

    `words` is the field that holds these words, '' for none. `keeps` are the fields that the page still shows, `text`
    the sentence in place of its body.
    """

    when: "Condition"
    words: str
    keeps: tuple[str, ...]
    text: str
