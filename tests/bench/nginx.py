"""nginx: a server of one's own for a comparison, in a folder of its own and on a local port."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import processes
from tests.bench.site import Running, free_port, wait_for

CONFIGURATION = """
daemon off;
user {user} {group};
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    upstream edu {{ server 127.0.0.1:{behind}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location /plain/ {{ alias {objects}/; }}
        location /_objects/ {{ internal; alias {objects}/; }}
        location / {{ proxy_pass http://edu; proxy_http_version 1.1; proxy_set_header Connection "";
                      proxy_set_header Host $host; }}
    }}
}}
"""


def find() -> str | None:
    """The program, if the machine has it."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running(program: str, folder: Path, objects: Path, behind: int, ready: str) -> Iterator[Running]:
    """Serve the objects at /plain/, and the site on port `behind` with its X-Accel-Redirect at /_objects/."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.format(
            folder=folder,
            objects=objects,
            behind=behind,
            port=port,
            # the folder is ours alone; started by root, nginx would look into it as nobody
            user=pwd.getpwuid(os.getuid()).pw_name,
            group=grp.getgrgid(os.getgid()).gr_name,
        )
    )
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(process, port, ready)
        yield Running(port, process)
    finally:
        processes.end(process)
