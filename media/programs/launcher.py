"""A child's first breath: limit this process, bind its life to its parent, then become the tool.

Run as `python -I -S launcher.py '{"parent": PID, ...}' tool argument…`. It replaces `preexec_fn`, which is
not safe in a process with threads. It uses the standard library alone and imports nothing of this package.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Apply the limits named in the first argument, then execute the rest. Never returns."""
    restrict(json.loads(arguments[0]))
    try:
        os.execv(arguments[1], arguments[1:])  # noqa: S606 -- the whole purpose of this file; no shell is involved
    except OSError as error:
        sys.stderr.write(f"cannot execute {arguments[1]}: {error.strerror}\n")
        os._exit(127)


def restrict(limits: dict[str, Any]) -> None:
    """Put this process under `limits` for good, and let it end with the process `limits["parent"]`."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != limits["parent"]:  # the parent died before the line above: nobody waits for us
            os._exit(1)
    limit(resource.RLIMIT_CORE, 0)
    # Process 1 of a sandbox does not notice the soft limit without a handler: keep the hard one near.
    limit(resource.RLIMIT_CPU, limits["processor_seconds"], grace=1)
    limit(resource.RLIMIT_FSIZE, limits["file_bytes"])
    limit(resource.RLIMIT_AS, limits["memory_bytes"])
    if limits["niceness"]:
        os.nice(limits["niceness"])


def limit(kind: int, amount: int | None, grace: int = 0) -> None:
    """Set the soft limit to `amount` and the hard one `grace` above it, never above what we were given."""
    if amount is None:
        return
    ceiling = resource.getrlimit(kind)[1]
    hard = amount + grace if ceiling == resource.RLIM_INFINITY else min(amount + grace, ceiling)
    with contextlib.suppress(OSError, ValueError):  # macOS knows RLIMIT_AS but refuses to set it
        resource.setrlimit(kind, (min(amount, hard), hard))


if __name__ == "__main__":
    main(sys.argv[1:])
