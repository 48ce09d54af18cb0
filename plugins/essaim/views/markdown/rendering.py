"""What one conversion knows: the links of its text, each by a number while the tree is being made."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from essaim.syntax.markdown import LinkKind
from essaim.views.addresses import AddressOf
from essaim.views.body import BodyLink
from essaim.views.terms import ShownTerm

SCHEME = "essaim:"
"""Begins the address of a link until the end, so that nothing else of the renderer takes it for its own."""

Key = tuple[LinkKind, str, str]


def key_of(kind: LinkKind, target: str, section: str) -> Key:
    """Return what a link is known again by; a Markdown image leads where a Markdown link to the same file does."""
    return LinkKind.MARKDOWN if kind is LinkKind.IMAGE else kind, target, section


@dataclass(kw_only=True)
class Rendering:
    """One text being converted. `prefix` comes before the ids of a piece, '' for the page itself.

    `anchors` are those of the headings in their order, when the renderer would find others; `terms` the acronyms
    still to be explained. `lowered` is by how many levels the titles of a piece come below those of its page.
    """

    path: str
    links: dict[Key, BodyLink]
    address_of: AddressOf
    prefix: str = ""
    anchors: tuple[str, ...] = ()
    terms: dict[str, ShownTerm] = field(default_factory=dict)
    numbered: list[BodyLink] = field(default_factory=list)
    lowered: int = 0

    @classmethod
    def of(cls, path: str, links: Iterable[BodyLink], address_of: AddressOf, prefix: str = "") -> "Rendering":
        """Return the conversion of a text with some links."""
        by_key = {key_of(link.kind, link.target, link.section): link for link in links}
        return cls(path=path, links=by_key, address_of=address_of, prefix=prefix)

    def number(self, link: BodyLink) -> str:
        """Return the address that stands for a link until the end."""
        self.numbered.append(link)
        return f"{SCHEME}{len(self.numbered) - 1}"

    def number_page(self, path: str) -> str:
        """Return the address that stands for a page until the end."""
        return self.number(
            BodyLink(
                start=0,
                end=0,
                whole=True,
                kind=LinkKind.WIKI,
                target="",
                section="",
                status="page",
                path=path,
                anchor="",
                title="",
                text="",
            )
        )

    def numbered_as(self, address: str | None) -> BodyLink | None:
        """Return the link that an address stands for."""
        number = (address or "").removeprefix(SCHEME)
        return self.numbered[int(number)] if number != address and number.isdecimal() else None
