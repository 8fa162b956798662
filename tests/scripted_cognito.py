"""A server that answers as a script says: for what neither the sandbox nor moto ever answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Says:
    """One answer: HTTP status and JSON; `held` waits until `release` is set."""

    body: Mapping[str, Any]
    status: int = 200
    held: bool = False


DENIED = Says({"__type": "AccessDeniedException", "message": "No permission."}, 400)


@dataclass
class Scripted:
    """The server: where it is, what it was asked, and the way to let a held answer go."""

    endpoint_url: str
    asked: list[tuple[str, dict[str, Any]]]
    release: threading.Event


@contextmanager
def scripted_cognito(answers: Sequence[Says]) -> Iterator[Scripted]:
    """Serve `answers`, one a request; the last one again and again. Who looks something up is denied."""
    left = list(answers)
    told = Scripted("", [], threading.Event())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if operation.startswith("Describe"):
                answer = DENIED
            else:
                told.asked.append((operation, body))
                answer = left.pop(0) if len(left) > 1 else left[0]
            if answer.held:
                told.release.wait(30)
            content = json.dumps(answer.body).encode()
            self.send_response_only(answer.status)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("x-amzn-RequestId", "00000000-0000-4000-8000-000000000000")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 its name
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.endpoint_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
