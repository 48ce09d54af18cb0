"""An argument parser that speaks French."""

import argparse
import re
from typing import NoReturn

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"il manque {0}"),
    (r"unrecognized arguments: (.*)", r"« {0} » n'est pas attendu ici"),
    (r"argument (\S+): expected one argument", r"il manque la valeur de {0}"),
    (r"argument (\S+): expected at least one argument", r"il manque la valeur de {0}"),
    (r"argument (\S+): not allowed with argument (\S+)", r"{0} et {1} ne vont pas ensemble"),
)
_CHOICE = re.compile(r"argument (?P<name>\S+): invalid choice: '(?P<given>.*?)' \(choose from (?P<choices>.*)\)")


class Parser(argparse.ArgumentParser):
    """Help and errors in French; a misspelt command gets a suggestion."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **options)  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help="montre cette aide")
        self._positionals.title = "arguments"

    def format_usage(self) -> str:
        """Return the usage line."""
        return super().format_usage().replace("usage: ", "Usage : ", 1)

    def format_help(self) -> str:
        """Return the help text."""
        return super().format_help().replace("usage: ", "Usage : ", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help, then exit with 2."""
        self.exit(2, f"{self.prog} : {_in_french(message)}\nPour l'aide : {self.prog} --help\n")


def _in_french(message: str) -> str:
    choice = _CHOICE.fullmatch(message)
    if choice:
        from essaim.suggest import nearest  # only a mistake needs it

        choices = re.findall(r"[\w-]+", choice["choices"])
        near = nearest(choice["given"], choices)
        hint = f" ; vouliez-vous dire « {near} » ?" if near else f" ; il y a : {', '.join(choices)}."
        return f"« {choice['given']} » n'existe pas{hint}"
    for pattern, french in _MESSAGES:
        match = re.fullmatch(pattern, message)
        if match:
            return french.format(*match.groups()) + "."
    return message
