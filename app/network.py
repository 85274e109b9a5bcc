"""The guarded client: the only module that opens connections.

For now it knows one errand, `variorum healthcheck` asking the installation's own /health.
"""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from app.errors import SetupError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Health:
    """What an installation says of itself; `reason` is for people."""

    ready: bool
    reason: str


def get_health(address: str, *, timeout_seconds: float = 5.0) -> Health:
    """Ask `address`/health whether that installation is ready. Follows no redirect and no proxy.

    Raises: SetupError when `address` is not a loopback address.
    """
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        raise SetupError(
            f"the health check speaks only with this machine, not with {address!r}: "
            "give an address such as http://127.0.0.1:8000"
        )
    try:
        with httpx.Client(timeout=timeout_seconds, trust_env=False) as client:
            answer = client.get(f"{address.rstrip('/')}/health")
    except httpx.HTTPError as fault:
        return Health(ready=False, reason=f"no answer from {address}: {fault}")
    if answer.status_code != httpx.codes.OK:
        return Health(ready=False, reason=f"{address}/health answered {answer.status_code}")
    return Health(ready=True, reason=f"{address} is ready")


def is_port_free(host: str, port: int) -> bool:
    """Say whether this machine could listen there; nothing is sent."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((host, port))
        except OSError:
            return False
    return True
