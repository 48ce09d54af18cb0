"""Plain text in Markdown."""

_MARKUP = frozenset('\\`*_{}[]<>#|!~^$"=')


def escape(text: str) -> str:
    """Write a text as Markdown that shows it as it is, in any dialect: what could be markup becomes an entity."""
    text = " ".join(text.split()).replace("&", "&amp;")
    return "".join(f"&#{ord(sign)};" if sign in _MARKUP else sign for sign in text)
