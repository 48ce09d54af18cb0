"""From the `index:` of a `_type.yml` to the page that lists those of its collection."""

from essaim.schema.load_rules import check_names, read_condition
from essaim.schema.model import IndexSpec, PageType, Schema
from essaim.schema.options import Options


def load_index(options: Options, page_type: PageType, schema: Schema) -> IndexSpec | None:
    """Return the index of a type, None when it has none; the fields that it names are reported if it lacks them."""
    node = options.mapping("index", "« {view: cards, facets: […], sort: … } »")
    if node is None:
        return None
    inner = options.sub(node, "pour « index »")
    inner.only(("view", "facets", "columns", "sort", "where"))
    names = [*page_type.fields, *schema.inverses_of(page_type.name)]
    for key in ("facets", "columns", "sort"):
        check_names(inner, key, page_type, names)
    quiet = inner.quiet()
    return IndexSpec(
        view=inner.one_of("view", ("cards", "table", "list"), "list"),
        facets=tuple(node.text for node in quiet.scalars("facets")),
        columns=tuple(node.text for node in quiet.scalars("columns")),
        sort=quiet.text("sort"),
        where=read_condition(inner, "where", schema.scope_of(page_type)),
    )
