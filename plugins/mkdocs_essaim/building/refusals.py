"""Why a site cannot be built, as French words for whoever builds it."""

from mkdocs.exceptions import Abort


def reason_of(problem: Exception) -> str:
    """Return what a problem of the host, of ours or of the machine comes to, once the host has told its own."""
    if isinstance(problem, OSError):
        where = f" dans « {problem.filename} »" if problem.filename else ""
        return f"la machine ne peut pas lire ou écrire{where} ({problem.strerror or problem})."
    if isinstance(problem, Abort) and "strict" not in str(problem):
        return "ce qui est dit juste au-dessus est à corriger d'abord."
    return str(problem)
