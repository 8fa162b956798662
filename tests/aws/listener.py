"""A server on loopback that writes down what it is sent, and answers whatever the test says."""

from __future__ import annotations

import json
import queue
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NEVER: Final = b"(nothing, ever)"
"""The answer that does not come: the connection stays open and silent."""

PATIENCE: Final = 20.0
"""Seconds until the test itself is taken to be broken."""


@dataclass(frozen=True)
class Request:
    """One request as it came in; header names are in lower case."""

    headers: Mapping[str, str]
    body: bytes
    path: str = "/"

    @property
    def operation(self) -> str:
        return self.headers["x-amz-target"].rpartition(".")[2]

    @property
    def params(self) -> Any:
        return json.loads(self.body)


@dataclass
class Listener:
    """What it was sent, and what it answers: one after another, the last one for ever.

    Each answer is the bytes of a whole response, after which the connection is closed.
    """

    answers: list[bytes]
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    arrived: queue.Queue[Request] = field(default_factory=queue.Queue)
    over: threading.Event = field(default_factory=threading.Event)

    def next_answer(self) -> bytes:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def wait_for_a_request(self) -> Request:
        return self.arrived.get(timeout=PATIENCE)


@contextmanager
def listening(
    *answers: bytes, host: str = "127.0.0.1", certificate: Path | None = None
) -> Iterator[Listener]:
    """A listener on a free port, under the name `host` of this machine; with a `certificate`, by TLS."""
    listener = Listener(list(answers))

    class Connection(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(headers, body, self.path)
            listener.requests.append(request)
            listener.arrived.put(request)
            answer = listener.next_answer()
            if answer == NEVER:
                listener.over.wait(PATIENCE)
            else:
                self.wfile.write(answer)
            self.close_connection = True

        do_GET = do_POST  # noqa: N815 its name in http.server

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 its name in http.server
            """Nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = False  # so that closing waits for them

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that went away is what some tests are about."""

    with Server(("127.0.0.1", 0), Connection) as server:
        listener.url = f"http://{host}:{server.server_port}"
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
            server.socket = tls.wrap_socket(server.socket, server_side=True)
            listener.url = listener.url.replace("http:", "https:")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield listener
        finally:
            listener.over.set()
            server.shutdown()
            thread.join()


def make_certificate(file: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for but itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *plain))
    return file


def nobody_at() -> str:
    """The URL of a port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def answer(
    body: object, status: int = 200, headers: Iterable[tuple[str, str]] = (), *, length: int | None = None
) -> bytes:
    """A whole response: `body` as JSON, or as it is when it is bytes; `length` to lie about its length."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [
        f"HTTP/1.1 {status} Said",
        f"Content-Length: {len(content) if length is None else length}",
        "Content-Type: application/x-amz-json-1.1",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def refusal(code: str, message: str = "as scripted", status: int = 400) -> bytes:
    """An error as Cognito writes it."""
    return answer({"__type": code, "message": message}, status, [("x-amzn-ErrorType", code)])
