"""Measures, side by side in one run: `bench check [--pages N …] [--runs N]`, `bench views` with the same options.

`bench build` measures whole builds beside those of other generators: its options are in `benchmark/main.py`.

The figures of `check` are of whole processes: wall time and peak memory as the operating system counts them, the
median of several runs, the commands taken in turn so that a slow moment of the machine falls on all of them. Those
of `views` are the parts of one process, in seconds of processor, beside the analysis that comes before them.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

FLOOR = """
import sys, pathlib, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.md"):
    text = path.read_text("utf-8")
    yaml.load(text.split("---\\n", 2)[1], Loader=yaml.CSafeLoader)
"""
"""The least any checker must do: read every page and parse its front matter."""

VIEWS = """
import json, pathlib, resource, sys, time
from datetime import date
from essaim.views.audience import Audience
from essaim.views.generated import EVERYTHING
from essaim.views.inputs import page_inputs
from essaim.views.search.filters import USUAL, load_filters
from essaim.views.search.meanings import Meanings
from essaim.views.search.records import page_record
from essaim.workspace import Workspace
from essaim.workspace.site import site_of

moments = [time.process_time()]
def passed():
    moments.append(time.process_time())
    return moments[-1] - moments[-2]

analysis = Workspace(pathlib.Path(sys.argv[1]), date(2026, 11, 22)).refresh()
seconds = {"analysis": passed()}
site = site_of(analysis, Audience.PUBLIC)
kept = [page_inputs(page, site) for page in site.graph.pages.values()]
seconds["pages"] = passed()
kept += [site.indexes, [[*g.list_pages(site), *g.artifacts(site, str)] for g in EVERYTHING]]
seconds["lists"] = passed()
filters, meanings = load_filters(USUAL, site.schema, site.audience), Meanings(site)
for page in site.graph.pages.values():
    page_record(page, site, page.document.body_text, filters, meanings)
seconds["records"] = passed()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
print(json.dumps(seconds | {"memory": peak}))
"""
"""What a build asks of the engine for each page, all kept until its end as a host does, but for what is searched."""

ASKED = (
    "de: demarche\nou: realisee_par.qui = this\nvue: tableau\ncolonnes: [titre, portee, verifie_le]",
    "de: demarche\nou: cite contains this\ngroupe_par: portee\nlimite: 20",
    "de: profil\nou: parraine_par = this\nvue: compteur\ngroupe_par: statut",
)
"""The queries of the pages that ask."""

WORDS = (
    "coopérative activité facture contribution démarche accompagnement été réunion groupe décision salaire compte "
    "première étape entrepreneur·e associé·e devis client frais congés cœur élan où déjà même très"
).split()
TYPES = {
    "profils": """\
type: profil
label: {one: profil, many: profils}
fields:
  titre: {type: text, required: true, max: 120}
  resume: {type: text, required: true, max: 280}
  statut: {type: choice, of: [cape, cesa, associe], required: true}
  depuis: {type: month}
  competences:
    type: group
    many: true
    fields: {nom: {type: text, required: true}, niveau: {type: choice, of: [debute, pratique]}}
  parraine_par: {type: reference, to: profil, inverse: {name: parraine, label: Parraine}}
index: {view: cards, facets: [statut]}
""",
    "demarches": """\
type: demarche
label: {one: démarche, many: démarches, gender: f}
fields:
  titre: {type: text, required: true, max: 120}
  resume: {type: text, required: true, max: 280}
  portee: {type: choice, of: {loi: Loi, cae: Notre CAE, mixte: Mixte}, required: true}
  prerequis: {type: reference, to: demarche, many: true, acyclic: true, inverse: {name: ouvre, label: Ouvre}}
  etapes: {type: group, many: true, min: 2, fields: {titre: {type: text, required: true}, role: {type: text}}}
  realisee_par:
    type: group
    many: true
    fields: {qui: {type: reference, to: profil, inverse: {name: realise, label: A fait}}, date: {type: month}}
  verifie_le: {type: date, required: true}
sections:
  - {title: Étapes, required: true, form: numbered}
rules:
  - {when: "portee = loi", require: "prerequis or resume", message: "Une démarche de loi dit d'où elle vient."}
