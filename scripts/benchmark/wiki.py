"""The wiki that everybody builds: its pages as Essaim's members would write them, the same for the same size."""

from random import Random

from benchmark.naming import CITED_BY, HUB, INDEXES, Leaf, Names, choose_names
from benchmark.words import (
    CRAFTS,
    FIRST,
    KEYWORDS,
    LAST,
    OBJECTS,
    PLACES,
    VERBS,
    bullets,
    paragraph,
    sentence,
    table,
)


def leaves(count: int) -> list[Leaf]:
    """Return the pages of a wiki of `count` pages: two in five profiles, two in five procedures, groups and notes."""
    chance = Random(f"essaim {count}")
    names = choose_names(count)
    citing = set(chance.sample(names.profiles + names.notes, min(CITED_BY, count // 4)))
    written = [Leaf(path=path, title=title, fields="", body=f"{text}\n") for path, title, text in INDEXES]
    written += [_profile(path, names, chance) for path in names.profiles]
    written += [_procedure(number, names, chance) for number in range(len(names.procedures))]
    written += [_group(path, names, chance) for path in names.groups]
    written += [_note(path, names, chance) for path in names.notes]
    cites = f"\n\nTout commence souvent par là : [[{HUB}]].\n"
    return [_with(leaf, cites) if leaf.path in citing else leaf for leaf in written]


def _with(leaf: Leaf, more: str) -> Leaf:
    return Leaf(path=leaf.path, title=leaf.title, fields=leaf.fields, body=leaf.body.rstrip() + more)


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _up(path: str) -> str:
    return "../" * path.count("/")


def _links(path: str, names: Names, chance: Random, count: int) -> str:
    """Return a paragraph that names other pages in the three usual ways."""
    said = []
    for number in range(count):
        target = chance.choice(names.all)
        if target == path:  # a link to itself says nothing
            continue
        if number % 3 == 2:
            said.append(f"[{chance.choice(OBJECTS)}]({_up(path)}{target}.md)")
        else:
            said.append(f"[[{_stem(target)}]]" if number % 3 else f"[[{_stem(target)}|{chance.choice(OBJECTS)}]]")
    return f"Voir aussi {', '.join(said)}. {sentence(chance)}"


def _keywords(chance: Random) -> str:
    return f"mots_cles: [{', '.join(chance.sample(KEYWORDS, 2))}]"


def _profile(path: str, names: Names, chance: Random) -> Leaf:
    number = int(path.rsplit("-", 1)[-1])
    body = f"{paragraph(chance)}\n\n## Ce que je fais\n\n{paragraph(chance)}\n\n{bullets(chance, 4)}\n\n"
    body += f"## Ce que je peux partager\n\n{paragraph(chance, 4, 9)}\n\n{_links(path, names, chance, 5)}\n"
    if number % 5 == 0:
        body += f"\n{table(chance)}\n"
    if number % 10 == 3:
        body += "\n## Mes démarches\n\n```requete\nde: demarche\nou: realisee_par.qui = this\n```\n"
    fields = (
        f'resume: "{sentence(chance)}"\nstatut: {chance.choice(["cape", "cesa", "associe"])}\n'
        f"activite: {chance.choice(CRAFTS)}\ncommune: {chance.choice(PLACES)}\n"
        f"depuis: 20{chance.randint(10, 25)}-0{chance.randint(1, 9)}\n{_keywords(chance)}\n"
        f"parraine_par: {_stem(chance.choice(names.profiles))}\ngroupes: [{_stem(chance.choice(names.groups))}]\n"
    )
    title = f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}"
    return Leaf(path=path, title=title, fields=fields, body=body)


def _procedure(number: int, names: Names, chance: Random) -> Leaf:
    path = names.procedures[number]
    before = sorted({_stem(names.procedures[chance.randrange(1, number)]) for _ in range(min(number - 1, 2))})
    people = chance.sample(names.profiles, 2) if number else []
    done = "".join(f"  - {{qui: {_stem(who)}, date: 2026-0{chance.randint(1, 9)}}}\n" for who in people)
    fields = (
        f'resume: "{sentence(chance)}"\nportee: {chance.choice(["loi", "cae", "mixte"])}\n{_keywords(chance)}\n'
        f"verifie_le: 2026-0{chance.randint(1, 9)}-12\n"
    )
    fields += f"prerequis: [{', '.join(before)}]\n" if before else ""
    fields += f"realisee_par:\n{done}" if done else ""
    steps = "\n".join(f"{n}. {sentence(chance)} {sentence(chance)}" for n in range(1, chance.randint(4, 8)))
    body = f"{paragraph(chance)}\n\n## Étapes\n\n{steps}\n\n## Pièges à éviter\n\n{bullets(chance, 3)}\n"
    body += f"\n{paragraph(chance)}\n"
    if number:
        body += f"\n## Pour aller plus loin\n\n{_links(path, names, chance, 6)}\n"
    if number % 4 == 1:
        body += f"\n### Repères\n\n{table(chance)}\n"
    verb, what = chance.choice(VERBS), chance.choice(OBJECTS)
    title = f"{verb} {what}, cas {number}" if number else "Déclarer son chiffre d'affaires"
    return Leaf(path=path, title=title, fields=fields, body=body)


def _group(path: str, names: Names, chance: Random) -> Leaf:
    number = path.rsplit("-", 1)[-1]
    where = chance.choice(PLACES)
    fields = (
        f'resume: "{sentence(chance)}"\nnature: {chance.choice(["local", "collectif", "travail"])}\n'
        f"anime_par: {_stem(chance.choice(names.profiles))}\n"
    )
    body = (
        f"{paragraph(chance)}\n\n## Qui en est\n\n```requete\nde: profil\nou: groupes contains this\nvue: tableau\n"
    )
    body += f"colonnes: [titre, statut, commune]\nlimite: 20\n```\n\n## Nos rendez-vous\n\n{bullets(chance, 5)}\n\n"
    body += f"{paragraph(chance)}\n\n{_links(path, names, chance, 4)}\n"
    return Leaf(path=path, title=f"Groupe de {where}, n° {number}", fields=fields, body=body)


def _note(path: str, names: Names, chance: Random) -> Leaf:
    number = int(path.rsplit("-", 1)[-1])
    body = "".join(
        f"## {chance.choice(VERBS)} {chance.choice(OBJECTS)}\n\n{paragraph(chance)}\n\n{paragraph(chance)}\n\n"
        for _ in range(2)
    )
    body += f"### À retenir\n\n{bullets(chance, 4)}\n\n{_links(path, names, chance, 6)}\n"
    if number % 6 == 0:
        body += f"\n> {paragraph(chance)}\n\n```text\nréférence {number} : à rappeler sur le devis\n```\n"
    fields = f'resume: "{sentence(chance)}"\n'
    return Leaf(path=path, title=f"Note {number} : {chance.choice(OBJECTS)}", fields=fields, body=body)
