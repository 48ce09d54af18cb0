"""What `requete` blocks show: one module for each view."""
