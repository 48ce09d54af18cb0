"""A site, built from what changed: pages cost what they show, and what is as it was is left alone."""
