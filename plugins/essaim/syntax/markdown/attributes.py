"""Lists of attributes: `{#id .class key=value}` after what they qualify."""

import re

_AT_END = re.compile(r"(?<! )[ ]+\{:?[ ]*(?P<list>[^}\n ][^\n]*)\}[ ]*$")
_AFTER = re.compile(r"\{:?[ ]*(?P<list>[^{}\n ][^{}\n]*)\}")
_QUALIFYING = re.compile(r"(?:(?<=[)\]>*_`\x02])|\n[ ]*(?=\{[^\n]*\Z))\{:?[ ]*(?P<list>[^{}\n ][^{}\n]*)\}")
_ATTRIBUTE = re.compile(
    r"(?P<key>[^ =}]+)=(?:\"(?P<double>.*?)\"|'(?P<single>.*?)'|(?P<bare>[^ =}]+))|(?P<word>[^ =}]+)| "
)


def split_attributes(text: str, start: int) -> tuple[int, dict[str, str]]:
    """Return where the list begins that ends a heading, not before `start`, and its attributes."""
    match = _AT_END.search(text, start) if text.rstrip(" ").endswith("}") else None
    attributes = parse_attributes(match["list"]) if match else None
    if match is None or attributes is None:
        return len(text), {}
    return match.start(), attributes


def end_of_attributes(text: str, start: int) -> int:
    """Return where the list ends that begins at `start`, or `start` if there is none."""
    match = _AFTER.match(text, start)
    return match.end() if match else start


def ids_in(text: str) -> list[str]:
    """Return the ids that a text gives to its elements or to itself."""
    found = [parse_attributes(match["list"]) for match in _QUALIFYING.finditer(text)]
    return [attributes["id"] for attributes in found if attributes and "id" in attributes]


def parse_attributes(text: str) -> dict[str, str] | None:
    """Return the attributes of a list, or None if there is more than a list."""
    attributes: dict[str, str] = {}
    end = 0
    while match := _ATTRIBUTE.match(text, end):
        end = match.end()
        if match["key"]:
            attributes[match["key"]] = match["double"] or match["single"] or match["bare"] or ""
        elif match["word"] and match["word"].startswith("#"):
            attributes["id"] = match["word"][1:]
    return None if "}" in text[end:] else attributes
