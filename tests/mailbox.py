"""A mail server of a few lines for tests: it speaks enough SMTP (RFC 5321) to receive messages."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import cast


class Conversation(socketserver.StreamRequestHandler):
    """What is said to one sender."""

    def handle(self) -> None:
        """Answer each command until the sender takes leave."""
        answers = {"RCPT": self._recipient, "DATA": self._content, "QUIT": lambda _: "221 bye"}
        self._say("220 mailbox")
        while line := self.rfile.readline():
            command = line.decode().strip()
            self._box.heard.append(command)
            verb = command[:4].upper()
            if verb == "QUIT" and self._box.is_rude:
                return
            self._say(answers[verb](command) if verb in answers else "250 ok")

    @property
    def _box(self) -> Mailbox:
        return cast(Mailbox, self.server)

    def _recipient(self, command: str) -> str:
        if self._box.refuses:
            return "550 nobody of that name"
        self._box.recipients.append(command.partition("<")[2].partition(">")[0])
        return "250 ok"

    def _content(self, _: str) -> str:
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        self._box.messages.append(cast(EmailMessage, message))
        return "250 kept"

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Mailbox(socketserver.ThreadingTCPServer):
    """A server on a free port of this machine; `messages` holds what arrived, `heard` every command."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), Conversation)
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.heard: list[str] = []
        self.refuses = False
        self.is_rude = False  # hangs up without taking leave
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address as EDU_SMTP_URL takes it."""
        host, port = self.server_address[:2]
        return f"smtp://{host!s}:{port}"

    def close(self) -> None:
        """Stop listening; nothing happens the second time."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
            self.server_close()

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.close()
