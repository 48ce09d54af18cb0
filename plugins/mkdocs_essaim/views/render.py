"""HTML fragments of a page: what is put around its body. Templates are compiled once."""

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined

from essaim.views.index import IndexPage
from essaim.views.inputs import PageInputs

AddressOf = Callable[[str], str]
"""From the repository path of a page to its address as seen from the page being rendered; '' if unpublished."""


class Renderer:
    """Renders the fragments of pages from their inputs."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("mkdocs_essaim"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def above(self, inputs: PageInputs, address_of: AddressOf, index: str) -> str:
        """Render what stands between the title and the body: the way up, the summary, the fields."""
        template = self._templates.get_template("above.html.jinja")
        return template.render(inputs=inputs, address_of=address_of, index=index)

    def below(self, inputs: PageInputs, address_of: AddressOf) -> str:
        """Render what follows the body: the pages that name this one."""
        return self._templates.get_template("below.html.jinja").render(inputs=inputs, address_of=address_of)

    def index(self, index: IndexPage, address_of: AddressOf) -> str:
        """Render the pages of a collection."""
        return self._templates.get_template("index.html.jinja").render(index=index, address_of=address_of)


def after_heading(html: str, fragment: str) -> str:
    """Put a fragment after the title of a page."""
    head, end, rest = html.partition("</h1>")
    return f"{head}{end}\n{fragment}{rest}"
