"""Diagnostics in several voices: for a person at a terminal, for programs, for forges."""

from essaim.report.machine import render_github, render_json, render_sarif
from essaim.report.text import render_text

__all__ = ["render_github", "render_json", "render_sarif", "render_text"]
