"""Plugin `essaim-search`: a search that needs no server, made for readers of French."""
