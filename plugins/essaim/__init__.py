"""Essaim's engine: typed Markdown pages, checked and cross-linked into one graph.

Pure Python: text in, values out. It knows neither MkDocs, nor git, nor HTTP; hosts stand beside it and look in.
"""
