"""Conditions: `etat = proposee and interets >= seuil`, from text to a tree with places.

condition := and ("or" and)*        and  := not ("and" not)*        not := "not" not | test
test      := operand [operator operand]                             operator := = != < <= > >= in contains
operand   := name ("." name)* | word | number | date | "text" | [operand, …] | ( condition )
             | today (+ | -) number unit                                unit     := days weeks months years jours…
          | function ( name ("." name)* ["where" condition] )        function := count sum share min max
"""

import re
from collections.abc import Callable
from typing import NamedTuple

COMPARISONS = ("=", "!=", "<=", ">=", "<", ">", "in", "contains")
FUNCTIONS = ("count", "sum", "share", "min", "max")
"""What is computed over all that a path leads to; before anything but a parenthesis, these words are names."""
_TOKEN = re.compile(
    r"\s*(?:(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<value>-?\d[\w:.+-]*)"
    r"|(?P<word>today(?=-\d)|[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*)"
    r"|(?P<sign><=|>=|!=|[=<>()\[\],+-])|(?P<other>\S)|(?P<end>\Z))"
)
_GRAMMAR = frozenset({"and", "or", "not", "in", "contains"})
_MAX_DEPTH = 40
_MAX_SHIFT = 10_000
_UNITS = {
    **dict.fromkeys(("day", "days", "jour", "jours"), (0, 1)),
    **dict.fromkeys(("week", "weeks", "semaine", "semaines"), (0, 7)),
    **dict.fromkeys(("month", "months", "mois"), (1, 0)),
    **dict.fromkeys(("year", "years", "an", "ans"), (12, 0)),
}
"""Months and days in one of each unit."""
_ENGLISH = {"et": "and", "ou": "or", "non": "not", "dans": "in", "contient": "contains"}
"""The words of the grammar, by the words people try first."""
_FUNCTIONS_TRIED = {
    **dict.fromkeys(("nombre", "compte", "compter", "nb"), "count"),
    **dict.fromkeys(("somme", "total"), "sum"),
    **dict.fromkeys(("part", "pourcentage", "percent"), "share"),
    "minimum": "min",
    "maximum": "max",
}
"""The functions, by the words people try first."""
_WHERE_TRIED = frozenset({"où", "ou", "si", "if", "when"})
"""What people try first for `where`."""


class Word(NamedTuple):
    """A bare word or dotted name: a field, or a value; the type of what it meets decides."""

    text: str
    start: int
    end: int


class Text(NamedTuple):
    """A quoted text, a number or a date: always a value."""

    text: str
    start: int
    end: int


class Shift(NamedTuple):
    """A day some calendar months and days away from today."""

    months: int
    days: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """What it is counted from."""
        return "today"


class ListOf(NamedTuple):
    """A list of values."""

    items: tuple["Operand", ...]
    start: int
    end: int


class Measure(NamedTuple):
    """What a function makes of all that a path leads to, or of the part for which a condition holds.

    `text` is the whole as it is written.
    """

    function: str
    path: Word
    where: "Predicate | None"
    text: str
    start: int
    end: int


class Test(NamedTuple):
    """A comparison; or, without operator, whether the operand holds anything."""

    left: "Operand"
    operator: str | None
    right: "Operand | None"


class Not(NamedTuple):
    """The contrary of a condition."""

    item: "Predicate"


class All(NamedTuple):
    """Every condition holds."""

    items: tuple["Predicate", ...]


class AnyOf(NamedTuple):
    """At least one condition holds."""

    items: tuple["Predicate", ...]


Operand = Word | Text | Shift | ListOf | Measure
Predicate = Test | Not | All | AnyOf


class PredicateError(NamedTuple):
    """Why a condition does not read, and where in its text."""

    problem: str
    start: int
    end: int


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def parse_predicate(text: str) -> Predicate | PredicateError:
    """Parse a condition; offsets are counted from the start of `text`."""
    tokens = _tokens(text)
    if isinstance(tokens, PredicateError):
        return tokens
    parser = _Parser(tokens, text)
    result = parser.condition()
    if isinstance(result, PredicateError):
        return result
    return result if parser.peek.kind == "end" else parser.unexpected()


