"""A wiki as a whole: its files found and read, its analysis made and kept up to date."""

from typing import TYPE_CHECKING

from essaim.workspace.changes import Change
from essaim.workspace.workspace import Workspace

if TYPE_CHECKING:
    from essaim.workspace.analysis import Analysis
    from essaim.workspace.incremental import analyze, update

__all__ = ["Analysis", "Change", "Workspace", "analyze", "update"]


def __getattr__(name: str) -> object:
    """Load the engine when it is first asked for: checking an unchanged wiki does without."""
    if name == "Analysis":
        from essaim.workspace import analysis

        return analysis.Analysis
    if name in ("analyze", "update"):
        from essaim.workspace import incremental

        return getattr(incremental, name)
    raise AttributeError(name)
