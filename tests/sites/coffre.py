"""A vault of notes as Obsidian and its plugins write them, with what each link must lead to.

`write_vault` writes it: a few dozen notes by hand, with every oddity found in manuals and issue lists, then hundreds
that cite one another. Every link of `LINKS` stands on a line of its own between its number and `fin`, so that it is
found again in what is built; `UNTOUCHED` is text in which nothing is a link.
"""

from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

TYPE = "type: note\nlabel: {one: note, many: notes, gender: f}\nextra: allow\n"
NFD = normalize("NFD", "Été à Nîmes")
NFC = normalize("NFC", NFD)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)

NOTES: dict[str, str] = {
    "index.md": "# Bienvenue\n\nLe début.\n",
    "Alpha.md": """\
---
aliases: [Première lettre, "A, majuscule"]
tags: [lettre, grec/ancien]
cssclasses: large
publish: true
---
#lettre #grec/ancien

# Alpha : le début

## Un détail : le prix (2024) ?

Un paragraphe nommé. ^bloc-1

## Janvier

### Tâches

- [ ] une tâche ^tache-1
- [x] une autre
    - [/] à moitié ^TACHE-2

## Février

### Tâches

| a | b |
|---|---|
| 1 | 2 |

^tableau

> [!quote] Une citation
> dite par quelqu'un ^citation

```js
const a = 1 ^ 2
```

^code

## **Gras** et [[Bêta|lien]] avec `code` #etiquette

## C# et F# | ou 100 % [sûr] ^titre-marque

Deuxième lettre ==surlignée== et ~~barrée~~ %%remarque [[Nulle part 1]]%%.
""",
    "Projets/Alpha.md": "# L'autre Alpha\n\n## Ici\n\nTexte. ^bloc-p\n",
    "Projets/Projets.md": "Note du dossier, sans titre.\n",
    "Projets/Bêta.md": "---\naliases: Deuxième lettre, b\n---\n\n# Bêta\n\n## L'été, déjà\n",
    "Projets/Sous/Gamma.md": "---\nalias:\n  - Troisième lettre\n---\n# Gamma\n",
    "Zone/Gamma.md": "# Gamma de la zone\n",
    "Zone/Loin/Delta.md": "# Delta\n",
    "Dossier.md": "La note de son dossier.\n",
    "Dossier/Dedans.md": "Texte.\n",
    "Zone/README.md": "# Lisez-moi de la zone\n",
    "Zone/2024-01-05.md": "## Tâches\n\n- [ ] ranger\n",
    "Zone/2024-01-06.md": "## Tâches\n\n- [ ] jeter\n",
    "Vide.md": "",
    "Untitled.md": "\n\n",
    "En-tête vide.md": "---\n---\n\nTexte.\n",
    "Rien que des tirets.md": "---\n",
    f"{NFD}.md": f"# {NFD}\n\n## La mer\n",
    "Notes & idées.md": "# Et commercial\n",
    "L'été, l'hiver (brouillon) !.md": "## Fin\n",
    "Emoji 🐝 ruche.md": "Texte.\n",
    "100 % laine.md": "Texte.\n",
    "Point final..md": "Texte.\n",
    "v1.0 notes.md": "Texte.\n",
    "Nom [entre] crochets.md": "Texte.\n",
    "plan;final=2+2@ici~$.md": "Texte.\n",
    "Cro]chet.md": "Texte.\n",
    "templates/Gabarit.md": "# {{title}}\n",
    "Ronde.md": "Avant ![[Ronde]] après, et ![[Alpha#Janvier]].\n",
    "Projets/Tiret.md": "Texte.\n",
    "a/b/Tiret.md": "Texte.\n",
    "MAJUSCULES.md": "Texte.\n",
    "un-tiret.md": "Texte.\n",
    "un tiret.md": "Texte.\n",
    "Un nom vraiment très long " + "qui n'en finit pas " * 8 + "fin.md": "Texte.\n",
    "Dessin.excalidraw.md": """\
---
excalidraw-plugin: parsed
tags: [excalidraw]
---
==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠==

# Excalidraw Data

## Text Elements
Une boîte ^aBcD1234

%%
## Drawing
```compressed-json
N4KAkARALgngDgUwgLgAQQQDwMYEMA2AlgCYBOuA7hADTgQBuCpAzoQPYB2KqATLZMzYBXUtiRoIACyhQ4zZAHoFAc0JRJQgEYA6bGwC2CgF7N6hbEcK4OCtptbErHALRY8RMpWdx8Q1TdIEfARcZgRmBShcZQUebQBmbR4aOiCEfQQOKGZuAG1wMFAwYogSbnwASRgoHgAlVWwACWMEAAYABgBGTQBHesKIHCh6OABlWDhSKGwaAHNMCgBfIA===
```
%%
""",
    "Tableau.md": """\
---

kanban-plugin: board

---

## À faire

- [ ] [[Alpha]]
- [ ] un paquet @{2024-01-05}

%% kanban:settings
```
{"kanban-plugin":"board","lane":["[[Nulle part 2]]"]}
```
%%
""",
    "Modeles/Modèle.md": """\
# {{title}}

Créé le {{date:YYYY-MM-DD}} par <% tp.user.nom() %>, {{ date }}.
<%* if (tp.file.title) { tR += tp.file.title } %>
""",
    "Windows.md": "\ufeff---\naliases:\n  - Fenêtres\n---\n\n# Windows\n\n- a\n\t- b ^tab\n".replace("\n", "\r\n"),
    "Propriétés.md": """\
---
date created: Vendredi 5 janvier 2024, 10:12:00
up: "[[Alpha]]"
parent: [[Projets/Bêta]]
related:
  - "[[Gamma]] et [[Première lettre|la première]]"
  - "[[Nulle part 3]]"
icon: LiRocket
hide: true
search: oui
status: 🌱
template: quotidien
rating: 5/5
url: https://exemple.fr/?a=1&b=2
---

Texte.
""",
    "Deux fois.md": "---\ntags: a\ntags: b\n---\n\nTexte après un champ doublé.\n",
    "Illisible.md": "---\nup: [[Alpha]], [[Bêta]]\n---\n\nTexte.\n",
    "Tabulations.md": "---\ntags:\n\t- a\n---\n\nTexte.\n",
    "Collé.md": "Texte\u000bcollé d'un diaporama\u000c.\n\n[[Alpha]]\n",
    "Code ouvert.md": "Texte avant.\n\n```js\nconst a = 1\n",
    "Code mal fermé.md": (
        "Texte.\n\n> [!warning]-\n>  ```md\n> > [!note]\n> > [[Nulle part 7]]\n> ```\n\n"
        "- a\n\n    ```bash\n    [[Nulle part 7]]\n   ```\n\n"
        '```js title:"a b" fold\n[[Nulle part 7]]\n  ```\n\nSuite [[Alpha]].\n'
    ),
    "Titres.md": "#étiquette\n#etiquette/sous suite\n##Serré\n# Vrai titre\n\n###### Sixième\n",
}
ATTACHMENTS: dict[str, bytes] = {
    "plan.png": PNG,
    "attachments/Pasted image 20240105101200.png": PNG,
    f"attachments/{normalize('NFD', 'schéma final')}.PNG": PNG,
    "attachments/son.mp3": b"ID3",
    "attachments/film.mp4": b"ftyp",
    "attachments/doc.pdf": b"%PDF-1.4\n",
    "Projets/plan.png": PNG,
    "Projets/fichiers/devis (2).pdf": b"%PDF-1.4\n",
    "Zone/toile.canvas": b'{"nodes":[{"id":"1","type":"file","file":"Alpha.md"}],"edges":[]}',
    "Zone/liste.base": b"views:\n  - type: table\n",
    "_caches/brouillon.png": PNG,
    ".obsidian/app.json": b"{}",
    ".obsidian/plugins/x/README.md": b"[[Nulle part 0]]",
    ".trash/Jete.md": b"# Jete\n\n[[Nulle part 0]]\n",
}


