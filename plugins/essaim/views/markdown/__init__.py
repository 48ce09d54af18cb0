"""What the wiki adds to Python-Markdown: links by name, pieces of other pages, block marks, the glossary."""

from essaim.views.markdown.extension import WikiExtension

__all__ = ["WikiExtension"]
