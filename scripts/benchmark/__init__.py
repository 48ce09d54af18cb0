"""`scripts/bench build`: one wiki, built by Essaim and by its peers, measured side by side."""
