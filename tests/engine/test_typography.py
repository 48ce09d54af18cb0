"""The spaces of French, bound in the text of a page and nowhere else."""

import pytest

from essaim.views.typography import bind_spaces

THIN, FULL = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Vrai ? Oui ! Bien ; soit", f"Vrai{THIN}? Oui{THIN}! Bien{THIN}; soit"),
        ("Portée : loi", f"Portée{FULL}: loi"),
        ("dit « oui », puis", f"dit «{FULL}oui{FULL}», puis"),
        ("12 € ou 3 jours", f"12{FULL}€ ou 3{FULL}jours"),
        ("de 9 h 15 à 10 h", f"de 9{FULL}h{FULL}15 à 10{FULL}h"),
        ("le 1er mai ou le 12 août 2026", f"le 1er{FULL}mai ou le 12{FULL}août 2026"),
        ("« <a>lien</a> » :", f"«{FULL}<a>lien</a>{FULL}»{FULL}:"),
        ("<strong>Portée</strong> : loi", f"<strong>Portée</strong>{FULL}: loi"),
    ],
)
def test_signs_are_bound_to_their_words(html: str, expected: str) -> None:
    assert bind_spaces(html) == expected
    assert bind_spaces(expected) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a title="Voir : la suite ?" href="#x">lien</a>',
        "<code>a ? b : c</code>",
        "<pre><code>x : 1\n« y » ; z</code></pre>",
        "<script>a ? b : c</script>",
        "<!-- a : b -->",
        "a ?b et :c, 3 joursets 12 hectares",
        "l'heure, 10 000 personnes",
        "mi mai, 12 maisons, 3 h 1500 fois".replace("3 h", f"3{FULL}h"),
    ],
)
def test_code_attributes_and_other_words_stay(html: str) -> None:
    assert bind_spaces(html) == html


def test_text_after_code_is_bound_again() -> None:
    assert bind_spaces("<code>a : b</code> : c <code>d ?</code> ?") == (
        f"<code>a : b</code>{FULL}: c <code>d ?</code>{THIN}?"
    )
