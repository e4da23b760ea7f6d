"""The one list of blueprints."""

from __future__ import annotations

from edu.web import account, course, gate, health, home, lesson, link, media, profile, quiz, video
from edu.web.studio import people

BLUEPRINTS = (
    home.blueprint,
    course.blueprint,
    lesson.blueprint,
    video.blueprint,
    quiz.blueprint,
    media.blueprint,
    account.blueprint,
    gate.blueprint,
    link.blueprint,
    people.blueprint,
    profile.blueprint,
    health.blueprint,
)
