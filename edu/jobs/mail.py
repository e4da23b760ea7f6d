"""Sends the mails that were promised."""

from __future__ import annotations

from edu.jobs.progress import Progress
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services import forgotten, links, mail


def send_reset(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Mail a fresh link for a new password to the account in the payload; a second run makes another."""
    settings, asked_in = runtime.settings, str(claim.payload.get("language", ""))
    with runtime.db.writing() as session:
        user, token = forgotten.link(session, int(claim.payload["user_id"]), runtime.clock.now())
        to, name, language = user.email, user.name, user.language or asked_in
    url = links.address(settings.base_url, token)
    letter = mail.message(settings, "reset", to=to, language=language, name=name, url=url)
    progress(0.5)
    mail.send(settings.smtp_url, letter)
