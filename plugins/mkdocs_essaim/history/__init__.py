"""Plugin `essaim-history`: who wrote a page, when it was last verified, and what changed lately."""
