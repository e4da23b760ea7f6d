"""The one list of blueprints."""

from __future__ import annotations

from edu.web import (
    about,
    account,
    agreement,
    board,
    card,
    certificate,
    checklist,
    checklist_link,
    checklist_run,
    compare,
    contact,
    contributor,
    correction,
    course,
    embed,
    feeds,
    gate,
    glossary,
    hand_in,
    head,
    health,
    home,
    lesson,
    library,
    link,
    media,
    message,
    news,
    notes,
    oembed,
    offline,
    open_film,
    open_question,
    pack,
    picture,
    profile,
    quiz,
    review,
    review_session,
    search,
    sitemap,
    story,
    upload,
    video,
    watching,
)
from edu.web.api import page as api_page
from edu.web.api import tokens as api_tokens
from edu.web.api import v1 as api
from edu.web.studio import chapters as studio_chapters
from edu.web.studio import checklist as studio_checklist
from edu.web.studio import course as studio_course
from edu.web.studio import describe as studio_describe
from edu.web.studio import draft as studio_draft
from edu.web.studio import film as studio_film
from edu.web.studio import gate as studio_gate
from edu.web.studio import hand_in as studio_hand_in
from edu.web.studio import home as studio_home
from edu.web.studio import imports as studio_import
from edu.web.studio import key as studio_key
from edu.web.studio import lesson as studio_lesson
from edu.web.studio import library as studio_library
from edu.web.studio import making as studio_making
from edu.web.studio import message as studio_message
from edu.web.studio import module as studio_module
from edu.web.studio import offer as studio_offer
from edu.web.studio import page as studio_page
from edu.web.studio import people
from edu.web.studio import question as studio_question
from edu.web.studio import question_export as studio_export
from edu.web.studio import question_import as studio_question_import
from edu.web.studio import quiz as studio_quiz
from edu.web.studio import retime as studio_retime
from edu.web.studio import reviews as studio_reviews
from edu.web.studio import statistics as studio_statistics
from edu.web.studio import term as studio_term
from edu.web.studio import track as studio_track
from edu.web.studio import translation as studio_translation
from edu.web.studio import versions as studio_versions
from edu.web.studio import video as studio_video
from edu.web.studio import writing as studio_writing

BLUEPRINTS = (
    home.blueprint,
    course.blueprint,
    lesson.blueprint,
    board.blueprint,
    card.blueprint,
    certificate.blueprint,
    video.blueprint,
    watching.blueprint,
    quiz.blueprint,
    review.blueprint,
    review_session.blueprint,
    search.blueprint,
    library.blueprint,
    about.blueprint,
    contributor.blueprint,
    news.blueprint,
    glossary.blueprint,
    open_question.blueprint,
    story.blueprint,
    media.blueprint,
    picture.blueprint,
    upload.blueprint,
    account.blueprint,
    agreement.blueprint,
    gate.blueprint,
    contact.blueprint,
    correction.blueprint,
    message.blueprint,
    studio_message.blueprint,
    link.blueprint,
    studio_home.blueprint,
    studio_video.blueprint,
    studio_film.blueprint,
    studio_offer.blueprint,
    studio_track.blueprint,
    studio_chapters.blueprint,
    checklist.blueprint,
    checklist_run.blueprint,
    checklist_link.blueprint,
    studio_checklist.blueprint,
    studio_draft.blueprint,
    studio_making.blueprint,
    studio_retime.blueprint,
    studio_describe.blueprint,
    studio_import.blueprint,
    studio_lesson.blueprint,
    studio_translation.blueprint,
    studio_writing.blueprint,
    studio_versions.blueprint,
    studio_reviews.blueprint,
    studio_question.blueprint,
    studio_question_import.blueprint,
    studio_export.blueprint,
    studio_quiz.blueprint,
    studio_key.blueprint,
    studio_statistics.blueprint,
    studio_course.blueprint,
    studio_module.blueprint,
    studio_library.blueprint,
    studio_page.blueprint,
    studio_term.blueprint,
    people.blueprint,
    studio_gate.blueprint,
    profile.blueprint,
    notes.blueprint,
    pack.blueprint,
    compare.blueprint,
    hand_in.blueprint,
    studio_hand_in.blueprint,
    offline.blueprint,
    health.blueprint,
    head.blueprint,
    sitemap.blueprint,
    open_film.blueprint,
    embed.blueprint,
    oembed.blueprint,
    feeds.blueprint,
    api.blueprint,
    api_page.blueprint,
    api_tokens.blueprint,
)
