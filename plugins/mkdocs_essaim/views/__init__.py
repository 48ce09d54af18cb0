"""Plugin `essaim-views`: index pages, typed panels, relations and navigation, on any theme."""