FAULTS = (
    # What is said of notes besides the links of `LINKS`: by path, the code.
    ("Code ouvert.md", "ES403"),
    ("Collé.md", "ES003"),
    ("Deux fois.md", "ES107"),
    ("Illisible.md", "ES103"),
    ("Propriétés.md", "ES115"),
    ("Propriétés.md", "ES306"),
    ("Ronde.md", "ES314"),
    ("Tabulations.md", "ES110"),
    ("Titres.md", "ES408"),
    ("Windows.md", "ES002"),
)


class Case(NamedTuple):
    """A link as it is written in a note, and the path it leads to with its anchor.

    '' when it leads nowhere; a path and `#!` when the page is there and the place is not; `dehors` when it leads
    out of the vault, `refusé` when no browser would follow it.
    """

    note: str
    written: str
    leads_to: str


_HOME = "Liens.md"
_DEEP = "Projets/Liens du projet.md"
LINKS: tuple[Case, ...] = tuple(
    Case(note, written, leads_to)
    for note, cases in {
        _HOME: (
            # by name
            ("[[Alpha]]", "Alpha.md"),
            ("[[alpha]]", "Alpha.md"),
            ("[[Alpha.md]]", "Alpha.md"),
            ("[[ Alpha ]]", "Alpha.md"),
            ("[[Alpha|la première]]", "Alpha.md"),
            ("[[Alpha|]]", "Alpha.md"),
            ("[[Gamma]]", "Zone/Gamma.md"),
            ("[[Delta]]", "Zone/Loin/Delta.md"),
            ("[[Projets]]", "Projets/Projets.md"),
            ("[[index]]", "index.md"),
            ("[[README]]", "Zone/README.md"),
            ("[[Vide]]", "Vide.md"),
            ("[[Untitled]]", "Untitled.md"),
            ("[[En-tête vide]]", "En-tête vide.md"),
            ("[[Rien que des tirets]]", "Rien que des tirets.md"),
            ("[[2024-01-05]]", "Zone/2024-01-05.md"),
            (f"[[{NFC}]]", f"{NFD}.md"),
            (f"[[{NFD}]]", f"{NFD}.md"),
            ("[[Notes & idées]]", "Notes & idées.md"),
            ("[[L'été, l'hiver (brouillon) !]]", "L'été, l'hiver (brouillon) !.md"),
            ("[[Emoji 🐝 ruche]]", "Emoji 🐝 ruche.md"),
            ("[[100 % laine]]", "100 % laine.md"),
            ("[[Point final.]]", "Point final..md"),
            ("[[v1.0 notes]]", "v1.0 notes.md"),
            ("[[plan;final=2+2@ici~$]]", "plan;final=2+2@ici~$.md"),
            ("[[majuscules]]", "MAJUSCULES.md"),
            ("[[Alpha.MD]]", "Alpha.md"),
            ("[[Nom [entre] crochets]]", "Nom [entre] crochets.md"),
            ("[[Cro]chet|un [texte]]]", "Cro]chet.md"),
            ("[[[Alpha]]]", "Alpha.md"),
            ("[[Tiret]]", "a/b/Tiret.md"),
            ("[[un-tiret]]", "un-tiret.md"),
            ("[[un tiret]]", "un tiret.md"),
            ("[[Dessin.excalidraw]]", "Dessin.excalidraw.md"),
            ("[[Modèle]]", "Modeles/Modèle.md"),
            ("[[Gabarit]]", "templates/Gabarit.md"),
            ("[[Windows#^tab]]", "Windows.md#^tab"),
            # by other names
            ("[[Première lettre]]", "Alpha.md"),
            ("[[A, majuscule]]", "Alpha.md"),
            ("[[Deuxième lettre]]", "Projets/Bêta.md"),
            ("[[b]]", "Projets/Bêta.md"),
            ("[[Troisième lettre]]", "Projets/Sous/Gamma.md"),
            ("[[Fenêtres]]", "Windows.md"),
            # by path
            ("[[Projets/Alpha]]", "Projets/Alpha.md"),
            ("[[projets/alpha]]", "Projets/Alpha.md"),
            ("[[Projets/Alpha|l'autre]]", "Projets/Alpha.md"),
            ("[[Sous/Gamma]]", "Projets/Sous/Gamma.md"),
            ("[[Projets/Sous/Gamma.md]]", "Projets/Sous/Gamma.md"),
            ("[[/Alpha]]", "Alpha.md"),
            ("[[./Alpha]]", "Alpha.md"),
            ("[[Zone/README]]", "Zone/README.md"),
            # sections
            ("[[Alpha#Un détail : le prix (2024) ?]]", "Alpha.md#un-detail-le-prix-2024"),
            ("[[Alpha#Un détail le prix (2024)]]", "Alpha.md#un-detail-le-prix-2024"),
            ("[[alpha#un detail le prix 2024|le prix]]", "Alpha.md#un-detail-le-prix-2024"),
            ("[[Alpha#Tâches]]", "Alpha.md#taches"),
            ("[[Alpha#Janvier#Tâches]]", "Alpha.md#taches"),
            ("[[Alpha#Février#Tâches]]", "Alpha.md#taches_1"),
            ("[[Alpha#Alpha le début#Février#Tâches]]", "Alpha.md#taches_1"),
            ("[[Alpha#Gras et lien avec code etiquette]]", "Alpha.md#gras-et-lien-avec-code-etiquette"),
            ("[[Alpha#Gras et Bêta lien avec code etiquette]]", "Alpha.md#gras-et-lien-avec-code-etiquette"),
            ("[[Alpha#C et F ou 100 sûr]]", "Alpha.md#c-et-f-ou-100-sur"),
            ("[[Projets/Bêta#L'été, déjà]]", "Projets/Bêta.md#lete-deja"),
            (f"[[{NFC}#La mer]]", f"{NFD}.md#la-mer"),
            ("[[#Chez soi]]", f"{_HOME}#chez-soi"),
            ("[[Dessin.excalidraw#^aBcD1234]]", "Dessin.excalidraw.md#^aBcD1234"),
            # blocks
            ("[[Alpha#^bloc-1]]", "Alpha.md#^bloc-1"),
            ("[[Alpha#^BLOC-1|ce bloc]]", "Alpha.md#^bloc-1"),
            ("[[Alpha#^tache-1]]", "Alpha.md#^tache-1"),
            ("[[Alpha#^tache-2]]", "Alpha.md#^TACHE-2"),
            ("[[Alpha#^tableau]]", "Alpha.md#^tableau"),
            ("[[Alpha#^citation]]", "Alpha.md#^citation"),
            ("[[Alpha#^code]]", "Alpha.md#^code"),
            ("[[Alpha#^titre-marque]]", "Alpha.md#c-et-f-ou-100-sur"),
            ("[[#^ici]]", f"{_HOME}#^ici"),
            # files
            ("![[plan.png]]", "plan.png"),
            ("![[plan.png|300]]", "plan.png"),
            ("![[plan.png|300x200]]", "plan.png"),
            ("![[plan.png|le plan]]", "plan.png"),
            ("![[PLAN.png|le plan|120]]", "plan.png"),
            ("![[Pasted image 20240105101200.png]]", "attachments/Pasted image 20240105101200.png"),
            ("![[attachments/Pasted image 20240105101200.png]]", "attachments/Pasted image 20240105101200.png"),
            ("![[schéma final.png]]", f"attachments/{normalize('NFD', 'schéma final')}.PNG"),
            ("![[son.mp3]]", "attachments/son.mp3"),
            ("![[film.mp4]]", "attachments/film.mp4"),
            ("![[doc.pdf]]", "attachments/doc.pdf"),
            ("![[doc.pdf#page=3]]", "attachments/doc.pdf#page=3"),
            ("[[doc.pdf#page=3|page 3]]", "attachments/doc.pdf#page=3"),
            ("[[devis (2).pdf]]", "Projets/fichiers/devis (2).pdf"),
            ("[[toile.canvas]]", "Zone/toile.canvas"),
            ("![[toile.canvas]]", "Zone/toile.canvas"),
            ("[[liste.base]]", "Zone/liste.base"),
            ("[[Projets/plan.png]]", "Projets/plan.png"),
            # Markdown links
            ("[x](Alpha.md)", "Alpha.md"),
            ("[x](Alpha)", "Alpha.md"),
            ("[x](<Notes & idées.md>)", "Notes & idées.md"),
            ("[x](Notes%20&%20idées.md)", "Notes & idées.md"),
            ("[x](Notes%20%26%20id%C3%A9es)", "Notes & idées.md"),
            ("[x](un%20tiret)", "un tiret.md"),
            ("[x](100%20%25%20laine.md)", "100 % laine.md"),
            ("[x](Nom%20%5Bentre%5D%20crochets.md)", "Nom [entre] crochets.md"),
            ("[x](<Nom [entre] crochets.md>)", "Nom [entre] crochets.md"),
            ("[[Dossier]]", "Dossier.md"),
            ("[x](Dossier)", "Dossier.md"),
            ("[x](Dossier/)", "Dossier.md"),
            ("[x](Delta.md)", "Zone/Loin/Delta.md"),
            ("[x](Zone/Loin/Delta.md)", "Zone/Loin/Delta.md"),
            ("[x](./Projets/Alpha.md)", "Projets/Alpha.md"),
            ("[x](/Projets/Alpha.md)", "Projets/Alpha.md"),
            ("[x](Alpha.md#Un%20d%C3%A9tail%20le%20prix%20(2024))", "Alpha.md#un-detail-le-prix-2024"),
            ("[x](Alpha#Janvier)", "Alpha.md#janvier"),
            ("[x](Alpha.md#un-d%C3%A9tail--le-prix-2024-)", "Alpha.md#un-detail-le-prix-2024"),
            ("[x](<Projets/Bêta.md#lété-déjà>)", "Projets/Bêta.md#lete-deja"),
            ("[x](#-chez--soi)", f"{_HOME}#chez-soi"),
            ("[x](Alpha.md#F%C3%A9vrier#T%C3%A2ches)", "Alpha.md#taches_1"),
            ("[x](Alpha#^bloc-1)", "Alpha.md#^bloc-1"),
            ("[x](#Chez%20soi)", f"{_HOME}#chez-soi"),
            ("[x](#^ici)", f"{_HOME}#^ici"),
            (f"[x]({NFC.replace(' ', '%20')}.md)", f"{NFD}.md"),
            ("![x](plan.png)", "plan.png"),
            ("![x|100](plan.png)", "plan.png"),
            ("![](Pasted%20image%2020240105101200.png)", "attachments/Pasted image 20240105101200.png"),
            (
                "![x](attachments/Pasted%20image%2020240105101200.png 'titre')",
                "attachments/Pasted image 20240105101200.png",
            ),
            ("[x](attachments/doc.pdf#page=2)", "attachments/doc.pdf#page=2"),
            ("[x](obsidian://open?vault=coffre&file=Alpha)", "refusé"),
            ("[x](https://exemple.fr/[[Alpha]])", "dehors"),
            ("[x](mailto:a@exemple.fr)", "dehors"),
            # in the midst of markup
            ("**[[Alpha]]**", "Alpha.md"),
            ("*[[Alpha|a]]*", "Alpha.md"),
            ("==[[Alpha]]==", "Alpha.md"),
            ("~~[[Alpha]]~~", "Alpha.md"),
            ("([[Alpha]])", "Alpha.md"),
            ('"[[Alpha]]"', "Alpha.md"),
            ("#lettre [[Alpha]]", "Alpha.md"),
            ("up:: [[Alpha]]", "Alpha.md"),
            ("[up:: [[Alpha]]]", "Alpha.md"),
            ("(up:: [[Alpha]])", "Alpha.md"),
            ("^[une note : [[Alpha]]]", "Alpha.md"),
            ("$5 [[Alpha]]", "Alpha.md"),
            ("50 % [[Alpha]]", "Alpha.md"),
            # nowhere
            ("[[Nulle part]]", ""),
            ("[[Nulle part|un texte]]", ""),
            ("![[Nulle part]]", ""),
            ("[[Nulle part#Section]]", ""),
            ("[[Nulle part#^bloc]]", ""),
            ("[[Dossier/Nulle part]]", ""),
            ("[[Zone/Alpha]]", ""),
            ("[[./Delta]]", ""),
            ("[[/Delta]]", ""),
            ("[[../Alpha]]", ""),
            ("![[absente.png]]", ""),
            ("![[absente.png|300]]", ""),
            ("![[brouillon.png]]", ""),
            ("[[Jete]]", ""),
            ("[[Alpha#Rien de tel]]", "Alpha.md#!"),
            ("[[Alpha#Mars#Tâches inconnues]]", "Alpha.md#!"),
            ("[[Alpha#^rien]]", "Alpha.md#!"),
            ("[[#Nulle part ici]]", f"{_HOME}#!"),
            ("[[#^nulle]]", f"{_HOME}#!"),
            ("[x](Nulle%20part.md)", ""),
            ("[x](nulle-part)", ""),
            ("![x](absente.jpg)", ""),
            ("![x](_caches/brouillon.png)", ""),
            ("[x](Alpha.md#Rien%20de%20tel)", "Alpha.md#!"),
            ("[x](Alpha#^rien)", "Alpha.md#!"),
        ),
        _DEEP: (
            ("[[Alpha]]", "Alpha.md"),
            ("[[./Alpha]]", "Projets/Alpha.md"),
            ("[[../Alpha]]", "Alpha.md"),
            ("[[/Alpha]]", "Alpha.md"),
            ("[[Gamma]]", "Zone/Gamma.md"),
            ("[[Tiret]]", "Projets/Tiret.md"),
            ("[[Zone/Gamma]]", "Zone/Gamma.md"),
            ("[[../Zone/Gamma]]", "Zone/Gamma.md"),
            ("[[Sous/Gamma]]", "Projets/Sous/Gamma.md"),
            ("![[plan.png]]", "plan.png"),
            ("![[./plan.png]]", "Projets/plan.png"),
            ("![[fichiers/devis (2).pdf]]", "Projets/fichiers/devis (2).pdf"),
            ("[x](Alpha.md)", "Projets/Alpha.md"),
            ("[x](Alpha.md#Ici)", "Projets/Alpha.md#ici"),
            ("[x](../Alpha.md)", "Alpha.md"),
            ("[x](/Alpha.md)", "Alpha.md"),
            ("[x](Zone/Gamma.md)", "Zone/Gamma.md"),
            ("[x](Delta.md)", "Zone/Loin/Delta.md"),
            ("![x](fichiers/../plan.png)", "Projets/plan.png"),
        ),
    }.items()
    for written, leads_to in cases
)
FRAMES = (
    # Where a link can stand: what comes before and after it. `{}` is the link between its number and `fin`.
    "{}",
    "- {}",
    "1. {}",
    "- [ ] {}",
    "> {}",
    "> [!tip] {}\n> suite",
    "> [!warning]- Titre\n> {}",
    "Texte\n{}\nsuite",
    "- a\n\t- {}",
    "- a\n  - {}",
    "## {}",
    "Une note[^{n}].\n\n[^{n}]: {}",
)
EMBEDDED = (
    # What is embedded, and some words of what is shown in its place.
    ("![[Projets/Alpha]]", "L'autre Alpha"),
    ("![[Alpha#Janvier]]", "une tâche"),
    ("![[Alpha#^bloc-1]]", "Un paragraphe nommé."),
    ("![[Alpha#^tache-1]]", "une tâche"),
    ("![[Alpha#^tableau]]", "<td>2</td>"),
    ("![[Alpha#^citation]]", "dite par quelqu'un"),
    ("![[Alpha#^code]]", "highlight"),
    ("![[Troisième lettre]]", "Gamma"),
    ("![[Vide]]", ""),
    ("![[Ronde]]", "Avant"),
    ("> [!note] Vu ailleurs\n> ![[Alpha#^bloc-1]]", "Un paragraphe nommé."),
    ("- ![[Alpha#^bloc-1]]", "Un paragraphe nommé."),
)
UNTOUCHED = (
    "`[[Nulle part 9]]`",
    "`` `[[Nulle part 9]]` ``",
    "```\n[[Nulle part 9]]\n```",
    "~~~\n![[Nulle part 9.png]]\n~~~",
    "```dataview\nLIST FROM [[Nulle part 9]]\n```",
    "```dataviewjs\ndv.list(dv.pages('[[Nulle part 9]]'))\n```",
    "```mermaid\ngraph LR\n  A[[Nulle part 9]] --> B\n```",
    "```query\n[[Nulle part 9]]\n```",
    "````md\n```\n[[Nulle part 9]]\n```\n````",
    "- a\n\n    ```\n    [[Nulle part 9]]\n    ```",
    "> ```\n> [[Nulle part 9]]\n> ```",
    "    [[Nulle part 9]]",
    "$x_{[[Nulle part 9]]}$",
    "$$\nx = [[Nulle part 9]]\n$$",
    "\\[[Nulle part 9]]",
)
HIDDEN = ("%%[[Nulle part 8]]%%", "%%\n[[Nulle part 8]]\n\n## Caché\n%%", "<!-- [[Nulle part 8]] -->")
BULK = 300


