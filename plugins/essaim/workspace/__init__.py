"""A wiki as a whole: its files found and read, its analysis made and kept up to date."""

from essaim.workspace.analysis import Analysis, Change
from essaim.workspace.incremental import analyze, update
from essaim.workspace.workspace import Workspace

__all__ = ["Analysis", "Change", "Workspace", "analyze", "update"]
