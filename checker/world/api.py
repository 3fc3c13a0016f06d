"""A web service that answers in JSON. Whoever asks chooses the keys of its resources."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from checker.world.site import Page, Site

Status = int | Callable[[str], int]
Flag = bool | Callable[[str], bool]


class Resource(Page):
    """What one GET of an endpoint is answered with."""

    def __init__(self, endpoint: Endpoint, key: str) -> None:
        status = endpoint.status(key) if callable(endpoint.status) else endpoint.status
        drop = endpoint.drop(key) if callable(endpoint.drop) else endpoint.drop
        torn = endpoint.torn(key) if callable(endpoint.torn) else endpoint.torn
        super().__init__(endpoint.name, endpoint.latency_s, status, drop, torn=torn)
        self.key = key
        self.content_type = "application/json"
        self._endpoint = endpoint

    def make_body(self) -> bytes:
        """A new answer, which nobody can know in advance."""
        self._endpoint.answers[self.key] = text = secrets.token_hex(6)
        return json.dumps({self._endpoint.field: text}).encode()

    def make_failure(self) -> bytes:
        """JSON as well, as real services do it: a client that looks only at the body takes it for an answer."""
        return json.dumps({"error": f"status {self.status}"}).encode()


@dataclass(eq=False)
class Endpoint:
    """`GET {url}/{name}/{key}` -> {field: fresh text}. Each request is an operation of this name, with this key.

    status: the HTTP status; drop: whether it hangs up instead of answering; torn: whether the connection ends in the
    middle of the answer. Each may be a function of the key.
    """

    name: str
    latency_s: float
    field: str
    status: Status
    drop: Flag
    torn: Flag
    answers: dict[str, str] = dataclasses.field(default_factory=dict, init=False)
    """The text in the latest answer to each key."""

    def answer_to(self, key: str | None) -> str | None:
        """The text in the latest answer to a key; None when there was no such answer."""
        return self.answers.get(key or "")


class Api:
    """Endpoints below one address, `url`, that nobody can guess."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._path = f"/{secrets.token_hex(4)}"
        self.url = f"{site.url}{self._path}"

    def endpoint(
        self,
        name: str,
        latency_s: float,
        field: str = "",
        status: Status = 200,
        drop: Flag = False,
        torn: Flag = False,
    ) -> Endpoint:
        """A further endpoint; `field` is its name, if it is not given."""
        endpoint = Endpoint(name, latency_s, field or name, status, drop, torn)
        self._site.add_collection(f"{self._path}/{name}", lambda key: Resource(endpoint, key))
        return endpoint