def _tokens(text: str) -> list[_Token] | PredicateError:
    tokens: list[_Token] = []
    at = 0
    while not tokens or tokens[-1].kind != "end":
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None or match.lastgroup == "other":
            start = match.start("other") if match else at
            return PredicateError(f"le signe « {text[start : start + 1]} » n'a pas de sens ici", start, start + 1)
        kind = match.lastgroup
        tokens.append(_Token(kind, match[kind], match.start(kind), match.end(kind)))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens; a mistake is returned, not raised."""

    def __init__(self, tokens: list[_Token], text: str) -> None:
        self._tokens = tokens
        self._text = text
        self._at = 0
        self._depth = 0

    @property
    def peek(self) -> _Token:
        return self._tokens[self._at]

    def unexpected(self) -> PredicateError:
        token = self.peek
        problem = f"« {token.text} » n'est pas attendu ici" if token.text else "il manque la suite"
        before = self._tokens[self._at - 1] if self._at else None
        if token.text == "(" and before is not None and before.kind == "word" and before.text not in _GRAMMAR:
            meant = _FUNCTIONS_TRIED.get(before.text.lower())
            advice = f"écrivez « {meant} »" if meant else "on calcule avec count, sum, share, min ou max"
            return PredicateError(f"« {before.text} » n'est pas un calcul : {advice}", before.start, before.end)
        if token.text in _ENGLISH:
            problem += f" : écrivez « {_ENGLISH[token.text]} »"
        elif all(one.kind == "word" and one.text not in _GRAMMAR for one in self._tokens[max(self._at - 1, 0) :][:2]):
            problem += " : mettez entre guillemets un texte de plusieurs mots"
        return PredicateError(problem, token.start, max(token.end, token.start + 1))

    def condition(self) -> Predicate | PredicateError:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            return PredicateError("trop de parenthèses s'emboîtent", self.peek.start, self.peek.end)
        result = self._series("or", lambda: self._series("and", self._negation, All), AnyOf)
        self._depth -= 1
        return result

    def _series(
        self,
        word: str,
        part: Callable[[], Predicate | PredicateError],
        build: Callable[[tuple[Predicate, ...]], Predicate],
    ) -> Predicate | PredicateError:
        items: list[Predicate] = []
        while True:
            item = part()
            if isinstance(item, PredicateError):
                return item
            items.append(item)
            if not self._accept(word):
                return items[0] if len(items) == 1 else build(tuple(items))

    def _accept(self, text: str) -> bool:
        if self.peek.kind in ("word", "sign") and self.peek.text == text:
            self._at += 1
            return True
        return False

    def _negation(self) -> Predicate | PredicateError:
        negative = False
        while self._accept("not"):
            negative = not negative
        item = self._test()
        return item if isinstance(item, PredicateError) or not negative else Not(item)

    def _test(self) -> Predicate | PredicateError:
        if self._accept("("):
            inner = self.condition()
            if isinstance(inner, PredicateError):
                return inner
            return inner if self._accept(")") else self.unexpected()
        left = self._operand()
        if isinstance(left, PredicateError):
            return left
        operator = self.peek.text if self.peek.text in COMPARISONS and self.peek.kind != "quoted" else None
        if operator is None:
            return Test(left, None, None)
        self._at += 1
        right = self._operand()
        return right if isinstance(right, PredicateError) else Test(left, operator, right)

    def _operand(self) -> Operand | PredicateError:
        token = self.peek
        if self._accept("["):
            return self._list(token.start)
        if token.text in FUNCTIONS and token.kind == "word" and self._tokens[self._at + 1].text == "(":
            return self._measure(token)
        if token.kind == "word" and token.text not in _GRAMMAR:
            self._at += 1
            return self._shift(token) if token.text == "today" else Word(token.text, token.start, token.end)
        if token.kind == "value":
            self._at += 1
            return Text(token.text, token.start, token.end)
        if token.kind == "quoted":
            self._at += 1
            return Text(re.sub(r"\\(.)", r"\1", token.text[1:-1]), token.start, token.end)
        return self.unexpected()

    def _shift(self, today: _Token) -> Operand | PredicateError:
        """Return today, or the day that a sign, a number and a unit lead to."""
        joined = self.peek.kind == "value" and self.peek.text.startswith("-")  # « today -7 days »
        if not joined and not (self.peek.kind == "sign" and self.peek.text in "+-"):
            return Word(today.text, today.start, today.end)
        past = joined or self.peek.text == "-"
        self._at += 0 if joined else 1
        number = self.peek.text.removeprefix("-")
        if self.peek.kind != "value" or not number.isdecimal():
            return self.unexpected()
        if len(number) > 9 or int(number) > _MAX_SHIFT:
            problem = f"on compte jusqu'à {_MAX_SHIFT} à partir de « today »"
            return PredicateError(problem, self.peek.start, self.peek.end)
        self._at += 1
        if self.peek.text not in _UNITS:
            problem = "après « today » et un nombre, il faut days, weeks, months ou years"
            return PredicateError(problem, self.peek.start, max(self.peek.end, self.peek.start + 1))
        months, days = (int(number) * part * (-1 if past else 1) for part in _UNITS[self.peek.text])
        self._at += 1
        return Shift(months, days, today.start, self._tokens[self._at - 1].end)

    def _measure(self, function: _Token) -> Operand | PredicateError:
        self._at += 2
        path = self.peek
        if path.kind != "word" or path.text in _GRAMMAR or self._tokens[self._at + 1].text == "(":
            return self.unexpected()
        self._at += 1
        where: Predicate | PredicateError | None = None
        if self.peek.text in _WHERE_TRIED or (function.text == "share" and self.peek.text == ")"):
            problem = "il faut « where » et une condition après le champ"
            return PredicateError(problem, self.peek.start, self.peek.end)
        if self._accept("where"):
            where = self.condition()
        if isinstance(where, PredicateError):
            return where
        if not self._accept(")"):
            return self.unexpected()
        end = self._tokens[self._at - 1].end
        text = self._text[function.start : end]
        return Measure(function.text, Word(path.text, path.start, path.end), where, text, function.start, end)

    def _list(self, start: int) -> Operand | PredicateError:
        items: list[Operand] = []
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            return PredicateError("trop de crochets s'emboîtent", start, start + 1)
        while not self._accept("]"):
            item = self._operand()
            if isinstance(item, PredicateError):
                return item
            items.append(item)
            if not self._accept(",") and self.peek.text != "]":
                return self.unexpected()
        self._depth -= 1
        return ListOf(tuple(items), start, self._tokens[self._at - 1].end)