index: {view: cards, facets: [portee]}
""",
}


def generate(root: Path, count: int, *, asks: bool = False) -> None:
    """Write a wiki of `count` pages, the same for the same count: half profiles, half procedures, all linked.

    If it `asks`, three pages in ten hold a query.
    """
    chance = random.Random(count)
    half = count // 2
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Mesure\nplugins: [essaim, essaim-views]\n")
    for folder, declared in TYPES.items():
        (root / folder).mkdir()
        (root / folder / "_type.yml").write_text(declared, "utf-8")
    for number in range(half):
        query = f"\n```requete\n{ASKED[number % 3]}\n```\n" if asks and number % 5 < 3 else ""
        (root / f"profils/personne-{number}.md").write_text(profile(number, half, chance) + query, "utf-8")
        (root / f"demarches/demarche-{number}.md").write_text(procedure(number, half, chance), "utf-8")


def sentence(chance: random.Random, words: int) -> str:
    """Return a sentence of French-looking words."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def profile(number: int, half: int, chance: random.Random) -> str:
    """Return one profile page."""
    links = " ".join(f"[[demarche-{chance.randrange(half)}]]" for _ in range(4))
    paragraphs = "\n\n".join(sentence(chance, 40) for _ in range(6))
    return f"""\
---
titre: Élodie Personne {number}
resume: "{sentence(chance, 12)}"
statut: {chance.choice(["cape", "cesa", "associe"])}
depuis: 20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}
competences:
  - {{nom: {chance.choice(WORDS)}, niveau: debute}}
  - {{nom: {chance.choice(WORDS)}, niveau: pratique}}
parraine_par: personne-{chance.randrange(half)}
---

## Ce que je fais

{paragraphs}

Voir {links} et [une démarche](../demarches/demarche-{chance.randrange(half)}.md).
"""


def procedure(number: int, half: int, chance: random.Random) -> str:
    """Return one procedure page."""
    before = ", ".join(f"demarche-{chance.randrange(number)}" for _ in range(min(number, 2)))
    steps = "\n".join(f"  - titre: {sentence(chance, 5)[:-1]}\n    role: entrepreneur·e" for _ in range(5))
    done = "\n".join(f"  - {{qui: personne-{chance.randrange(half)}, date: 2026-0{m}}}" for m in (1, 2))
    items = "\n".join(f"{n}. {sentence(chance, 25)} Voir [[personne-{chance.randrange(half)}]]." for n in range(1, 7))
    paragraphs = "\n\n".join(sentence(chance, 40) for _ in range(3))
    return f"""\
---
titre: Démarche {number}, {sentence(chance, 3)[:-1]}
resume: "{sentence(chance, 15)}"
portee: {chance.choice(["loi", "cae", "mixte"])}
prerequis: [{before}]
etapes:
{steps}
realisee_par:
{done}
verifie_le: 2026-11-20
---

{paragraphs}

## Étapes

{items}

## Pièges à éviter

- {sentence(chance, 20)}
- {sentence(chance, 20)}
"""


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command to its end; return seconds of wall time and MB of peak memory."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * scale / 1e6


def bench_check(sizes: list[int], runs: int) -> None:
    """Print the time and memory of `essaim check` beside those of the floor, for wikis of several sizes."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, median of {runs} runs")
    print("`essaim check` as a person runs it: its report as text, the texts not searched for mentions\n")
    print("| pages | floor (s) | cold (s) | cold / floor | unchanged (s) | unchanged / floor | cold memory (MB) |")
    print("|---|---|---|---|---|---|---|")
    essaim = [sys.executable, "-m", "essaim_app"]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            generate(root, size)
            check = [*essaim, "-C", folder, "check"]
            told = subprocess.run([*check, "--format", "json"], capture_output=True, text=True, check=False).stdout
            summary = json.loads(told)["summary"]
            floors, colds, warms, memory = [], [], [], []
            for _ in range(runs):
                floors.append(measure([sys.executable, "-c", FLOOR, folder])[0])
                shutil.rmtree(root / ".essaim_cache", ignore_errors=True)
                seconds, peak = measure(check)
                colds.append(seconds)
                memory.append(peak)
                warms.append(measure(check)[0])
        floor, cold, warm = median(floors), median(colds), median(warms)
        ratios = f"{cold / floor:.1f} | {warm:.2f} | {warm / floor:.2f}"
        print(f"| {size:,} | {floor:.2f} | {cold:.2f} | {ratios} | {median(memory):.0f} |")
        print(f"  {summary}", file=sys.stderr)


def bench_views(sizes: list[int], runs: int) -> None:
    """Print how long the views of wikis of several sizes take beside their analysis, and the memory of both."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, median of {runs} runs, seconds of processor")
    print(
        "all pages, three in ten with a query; indexes, lists and files; what is searched, without the search index\n"
    )
    print("| pages | analysis (s) | all pages / analysis | lists / analysis | searched / analysis | memory (MB) |")
    print("|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), size, asks=True)
            command = [sys.executable, "-c", VIEWS, folder]
            told = [
                json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
                for _ in range(runs)
            ]
        ratios = (median(one[part] / one["analysis"] for one in told) for part in ("pages", "lists", "records"))
        shown = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        analysis, memory = (median(one[part] for one in told) for part in ("analysis", "memory"))
        print(f"| {size:,} | {analysis:.2f} | {shown} | {memory:.0f} |")


def main() -> None:
    """Read the command line and measure."""
    if sys.argv[1:2] == ["build"]:
        from benchmark.main import main as build  # what it needs is not read for the others

        build(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["check", "views"])
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    (bench_views if options.what == "views" else bench_check)(options.pages, options.runs)


if __name__ == "__main__":
    main()
