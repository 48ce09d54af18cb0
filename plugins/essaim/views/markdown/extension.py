"""The Python-Markdown extension: give it a page before each conversion."""

from markdown import Markdown
from markdown.extensions import Extension

from essaim.views.addresses import AddressOf
from essaim.views.inputs import PageInputs
from essaim.views.markdown.inline import Wikilinks
from essaim.views.markdown.marks import BlockMarks, Comments, Fences
from essaim.views.markdown.pieces import NewMarkdown, Pieces
from essaim.views.markdown.plain import Hide, PlainTexts, Show
from essaim.views.markdown.rendering import Rendering
from essaim.views.markdown.stack import Stack
from essaim.views.markdown.terms import Terms
from essaim.views.markdown.tree import Addresses, MarkdownLinks


class WikiExtension(Extension):
    """Renders the links of a page as the engine has resolved them.

    `new_markdown` makes a converter like the host's, this extension included, for the pieces of other pages.
    """

    def __init__(self, new_markdown: NewMarkdown) -> None:
        super().__init__()
        self._new_markdown = new_markdown
        self._stack = Stack()

    def begin(self, inputs: PageInputs | None, address_of: AddressOf) -> None:
        """Say what the next text to be converted is; None when it is not a page of the wiki."""
        if inputs is None:
            self._stack.begin(None)
            return
        rendering = Rendering.of(inputs.path, inputs.links, address_of)
        rendering.anchors = inputs.anchors
        rendering.terms = {term.acronym: term for term in inputs.terms}
        self._stack.begin(rendering)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what reads the text and treats the tree; the numbers say between which of the renderer's own."""
        md.preprocessors.register(Fences(md, self._stack), "essaim-fences", 27)  # white space < … < fences
        md.preprocessors.register(Comments(md, self._stack), "essaim-comments", 22)  # fences < … < raw HTML
        md.inlinePatterns.register(Wikilinks(md, self._stack), "essaim-wikilinks", 172)  # escapes < … < links
        md.treeprocessors.register(BlockMarks(md, self._stack), "essaim-blocks", 21)  # before inline
        texts = PlainTexts()
        md.treeprocessors.register(Hide(md, texts), "essaim-hide-plain", 20.1)
        md.treeprocessors.register(Show(md, texts), "essaim-show-plain", 19.9)
        md.treeprocessors.register(MarkdownLinks(md, self._stack), "essaim-links", 6.3)  # attributes < … < contents
        md.treeprocessors.register(Terms(md, self._stack), "essaim-terms", 6.2)
        md.treeprocessors.register(Pieces(md, self._stack, self._new_markdown), "essaim-pieces", 6.1)
        md.treeprocessors.register(Addresses(md, self._stack), "essaim-addresses", -20)  # after all else
