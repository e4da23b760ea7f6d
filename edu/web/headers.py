"""The security headers that every answer carries."""

from __future__ import annotations

from flask import Flask, Response, g, request

from edu.policy import ENDPOINTS, Access
from edu.runtime import Runtime


def policy_for(store: str = "") -> str:
    """The content security policy; `store` is the origin that films are redirected to, "" for our own."""
    films = f" {store}" if store else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{films}; "
        f"media-src 'self' blob:{films}; font-src 'self'; connect-src 'self'{films}; "
        "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    )


CSP = policy_for()
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}
# The camera is for the one page that records; what it records stays in the browser.
PERMITTED = {"compare.show": "camera=(self), microphone=(self), geolocation=()"}
HSTS = "max-age=63072000; includeSubDomains"


def install(app: Flask, runtime: Runtime) -> None:
    """Add the headers to every answer.

    No shared cache keeps a page unless its view says so, and no cache at all keeps a page of an account.
    """
    always = {**ALWAYS, "Content-Security-Policy": policy_for(runtime.store.origin())}

    @app.after_request
    def add(response: Response) -> Response:
        if permitted := PERMITTED.get(request.endpoint or ""):
            response.headers.setdefault("Permissions-Policy", permitted)
        if frames := g.get("frames"):  # origins of players that this page shows when somebody asks for them
            policy = f"{always['Content-Security-Policy']}; frame-src {' '.join(sorted(frames))}"
            response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if runtime.settings.is_secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        is_open = ENDPOINTS.get(request.endpoint or "") is Access.PUBLIC
        is_read = request.method in ("GET", "HEAD")
        response.headers.setdefault(
            "Cache-Control", "no-cache, private" if is_open and is_read else "no-store"
        )
        return response
