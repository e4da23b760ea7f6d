"""A real server over a data folder of its own, which can be killed and started again on the same port."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from edu.models import LoginSession, Role, User
from edu.runtime import Runtime, build
from edu.services.viewers import hashed
from edu.settings import Settings

ROOT = Path(__file__).parents[3]
PROGRAM = """
import os, sys
from gunicorn.app.base import BaseApplication
from edu.app import create_app
from edu.runtime import build
from edu.settings import Settings

class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", "fd://" + sys.argv[1])
        options = {"worker_class": "gthread", "workers": 2, "threads": 12, "loglevel": "error"}
        for name, value in options.items():
            self.cfg.set(name, value)
    def load(self):
        return create_app(build(Settings.read(os.environ)))

Server().run()
"""


@dataclass
class Serving:
    """The listening socket is ours: while no server runs, clients wait instead of being refused."""

    folder: Path
    socket: socket.socket = field(init=False)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {
            "EDU_DATA_DIR": str(self.folder), "EDU_SECRET_KEY": "a key for tests that is long enough",
            "EDU_BASE_URL": self.url,
        }  # fmt: skip

    def runtime(self) -> Runtime:
        """The same data, for a look from the test."""
        return build(Settings.read(self.environ))

    def start(self) -> None:
        """Start the server in a process group of its own."""
        self.socket.set_inheritable(True)
        number = self.socket.fileno()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(number)],
            cwd=ROOT,
            env={**os.environ, **self.environ, "PYTHONPATH": str(ROOT)},
            pass_fds=[number],
            start_new_session=True,
        )

    def kill(self) -> None:
        """End master and workers as a lost machine would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def close(self) -> None:
        """End everything."""
        self.kill()
        self.socket.close()


def sign_in(runtime: Runtime) -> str:
    """An instructor who is signed in; gives the session's token."""
    token = secrets.token_urlsafe(32)
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        user = User(email="i@example.org", name="I", password_hash="!", role=Role.INSTRUCTOR, created_at=now)
        session.add(user)
        session.flush()
        session.add(LoginSession(token_hash=hashed(token), user_id=user.id, created_at=now, last_seen_at=now))
    return token
