"""Options of the plugin `essaim`."""

import re
from urllib.parse import urlsplit

from mkdocs.config import config_options as option
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig

from essaim.views.new_page import check_template

_BRANCH = re.compile(r"/?(?:-/)?(?:_?edit|blob|src/branch|raw)/(?P<branch>[^/?]+)/(?P<folder>[^?]*)")
_FORMS = {  # where the forges that everybody knows begin a file
    "github.com": "{repo}/new/{branch}/{folder}{{dossier}}?filename={{fichier}}&value={{texte}}",
    "gitlab.com": "{repo}/-/new/{branch}/{folder}{{dossier}}?file_name={{fichier}}",
    "codeberg.org": "{repo}/_new/{branch}/{folder}{{dossier}}?filename={{fichier}}&value={{texte}}",
}


class AddressTemplate(option.Optional[str]):
    """The address of a form, with words between braces that stand for what the new page is."""

    def __init__(self) -> None:
        super().__init__(option.Type(str))

    def run_validation(self, value: object) -> str | None:
        """Accept an address a browser may be sent to, and the words that Essaim fills in."""
        template = super().run_validation(value)
        problem = check_template(template) if template else ""
        if problem:
            raise ValidationError(f"« new_page » : {problem}")
        return template


class ContentConfig(Config):
    """What `mkdocs.yml` may say under `essaim:`."""

    audience = option.Choice(("public", "members"), default="public")
    """For whom the site is built; what is for members only never enters a public site."""

    strict = option.Optional(option.Type(bool))
    """Whether an author's mistake stops the build; by default, what `mkdocs build --strict` says."""

    without_lots = option.ListOfItems(option.Type(str), default=[])
    """The lots of types that this wiki does without: their pages are shown to nobody."""

    new_page = AddressTemplate()
    """Where a reader begins a page that is missing; by default, the form of the forge that `repo_url` names."""


def new_page_template(own: str | None, config: MkDocsConfig, docs_dir: str) -> str:
    """Return the template that `mkdocs.yml` gives or that its `repo_url` and `edit_uri` imply, '' for none."""
    if own is not None or not config.repo_url:
        return own or ""
    form = _FORMS.get(urlsplit(config.repo_url).netloc.lower(), "")
    found = _BRANCH.fullmatch(config.edit_uri or "")
    folder = found["folder"].rstrip("/") if found else ""
    above = folder.removesuffix("" if docs_dir == "." else docs_dir)  # where the wiki stands in its repository
    branch = found["branch"] if found else "main"
    template = form.format(repo=config.repo_url.rstrip("/"), branch=branch, folder=above)
    return "" if check_template(template) else template
