"""The sandbox over HTTP: AWS JSON 1.1 on loopback, in a daemon thread, saying nothing on stderr."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Final, Self
from weakref import WeakSet

from cognito_tui.sandbox.faults import Faults
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.sandbox import Sandbox

_TARGET: Final = "AWSCognitoIdentityProviderService."
"""What X-Amz-Target begins with: `targetPrefix` of the service model."""

_CONTENT_TYPE: Final = "application/x-amz-json-1.1"

_SIGV4: Final = re.compile(
    r"AWS4-HMAC-SHA256 Credential=[^/,\s]+/\d{8}/[^/,\s]+/[^/,\s]+/aws4_request, ?"
    r"SignedHeaders=[^,\s]+, ?Signature=[0-9a-f]{64}"
)
"""An Authorization header of Signature Version 4. The signature itself is not checked."""

_LONGEST_BODY: Final = 1 << 20


class SandboxServer:
    """`sandbox` at `endpoint_url`: it listens from the start and answers between `start` and `stop`.

    Also a context manager. Tokens name `endpoint_url` as their issuer. With `faults` some requests go wrong.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, sandbox: Sandbox, port: int = 0, faults: Faults | None = None) -> None:
        self._http = _Http(sandbox, port, faults)
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, name="sandbox", daemon=True
        )
        self.endpoint_url = f"http://127.0.0.1:{self._http.server_port}"
        sandbox.state.base_url = self.endpoint_url

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answer no more: nobody new, and nobody over a connection that is still open."""
        if self._thread.is_alive():
            self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_exception: object) -> None:
        self.stop()


class _Http(ThreadingHTTPServer):
    """Keeps the connections it has, so that closing it closes them."""

    daemon_threads = True

    def __init__(self, sandbox: Sandbox, port: int, faults: Faults | None) -> None:
        self.sandbox, self.faults = sandbox, faults
        self._connections: WeakSet[socket.socket] = WeakSet()
        super().__init__(("127.0.0.1", port), _Connection)

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer's own asks a name server who 127.0.0.1 is
        self.server_name, self.server_port = "127.0.0.1", self.socket.getsockname()[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for connection in list(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Dropped(Exception):
    """The connection ends here."""


class _Connection(BaseHTTPRequestHandler):
    """One connection, and the requests that come over it."""

    server: _Http
    protocol_version = default_request_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together; apart, the second waits for the first to be confirmed
    disable_nagle_algorithm = True  # an answer of several segments: its last one would wait likewise, 40 ms
    timeout = 60  # seconds an idle connection is kept

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        try:
            answer = self._answer(body)
        except _Dropped:
            self.close_connection = True
        except Refusal as refusal:
            own_fault = refusal.code == "InternalErrorException"
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR if own_fault else HTTPStatus.BAD_REQUEST, refusal)
        except Exception as error:  # a flaw of the sandbox is answered, as one of Cognito's would be
            words = f"A flaw in the sandbox: {type(error).__name__}"
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, Refusal("InternalErrorException", words))
        else:
            self._send(HTTPStatus.OK, answer)

    def _answer(self, body: bytes) -> dict[str, Any]:
        target = self.headers.get("X-Amz-Target", "")
        if self.path != "/" or not target.startswith(_TARGET):
            raise Refusal("UnknownOperationException", f"There is no {target!r} here.")
        operation, params = target.removeprefix(_TARGET), _params(body)
        signed = bool(_SIGV4.fullmatch(self.headers.get("Authorization", "")))
        fault = self.server.faults.next(operation, params) if self.server.faults else None
        if fault is None:
            return self.server.sandbox.answer(operation, params, authorized=signed)
        if fault.works:
            with contextlib.suppress(Refusal):
                self.server.sandbox.answer(operation, params, authorized=signed)
        raise _Dropped if fault.drops else fault.refusal

    def do_GET(self) -> None:
        document = self.server.sandbox.document(self.path.partition("?")[0])
        if document is None:
            self._refuse(HTTPStatus.NOT_FOUND, Refusal("ResourceNotFoundException", "Not found."))
        else:
            self._send(HTTPStatus.OK, document)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is not even a request to Cognito; afterwards the connection is of no use."""
        self.close_connection = True
        words = message or explain or HTTPStatus(code).phrase
        self._refuse(HTTPStatus(code), Refusal("MalformedHttpRequestException", words))
        self._linger()

    def _linger(self) -> None:
        """Let the client read the answer before the connection goes: unread bytes would reset it."""
        self.wfile.flush()
        for _ in range(16):  # patience has an end
            if not self.rfile.read(_LONGEST_BODY):
                return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name it has in http.server
        """Nothing: the terminal is the app's."""

    def _body(self) -> bytes | None:
        """The body of the request; None when that was answered already."""
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,18}", length):
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
        elif int(length) > _LONGEST_BODY:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            return self.rfile.read(int(length))
        return None

    def _refuse(self, status: HTTPStatus, refusal: Refusal) -> None:
        self._send(
            status,
            {"__type": refusal.code, "message": refusal.message},
            {
                "x-amzn-ErrorType": refusal.code,
                # A header is one line of ASCII, whatever a user is called.
                "x-amzn-ErrorMessage": re.sub("[^ -~]", "?", refusal.message),
            },
        )

    def _send(
        self, status: HTTPStatus, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        content = json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("Content-Type", _CONTENT_TYPE)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("x-amzn-RequestId", self.server.sandbox.request_id())
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)


def _params(body: bytes) -> object:
    """The JSON of a request; no body is an empty one.

    Raises:
        Refusal: SerializationException.
    """
    try:
        return json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refusal("SerializationException", "The body is not JSON.") from error
