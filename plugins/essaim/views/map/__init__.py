"""The map of the départements: their outlines, which are packaged, and what pages say of their territory."""
