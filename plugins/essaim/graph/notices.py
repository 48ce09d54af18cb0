"""The variables that the notices of types cite."""

from collections.abc import Iterable, Iterator

from essaim.diagnostics import Diagnostic
from essaim.graph.variables import Variables
from essaim.source import SourceFile
from essaim.syntax.markdown import find_variables
from essaim.syntax.nodes import Mapping, Scalar
from essaim.syntax.yaml import parse_yaml_file


def check_notices(sources: Iterable[SourceFile], variables: Variables) -> Iterator[Diagnostic]:
    """Report, in `_type.yml` files, the variables of notices that do not exist or have no value."""
    for source in sources:
        if "notice" not in source.text or "{{" not in source.text:
            continue
        node, _ = parse_yaml_file(source)
        notice = node.get("notice") if isinstance(node, Mapping) else None
        if isinstance(notice, Scalar):
            cited = find_variables(source.text[notice.start : notice.end], notice.start)
            yield from variables.check(source, cited)
