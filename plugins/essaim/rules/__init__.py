"""The catalogue of everything the engine can say, one `Rule` a code."""

from collections.abc import Mapping
from types import MappingProxyType

from essaim.rules import (
    body,
    declared,
    facts,
    fields,
    files,
    freshness,
    frontmatter,
    linked_data,
    links,
    mentions,
    neighbours,
    queries,
    redirections,
    rows,
    types,
)
from essaim.rules.model import Rule

__all__ = ["CATALOGUE", "Rule"]

CATALOGUE: Mapping[str, Rule] = MappingProxyType(
    {
        rule.code: rule
        for family in (
            *(files, frontmatter, fields, rows, links, redirections, neighbours),
            *(body, freshness, mentions, facts, declared, types, linked_data, queries),
        )
        for rule in family.ALL
    }
)
