"""What a Markdown body holds that others can point at or follow: headings, links, variables.

It reads text the way the renderer (Python-Markdown with its fences and raw HTML) does, without rendering;
a test holds the two against each other over all content and over generated pages.
"""

from essaim.syntax.markdown.headings import Heading, Section, find_headings, find_sections
from essaim.syntax.markdown.limits import check_limits
from essaim.syntax.markdown.links import Link, find_links, find_variables
from essaim.syntax.markdown.marks import BlockMark, find_marks
from essaim.syntax.markdown.mask import Mask, mask_body
from essaim.syntax.markdown.queries import QueryBlock, find_query_blocks
from essaim.syntax.markdown.ways import LinkKind

__all__ = [
    "BlockMark",
    "Heading",
    "Link",
    "LinkKind",
    "Mask",
    "QueryBlock",
    "Section",
    "check_limits",
    "find_headings",
    "find_links",
    "find_marks",
    "find_query_blocks",
    "find_sections",
    "find_variables",
    "mask_body",
]
