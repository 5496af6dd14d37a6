"""A server that says one thing to whoever comes, whatever they ask: a broken proxy, or a sign-in page."""

from __future__ import annotations

import asyncio
import socket
import threading
from dataclasses import dataclass

from tests.servers.loopback import Loopback, accept_no_more

REFUSING = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 5\r\n\r\nWho?\n"
GARBAGE = b"\x00\xff* OK IMAP4rev1 ready\r\n\r\n"
SIGN_IN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<html>Sign in</html>"
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


@dataclass(slots=True)
class Impostor(Loopback):
    """The server.

    Attributes:
        says: What it says; "" hangs up at once.
        on_and_on: What it says after that, until it is hung up on.
    """

    says: bytes = REFUSING
    on_and_on: bytes = b""

    async def _serve(self, ready: threading.Event) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        server = await asyncio.start_server(self._talk, sock=listening)
        self.base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        ready.set()
        await self._stop.wait()
        await accept_no_more(listening)
        server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.says:
                await reader.read(65_536)
                writer.write(self.says)
                await writer.drain()
            while self.on_and_on:
                writer.write(self.on_and_on)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
