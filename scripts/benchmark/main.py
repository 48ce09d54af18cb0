"""`bench build`: Essaim and its peers, measured in one run, told in `docs/moteur/performances.md`."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmark.chart import render_chart
from benchmark.environments import default_cache
from benchmark.order import measure_all
from benchmark.page import render_page
from benchmark.peers import PEERS
from benchmark.results import RESUMED, Results

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "moteur"


def main(arguments: Sequence[str]) -> None:
    """Read the command line, measure, and write the page and its chart."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers that were started are ended
    peers = [peer for peer in PEERS if not options.only or peer.name in options.only]
    results = Results(options.cache / "results.json", resume=options.resume or options.report)
    sizes, runs = ([1000], 1) if options.quick else (options.pages, options.runs)
    if options.resume:
        results.tell({RESUMED: "oui"})
    if not options.report:
        measure_all(peers, sizes, runs, results, options.cache, options.minutes)
    whole = not (options.quick or options.only)
    folder: Path = options.into or (PUBLISHED if whole else options.cache)
    (folder / "images").mkdir(parents=True, exist_ok=True)
    (folder / "images" / "performances.svg").write_text(render_chart(results), "utf-8")
    (folder / "performances.md").write_text(render_page(results), "utf-8")
    print(folder / "performances.md")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench build", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 3000, 10_000], help="sizes of the wikis")
    parser.add_argument("--runs", type=int, default=3, help="how many times each build is measured")
    parser.add_argument("--minutes", type=float, help="begin nothing more after so long, and write the page")
    parser.add_argument("--only", nargs="+", choices=[peer.name for peer in PEERS], help="who is measured")
    parser.add_argument("--quick", action="store_true", help="a trial: 1,000 pages, one run")
    parser.add_argument("--resume", action="store_true", help="go on with the results of an interrupted run")
    parser.add_argument("--report", action="store_true", help="measure nothing, write the page of the last results")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where environments and wikis are kept")
    parser.add_argument("--into", type=Path, help="the folder of the page (docs/moteur, or for a trial the cache)")
    return parser
