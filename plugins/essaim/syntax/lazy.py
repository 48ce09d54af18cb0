"""A document that is taken apart when somebody first asks for it."""

from essaim.source import SourceFile
from essaim.syntax.document import Document, parse_document


class LazyDocument:
    """A document, or the source that it can be had from: most pages of a wiki that was analyzed before need no more.

    Two are equal when their documents are. `source` is the page's file.
    """

    __slots__ = ("_document", "source")

    def __init__(self, source: SourceFile, document: Document | None = None) -> None:
        """Hold a document, or take apart its source later on."""
        self.source = source
        self._document = document

    @classmethod
    def of(cls, document: Document) -> "LazyDocument":
        """Hold a document that is there already."""
        return cls(document.source, document)

    @property
    def whole(self) -> Document:
        """The document; what is wrong with it was said when the page was first read."""
        if self._document is None:
            self._document, _ = parse_document(self.source)
        return self._document

    def __eq__(self, other: object) -> bool:
        """Whether another document says the same."""
        if self is other or not isinstance(other, LazyDocument):
            return self is other
        return self.source.digest == other.source.digest and self.whole == other.whole
