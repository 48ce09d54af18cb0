"""From the `departed:` of a `_type.yml` to what becomes of the pages of people who left."""

from collections.abc import Iterator

from essaim.schema.departed import DepartedSpec
from essaim.schema.lineage import Lineage
from essaim.schema.load_rules import read_condition
from essaim.schema.model import PageType
from essaim.schema.options import Options
from essaim.schema.paths import Scope
from essaim.suggest import nearest
from essaim.syntax.nodes import Scalar

TEXT = "Cette personne a quitté la coopérative."
"""What stands in place of the text of a page, unless its type says another sentence."""
_SHAPE = "« {when: …, as: …} »"


def load_departed(line: Lineage, page_type: PageType, scope: Scope) -> DepartedSpec | None:
    """Return what becomes of the pages of people who left: what the type says, or else the nearest ancestor."""
    options = line.mapping("departed", _SHAPE)
    return _read(options, page_type, scope) if options else None


def _read(options: Options, page_type: PageType, scope: Scope) -> DepartedSpec | None:
    options.only(("when", "as", "keeps", "text"))
    if "when" not in options:
        options.missing("when")
    when = read_condition(options, "when", scope)
    words, keeps = _words(options, page_type), tuple(_keeps(options, page_type))
    if when is None:
        return None
    asked = (path.steps[0] for path in when.paths if path.steps and not path.of_this)
    return DepartedSpec(
        when=when,
        words=words,
        keeps=keeps if "keeps" in options else tuple(name for name in asked if _can_stay(name, page_type)),
        text=" ".join(options.text("text", TEXT).split()),
    )


def _words(options: Options, page_type: PageType) -> str:
    """Return the field of the words that stand for a name."""
    node = options.scalar("as", "le nom d'un champ « text » à une seule valeur")
    if node is None:
        return ""
    field = page_type.fields.get(node.text)
    if field is None or field.many or field.type.name != "text" or not _can_stay(node.text, page_type):
        _refuse(options, "as", node, page_type, "le nom d'un champ « text » à une seule valeur, qui n'est pas un nom")
        return ""
    return node.text


def _keeps(options: Options, page_type: PageType) -> Iterator[str]:
    for node in options.scalars("keeps"):
        if _can_stay(node.text, page_type):
            yield node.text
        else:
            _refuse(options, "keeps", node, page_type, "des champs du type, qui ne disent pas le nom de la personne")


def _can_stay(name: str, page_type: PageType) -> bool:
    """Whether a field may be shown once its person left: those that name them may not."""
    return name in page_type.fields and name not in (page_type.title_field, page_type.alias_field)


def _refuse(options: Options, key: str, node: Scalar, page_type: PageType, expected: str) -> None:
    fitting = [name for name in page_type.fields if _can_stay(name, page_type)]
    options.invalid(key, node, expected, nearest(node.text, fitting))
