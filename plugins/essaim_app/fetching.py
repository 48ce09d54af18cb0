"""Reading one file from another cooperative's site: over http or https only, bounded in size and in time."""

import socket
import ssl
from http.client import HTTPException
from time import monotonic
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from essaim.graph.inventory import INVENTORY, MAX_SIZE

TIMEOUT = 20
"""Seconds without an answer after which a site is left alone."""
_LONGEST = 60
"""Seconds that reading an inventory may take in all."""
_PIECE = 65_536


class Unreachable(Exception):  # noqa: N818
    """An inventory cannot be read from a site: French sentences say why, and what to do."""


def fetch_inventory(address: str) -> str:
    """Return the text of the inventory of a site by its address, which ends with `/`."""
    request = Request(address + INVENTORY, headers={"User-Agent": "essaim", "Accept": "application/json"})  # noqa: S310
    try:
        return _read(request).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreachable(f"« {INVENTORY} » n'est pas un texte en UTF-8 : prévenez cette coopérative.") from None
    except HTTPError as error:
        error.close()
        raise Unreachable(_answer(error.code)) from None
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise Unreachable(_reason(reason)) from None


def _read(request: Request) -> bytes:
    """Return what a request is answered, refused when it is too large or too slow."""
    end = monotonic() + _LONGEST
    data = bytearray()
    with _opener().open(request, timeout=TIMEOUT) as answer:
        while piece := answer.read1(_PIECE):
            data += piece
            if len(data) > MAX_SIZE:
                limit = f"{MAX_SIZE // 1_000_000} Mo"
                raise Unreachable(f"« {INVENTORY} » dépasse {limit} : prévenez cette coopérative.")
            if monotonic() > end:
                raise Unreachable(f"« {INVENTORY} » met plus de {_LONGEST} secondes à venir : réessayez plus tard.")
    return bytes(data)


def _opener() -> OpenerDirector:
    """Return what opens http and https addresses and nothing else, redirects included; it keeps no cookies."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _answer(code: int) -> str:
    if code in (404, 410):
        return f"le site n'a pas de « {INVENTORY} » : vérifiez « adresse », ou demandez-le à cette coopérative."
    if 300 <= code < 400:
        return f"le site renvoie « {INVENTORY} » vers une adresse qui n'est pas suivie : vérifiez « adresse »."
    return f"le site répond {code} au lieu de donner « {INVENTORY} » : réessayez plus tard."


def _reason(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return f"le site ne répond pas en {TIMEOUT} secondes : réessayez plus tard."
    if isinstance(reason, ssl.SSLError):
        return "le certificat du site n'est pas valable : prévenez cette coopérative."
    if isinstance(reason, socket.gaierror):
        return "ce site ne se trouve pas : vérifiez « adresse » et votre connexion."
    if isinstance(reason, OSError):
        return "le site n'est pas joignable : vérifiez « adresse » et votre connexion, ou réessayez plus tard."
    return "le site ne répond pas comme un site web : vérifiez « adresse »."
