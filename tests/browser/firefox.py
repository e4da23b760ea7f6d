"""Firefox: Debian's, without a screen, spoken to over WebDriver BiDi on a socket of our own.

The protocol is JSON over WebSocket (RFC 6455); of that only what two programs on one machine need.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 40.0  # seconds: for the start, and for each answer
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_LISTENS = re.compile(rb"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")
# no question of the browser's own, no page of its own, no word to its maker
PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "media.autoplay.default": 0,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Channel:
    """A WebSocket to a program of this machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        head = [
            "GET /session HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
        ]
        lines = [*head, f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""]
        self._socket.sendall("\r\n".join(lines).encode())
        self._stream = self._socket.makefile("rb")
        status = self._stream.readline()
        assert b" 101 " in status, status
        while self._stream.readline().strip():
            pass

    def send(self, text: str, kind: int = TEXT) -> None:
        """One message; what a client sends is masked (section 5.3)."""
        data, mask = text.encode(), secrets.token_bytes(4)
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        self._socket.sendall(bytes([0x80 | kind]) + size + mask + masked)

    def receive(self) -> str:
        """The next message, whole."""
        parts = b""
        while True:
            first, second = self._stream.read(2)
            size = second & 0x7F
            if size > 125:
                size = int.from_bytes(self._stream.read(2 if size == 126 else 8), "big")
            data = self._stream.read(size)
            kind = first & 0x0F
            if kind == PING:
                self.send(data.decode(), PONG)
            elif kind == CLOSE:
                raise ConnectionError("the browser has gone")
            elif kind != PONG:
                parts += data
                if first & 0x80:
                    return parts.decode()

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()


class Firefox:
    """One window of a running Firefox, and what it has written to its console."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._count = 0
        self.errors: list[str] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self._window = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command of the protocol, and its result."""
        self._count += 1
        self._channel.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._channel.receive())
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.errors.append(f"{told['params'].get('text')}")
            if told.get("id") == self._count:
                assert told["type"] == "success", told
                return dict(told["result"])

    def open(self, url: str) -> None:
        """Go to a page and wait until it is loaded."""
        self.ask("browsingContext.navigate", context=self._window, url=url, wait="complete")

    def evaluate(self, script: str) -> object:
        """The value of a script, run as by a person's doing."""
        target = {"context": self._window}
        asked = {"expression": script, "target": target, "awaitPromise": True, "userActivation": True}
        answer = self.ask("script.evaluate", **asked)
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    def until(self, script: str, seconds: float = 20) -> object:
        """The value of a script once it is true."""
        limit = time.monotonic() + seconds
        while not (value := self.evaluate(script)):
            assert time.monotonic() < limit, f"never true: {script}"
            time.sleep(0.05)
        return value

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        acts = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        keyboard = {"type": "key", "id": "keyboard", "actions": acts}
        self.ask("input.performActions", context=self._window, actions=[keyboard])


@contextmanager
def firefox(program: str, folder: Path) -> Iterator[Firefox]:
    """Start one with a profile of its own in that folder, and end it."""
    profile = folder / "profile"
    profile.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    argv = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    environ = {**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    log = folder / "log"
    with log.open("wb") as target:
        process = subprocess.Popen(argv, env=environ, stdout=target, stderr=target)
    try:
        channel = Channel(_port(process, log))
        yield Firefox(channel)
        channel.close()
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        if found := _LISTENS.search(log.read_bytes()):
            return int(found[1])
        time.sleep(0.05)
    raise AssertionError(f"Firefox does not listen: {log.read_text(errors='replace')[-2000:]}")
