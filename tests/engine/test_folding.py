"""When two names are the same name for a French reader."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.folding import fold, forms, twin
from essaim.suggest import nearest, tolerance
from tests.conftest import in_less_than


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Été", "ete"),
        ("ÉTÉ", "e\u0301te\u0301"),
        ("L’essentiel", "l'essentiel"),
        ("l`heure", "L´HEURE"),
        ("Cœur à cœur", "coeur a coeur"),
        ("ŒUVRE, ÆTHER", "oeuvre, aether"),
        ("Straße", "STRASSE"),
        ("peut-être", "peut etre"),
        ("compte_d_activité", "Compte d activite"),
        ("compte–rendu", "compte - rendu"),
        ("10\u00a0000\u202f€", "10 000 €"),
        ("  deux   mots ", "deux mots"),
        ("in\u00advi\u200bsi\u200dble", "invisible"),
        ("ﬁche n° ②", "fiche n° 2"),
        ("℡", "tel"),
    ],
)
def test_what_does_not_count(name: str, same: str) -> None:
    assert fold(name) == fold(same)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Été", "étés"),
        ("L'été", "été"),
        ("coopérateur", "coopératrice"),
        ("a.b", "ab"),
        ("n° 1", "n 1"),
        ("«a»", "a"),
    ],
)
def test_what_counts(name: str, other: str) -> None:
    assert fold(name) != fold(other)


DOTS = {
    "middle dot": "coopérateur·trice",
    "bullet": "coopérateur•trice",
    "hyphenation point": "coopérateur‧trice",
    "dot operator": "coopérateur⋅trice",
    "bullet operator": "coopérateur∙trice",
    "word separator": "coopérateur⸱trice",
    "one dot leader": "coopérateur․trice",
    "katakana dot": "coopérateur・trice",
    "full stop": "coopérateur.trice",
    "slash": "coopérateur/trice",
    "brackets": "coopérateur(trice)",
    "capitals": "coopérateurTRICE",
    "all capitals": "COOPÉRATEUR·TRICE",
    "decomposed": normalize("NFD", "coopérateur·trice"),
}


@pytest.mark.parametrize("name", DOTS.values(), ids=DOTS)
def test_an_inclusive_form_is_one_name_whatever_its_dot(name: str) -> None:
    assert forms(name) == ("cooperateur·trice", "cooperateur", "cooperatrice")


@pytest.mark.parametrize(
    ("inclusive", "masculine", "feminine"),
    [
        ("salarié·e", "salarie", "salariee"),
        ("salariéE", "salarie", "salariee"),
        ("formateur·rice", "formateur", "formatrice"),
        ("directeur·ice", "directeur", "directrice"),
        ("ambassadeur·drice", "ambassadeur", "ambassadrice"),
        ("auteur·rice", "auteur", "autrice"),
        ("entrepreneur·euse", "entrepreneur", "entrepreneuse"),
        ("entrepreneur·e", "entrepreneur", "entrepreneure"),
        ("vendeur·se", "vendeur", "vendeuse"),
        ("heureux·se", "heureux", "heureuse"),
        ("heureux·euse", "heureux", "heureuse"),
        ("conseiller·ère", "conseiller", "conseillere"),
        ("banquier·ière", "banquier", "banquiere"),
        ("citoyen·ne", "citoyen", "citoyenne"),
        ("citoyenNE", "citoyen", "citoyenne"),
        ("pharmacien·ienne", "pharmacien", "pharmacienne"),
        ("professionnel·le", "professionnel", "professionnelle"),
        ("nouveau·elle", "nouveau", "nouvelle"),
        ("actif·ve", "actif", "active"),
        ("actif·ive", "actif", "active"),
        ("chef·fe", "chef", "cheffe"),
        ("maire·sse", "maire", "mairesse"),
        ("hôte·esse", "hote", "hotesse"),
        ("Français·e", "francais", "francaise"),
        ("un·e coopérateur·trice", "un cooperateur", "une cooperatrice"),
        ("chargé(e) d'accompagnement", "charge d'accompagnement", "chargee d'accompagnement"),
    ],
)
def test_an_inclusive_form_is_found_by_either_word(inclusive: str, masculine: str, feminine: str) -> None:
    assert forms(inclusive)[1:] == (masculine, feminine)


@pytest.mark.parametrize(
    ("inclusive", "masculine", "feminine"),
    [
        ("salarié·e·s", "salaries", "salariees"),
        ("salarié.es", "salaries", "salariees"),
        ("salarié/e/s", "salaries", "salariees"),
        ("salarié(e)s", "salaries", "salariees"),
        ("salarié(e)(s)", "salaries", "salariees"),
        ("salariéEs", "salaries", "salariees"),
        ("salariéES", "salaries", "salariees"),
        ("coopérateur·trice·s", "cooperateurs", "cooperatrices"),
        ("coopérateur·trices", "cooperateurs", "cooperatrices"),
        ("coopérateurs·trices", "cooperateurs", "cooperatrices"),
        ("coopérateurs(trices)", "cooperateurs", "cooperatrices"),
        ("conseillers·ères", "conseillers", "conseilleres"),
        ("tous·tes", "tous", "toutes"),
        ("tou·te·s", "tous", "toutes"),
        ("heureux·ses", "heureux", "heureuses"),
        ("admis·es", "admis", "admises"),
        ("client·e·s et fournisseur·euse·s", "clients et fournisseurs", "clientes et fournisseuses"),
    ],
)
def test_so_is_a_plural(inclusive: str, masculine: str, feminine: str) -> None:
    assert forms(inclusive)[1:] == (masculine, feminine)


@pytest.mark.parametrize(
    "name",
    [
        *("juriste", "loi.2026", "v.2", "index.md", "www.exemple.fr", "Mme. Durand", "SCOP S.A.", "a·b", "etc."),
        *(
            "SMS",
            "GitHub",
            "LaTeX",
            "OpenStreetMap",
            "(re)lire",
            "plan (2026)",
            "km/h",
            "et/ou",
            "1·e",
            "",
            "·",
            "·e",
        ),
    ],
)
def test_what_only_looks_inclusive_has_one_form(name: str) -> None:
    assert forms(name) == (fold(name),)


def test_ids_are_twins_by_case_and_unicode_form_only() -> None:
    assert twin("Été") == twin("e\u0301TE\u0301") == twin("ÉTÉ")
    assert twin("été") != twin("ete")
    assert twin("a-b") != twin("a b")


@settings(derandomize=True, max_examples=1000)
@given(st.text(max_size=12))
def test_folding_is_stable(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert forms(name)[0] == fold(forms(name)[0])
    assert fold(normalize("NFD", name)) == fold(normalize("NFC", name))


@pytest.mark.parametrize(
    "name", ["a" * 200_000 + ".", "é" * 200_000 + "·e", "a.e" * 60_000, "(" * 200_000, "aE" * 90_000]
)
def test_a_name_without_end_takes_no_time(name: str) -> None:
    with in_less_than(2):
        forms(name)


# --- The nearest name ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("titr", "titre"),
        ("tirte", "titre"),
        ("Titre", "titre"),
        ("acompagnement", "accompagnement"),
        ("resumé", "resume"),
        ("ressume", "resume"),
        ("date_debut", "date-début"),
        ("dtt", None),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_nearest_name(word: str, meant: str | None) -> None:
    assert nearest(word, ["titre", "resume", "accompagnement", "date-début", "date"]) == meant


def test_a_short_word_bears_few_slips() -> None:
    assert [tolerance("a" * size) for size in (0, 4, 5, 8, 9, 40)] == [1, 1, 2, 2, 3, 3]
    assert nearest("a", ["b"]) is None


def test_of_two_as_near_the_first_in_order() -> None:
    assert nearest("moi", ["toi", "mai", "loi"]) == nearest("moi", ["loi", "toi", "mai"]) == "loi"
