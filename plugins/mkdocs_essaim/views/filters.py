"""The form that filters and sorts an index: what its script is told."""

from typing import Any

from essaim.views.index import IndexEntry, IndexPage


def filters_of(index: IndexPage) -> dict[str, Any] | None:
    """Return what the script makes the form from, as JSON data; None when the index has none."""
    if not index.listed.sorts:
        return None
    facets = [
        {"nom": facet.name, "titre": facet.label, "valeurs": [[value.key, value.label] for value in facet.values]}
        for facet in index.listed.facets
    ]
    return {
        "facettes": facets,
        "tris": [[s.name, s.label, s.kind] for s in index.listed.sorts],
        "tri": index.listed.sort,
    }


def keys_of(entry: IndexEntry) -> str:
    """Return the numbers of the values of an entry, facet by facet: `0|1 3|`."""
    return "|".join(" ".join(map(str, numbers)) for numbers in entry.keys)


def ranks_of(entry: IndexEntry) -> str:
    """Return the places of an entry, order by order, a dash where it has none: `12 - 0`."""
    return " ".join("-" if rank is None else str(rank) for rank in entry.ranks)
