"""Mails about the professional gate: the link to an institution, a request that came, its decision."""

from __future__ import annotations

from edu.errors import Gone
from edu.jobs.progress import Progress
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services import mail
from edu.services.gating import institution, requests
from edu.services.gating.trail import Reason

WORDS = {
    Reason.NOT_FOUND: "we did not find you in the register that you named",
    Reason.UNCLEAR: "what you wrote does not say where you are registered",
    Reason.NOT_LICENSED: "the profession that you named gives no injections",
    Reason.OTHER: "we could not confirm what you wrote; please write to us",
}


def send_link(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Mail a fresh link to the address at the institution; a second run makes another one."""
    settings, asked_in = runtime.settings, str(claim.payload.get("language", ""))
    try:
        with runtime.db.writing() as session:
            made = institution.proof(session, int(claim.payload["declaration_id"]), runtime.clock.now())
    except Gone:
        return
    url = f"{settings.base_url}/professionals/link/{made.token}"
    letter = mail.message(settings, "gate_link", to=made.to, language=made.language or asked_in, url=url)
    progress(0.5)
    mail.send(settings.smtp_url, letter)


def send_notice(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Tell one administrator that somebody waits; neither who it is nor what was written."""
    settings, payload = runtime.settings, claim.payload
    try:
        with runtime.db.reading() as session:
            to, language = requests.notice(session, int(payload["declaration_id"]), int(payload["user_id"]))
    except Gone:
        return
    url = f"{settings.base_url}/studio/gate"
    letter = mail.message(settings, "gate_notice", to=to, language=language, url=url)
    progress(0.5)
    mail.send(settings.smtp_url, letter)


def send_decision(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Tell the account how its request was decided."""
    settings = runtime.settings
    try:
        with runtime.db.reading() as session:
            told = requests.told(session, int(claim.payload["declaration_id"]))
    except Gone:
        return
    reason = WORDS[told.reason] if told.reason else ""
    url = f"{settings.base_url}/professionals"
    letter = mail.message(
        settings, "gate_decision", to=told.to, language=told.language, reason=reason, url=url
    )
    progress(0.5)
    mail.send(settings.smtp_url, letter)
