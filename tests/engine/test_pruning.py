"""Values taken out of YAML, held against the same taken out of the data: whatever its shape and style."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from essaim.schema.load import load_schema
from essaim.source import SourceFile, apply_edits
from essaim.syntax.nodes import Mapping, Node, Scalar, Sequence
from essaim.syntax.yaml import parse_yaml_file
from essaim.workspace.swarm.pruning import prune_edits

GONE = object()
KEYS = st.sampled_from(["a", "b", "c", "clé à dire"])
SCALARS = st.sampled_from(["gone", "kept", "deux mots", "a: b", "l'un", "x\ny\n", ""])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3),
    max_leaves=12,
)


def without(data: Any) -> Any:
    """Take `gone` out of data, and with it the lists and mappings of which nothing is left."""
    if isinstance(data, str):
        return GONE if data == "gone" else data
    if isinstance(data, list):
        items = [kept for item in data if (kept := without(item)) is not GONE]
        return items if items or not data else GONE
    pairs = {key: kept for key, value in data.items() if (kept := without(value)) is not GONE}
    return pairs or GONE


def gone_places(node: Node | None) -> Iterator[int]:
    if isinstance(node, Scalar):
        if node.text == "gone":
            yield node.start
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from gone_places(item)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield from gone_places(entry.value)


def pruned(text: str, type_text: str = "type: x\n") -> str:
    source = SourceFile.from_text("x.yml", text)
    node, _ = parse_yaml_file(source)
    assert isinstance(node, Mapping)
    schema, _ = load_schema([SourceFile.from_text("x/_type.yml", type_text)])
    return apply_edits(source, list(prune_edits(source, node, schema.types["x"].fields, {*gone_places(node)})))


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.sampled_from([True, False, None]), st.integers(2, 6))
def test_what_is_left_is_what_the_data_would_be(data: dict[str, Any], flow: bool | None, indent: int) -> None:
    data = {"premier": "kept", **data, "dernier": "kept"}
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, sort_keys=False, indent=indent)
    assert yaml.safe_load(pruned(text)) == without(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: x # dit\nb: gone # dit aussi\n# de c\nc: y\n", "a: x # dit\n# de c\nc: y\n"),
        ("a: x\ng:\n  - q: gone\n    m: y\n  - q: z\n", "a: x\ng:\n  - q: z\n"),
        ("a: x\ng: [{q: gone, m: y}, {q:  z}]\n", "a: x\ng: [{q:  z}]\n"),
        ("a: x\ng:\n- q: gone\n", "a: x\n"),
        ("a: x\ng:\n  - m: gone\n    q: z\n", "a: x\ng:\n  - q: z\n"),
        ("a: x\r\nb: gone\r\nc: y\r\n", "a: x\r\nc: y\r\n"),
    ],
)
def test_the_rest_is_as_it_was_written(text: str, expected: str) -> None:
    """A row goes with what it requires, its `q`."""
    fields = "fields:\n  g: {type: group, many: true, fields: {q: {type: text, required: true}, m: text}}\n"
    assert pruned(text, f"type: x\n{fields}") == expected
