"""Values of one field that are several: words follow each other with commas, sentences do not."""

import pytest

from essaim.views.fields import ShownField, ShownValue


def field(*texts: str, page: str = "") -> ShownField:
    return ShownField(
        name="canaux", label="Canaux", kind="text", values=tuple(ShownValue(text=t, page=page) for t in texts)
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("un",), False),
        (("Une seule phrase, aussi longue que l'on veut, n'a rien à séparer.",), False),
        (("lundi", "mardi"), False),
        (("Venez.", "Dites bonjour"), True),
        (("Vient-il ?", "Oui"), True),
        (("court", "ce qui se dit en plus de quarante caractères"), True),
    ],
)
def test_sentences_are_told_from_words(texts: tuple[str, ...], expected: bool) -> None:
    assert field(*texts).has_sentences is expected


def test_names_of_pages_follow_each_other_however_long() -> None:
    assert not field(
        "Une page dont le titre est très long, vraiment très long", "Une autre", page="a.md"
    ).has_sentences