def text_of(note: str) -> str:
    """Return the text of a note that holds links of `LINKS`."""
    blocks = [f"# {Path(note).stem}", "## Chez soi", "Un bloc d'ici. ^ici"]
    for number, case in enumerate(LINKS):
        if case.note == note:
            link = f"{mark_of(number)} {case.written} fin"
            if "|" in case.written and number % 3 == 0:
                blocks.append(f"| a | b |\n|---|---|\n| {link.replace('|', chr(92) + '|')} | c |")
            else:
                blocks.append(FRAMES[number % len(FRAMES)].replace("{n}", str(number)).replace("{}", link))
    return "\n\n".join(blocks) + "\n"


def mark_of(number: int) -> str:
    """Return the word before a link of `LINKS`."""
    return f"cas{number:03d}"


def bulk_notes() -> dict[str, str]:
    """Return hundreds of notes that cite one another."""
    notes = {}
    for number in range(BULK):
        near = [(number * step + 7) % BULK for step in (3, 5, 11)]
        first, second, third = (f"Note {other}" for other in near)
        notes[f"Vrac/{number % 12:02d}/Note {number}.md"] = (
            f"---\naliases: [n{number}]\ncreated: 2024-01-05T10:00\n---\n#vrac\n\n# Titre {number % 40}\n\n"
            f"> [!note] Voir [[{first}]]\n> et [[{second}|l'autre]]\n\n"
            f"- [[n{near[2]}]] puis [[{third}#^fin-{near[2]}]]\n\n"
            f"`[[{first}]]` n'est pas un lien.\n\nLa fin. ^fin-{number}\n"
        )
    return notes


def vault() -> dict[str, bytes]:
    """Return every file of the vault, by path."""
    notes = NOTES | bulk_notes() | {note: text_of(note) for note in (_HOME, _DEEP)}
    notes["Inclusions.md"] = "\n\n".join(
        f"inclus{number:02d}\n\n{written}\n\nfinclus{number:02d}" for number, (written, _) in enumerate(EMBEDDED)
    )
    notes["Intouché.md"] = "# Intouché\n\n" + "\n\ntexte\n\n".join((*UNTOUCHED, *HIDDEN)) + "\n"
    return {path: text.encode() for path, text in notes.items()} | ATTACHMENTS | {"_type.yml": TYPE.encode()}


def write_vault(root: Path) -> Path:
    """Write the vault below a folder."""
    for name, data in vault().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root
