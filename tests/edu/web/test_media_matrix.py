"""Who is given which file, with GET, HEAD and Range: everybody, by state of the video, by kind of file."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from edu.clock import FixedClock
from edu.models import Audience, Role, Track, TrackKind, TrackVersion, User, VideoFile, Visibility
from edu.services import packages
from edu.services.delivery import ACTIONS, LIFE
from edu.storage import media_type, package_key
from tests.edu.conftest import ROLES, Site
from tests.people import Person
from tests.reviewer import ReviewingClient

MORE_ROLES = {
    "master-av1.m3u8": "master-av1",
    "360.m3u8": "playlist",
    "av1-0badcafe.m3u8": "playlist",
    "360.mp4": "rendition",
    "av1-0badcafe.mp4": "rendition-av1",
    "sound-2.mp4": "rendition-sound",
    "audio.m4a": "sound",
    "poster-1.jpg": "poster-candidate",
    "poster-2.jpg": "poster-candidate",
    "frames.json": "frames",
    "blurred.mp4": "preview",
}
CHOSEN = "poster-2.jpg"
MAKERS_ONLY = {"poster-1.jpg", "waveform.json", "report.json", "blurred.mp4"}
NOBODYS = {"original.mp4", "kept.mp4"}
TRACKS = {f"{kind}.en.1.vtt" for kind in TrackKind}
PEOPLE = ("anonymous", "learner", "professional", "owner", "instructor", "administrator")
STUDIO, PROFESSIONALS = {"owner", "instructor", "administrator"}, {"professional"}
MAY_WATCH = {
    (Visibility.PUBLISHED, Audience.OPEN): set(PEOPLE),
    (Visibility.PUBLISHED, Audience.PRO): STUDIO | PROFESSIONALS,
    (Visibility.DRAFT, Audience.OPEN): STUDIO,
    (Visibility.DRAFT, Audience.PRO): STUDIO,
}


@pytest.fixture
def people(
    app: Flask, site: Site, person: Callable[..., Person], declare: Callable[[ReviewingClient], None]
) -> dict[str, ReviewingClient]:
    """One browser for each; the owner has made both videos."""
    found: dict[str, ReviewingClient] = {"anonymous": ReviewingClient(app, app.response_class)}
    roles = {"professional": Role.LEARNER, "owner": Role.INSTRUCTOR}
    for name in PEOPLE[1:]:
        found[name] = owner = person(roles.get(name) or Role(name))
        if name == "owner":
            for code in ("V1", "V2"):
                site.change_video(code, owner_id=owner.user_id, poster=CHOSEN)
    declare(found["professional"])
    return found


def add_files(site: Site, code: str) -> None:
    """What a package may hold besides, tracks of every kind, and two rows that hand out nothing."""
    video, store = site.video(code), site.runtime.store
    original = video.original_key
    rows = [(name, role, "") for name, role in MORE_ROLES.items()]
    rows += [("original.mp4", "rendition", original), ("kept.mp4", "original", "")]
    with site.runtime.db.writing() as session:
        for name, role, key in rows:
            key = key or package_key(video.id, video.version, name)
            if key != original:
                store.put(key, io.BytesIO(b"bytes of " + name.encode()))
            session.add(
                VideoFile(
                    video_id=video.id, version=video.version, name=name, role=role, key=key,
                    content_type=media_type(name), bytes=store.size(key),
                )
            )  # fmt: skip
        have = set(session.scalars(select(Track.kind).where(Track.video_id == video.id)))
        for kind in set(TrackKind) - have:
            now = site.runtime.clock.now()
            track = Track(video_id=video.id, kind=kind, language="en", current=1, updated_at=now)
            session.add(track)
            session.flush()
            session.add(TrackVersion(track_id=track.id, number=1, document="WEBVTT\n", created_at=now))


def names_of(site: Site, code: str) -> list[str]:
    version = site.video(code).version
    files = {*ROLES, *MORE_ROLES, *NOBODYS, "never-made.mp4"}
    return [f"{version}/{name}" for name in sorted(files)] + [f"tracks/{name}" for name in sorted(TRACKS)]


def binding_of(client: ReviewingClient) -> str:
    """What this browser's addresses are bound to."""
    with client.session_transaction() as cookie:
        return str(cookie.get("login") or cookie.get("visitor") or "")


def wanted(person: str, state: tuple[Visibility, Audience], name: str) -> int:
    """The status that the rules give; behind the gate nobody learns what is there."""
    if person not in MAY_WATCH[state]:
        return 403 if state == (Visibility.PUBLISHED, Audience.PRO) else 404
    file = name.partition("/")[2]
    if file in NOBODYS or file == "never-made.mp4":
        return 404
    if file in MAKERS_ONLY and person not in ("owner", "administrator"):
        return 404
    return 200


def asked(client: ReviewingClient, address: str) -> tuple[int, int, int]:
    """The statuses of GET, HEAD and a part."""
    as_program = {"Accept": "application/problem+json"}  # a refusal in brief
    part = client.get(address, headers={**as_program, "Range": "bytes=0-3"})
    head = client.head(address, headers=as_program)
    return client.get(address, headers=as_program).status_code, head.status_code, part.status_code


def told(person: str, state: tuple[Visibility, Audience], name: str) -> tuple[int, int, int]:
    status = wanted(person, state, name)
    has_parts = status == 200 and not name.startswith("tracks/")
    return status, status, 206 if has_parts else status


def test_every_role_of_the_table_is_in_the_matrix() -> None:
    assert {*ROLES.values(), *MORE_ROLES.values()} == set(ACTIONS)


# V2 belongs to a lesson behind the gate; a film's own audience counts, whatever lesson shows it
@pytest.mark.parametrize("code", ["V1", "V2"])
@pytest.mark.parametrize("state", MAY_WATCH, ids="-".join)
def test_each_person_has_exactly_the_files_that_the_rules_give(
    site: Site, people: dict[str, ReviewingClient], state: tuple[Visibility, Audience], code: str
) -> None:
    add_files(site, code)
    site.change_video(code, visibility=state[0], audience=state[1])
    given, rules = {}, {}

    for person, client in people.items():
        media = site.private(code, binding_of(client))
        for name in names_of(site, code):
            given[person, name] = asked(client, f"{media}/{name}")
            rules[person, name] = told(person, state, name)

    assert {key: found for key, found in given.items() if found != rules[key]} == {}


@pytest.fixture
def draft(site: Site, people: dict[str, ReviewingClient]) -> str:
    """The owner's address of the files of a draft."""
    site.change_video("V1", visibility=Visibility.DRAFT)
    return site.private("V1", binding_of(people["owner"]))


def test_an_address_is_good_for_the_session_that_it_was_made_for_and_for_no_other(
    people: dict[str, ReviewingClient], draft: str
) -> None:
    given = {name: client.get(f"{draft}/vV1/720.mp4").status_code for name, client in people.items()}

    assert given == {**dict.fromkeys(people, 404), "owner": 200}


def test_an_address_ends_after_twelve_hours(
    people: dict[str, ReviewingClient], draft: str, clock: FixedClock
) -> None:
    clock.advance(LIFE - timedelta(seconds=1))
    assert people["owner"].get(f"{draft}/vV1/720.mp4").status_code == 200

    clock.advance(timedelta(seconds=2))

    assert people["owner"].get(f"{draft}/vV1/720.mp4").status_code == 404


def test_an_address_of_one_video_opens_no_file_of_another(
    site: Site, people: dict[str, ReviewingClient], draft: str
) -> None:
    other = site.video("V2").id
    tries = ["vV2/720.mp4", f"videos/{other}", "vV1/720.mp4/", "tracks/captions.en.9.vtt", "tracks/720.mp4"]
    tries += [
        f"vV1/videos%2F{other}%2FvV2%2F720.mp4",
        "vV1/..%2FvV2%2F720.mp4",
        f"..%2F{other}%2FvV2/720.mp4",
    ]

    assert {people["owner"].get(f"{draft}/{name}").status_code for name in tries} == {404}


TRICKS = [
    *("vV1/..%2F..%2F..%2F..%2Fsecret-key", "vV1/%2e%2e/%2e%2e/secret-key", "vV1/../../../secret-key"),
    *("..%2F..%2Foriginals/x", "%2e%2e/originals", "vV1/%00720.mp4", "vV1/720.mp4%00", "vV1/720.mp4%20"),
    *("vV1/..;/720.mp4", "vV1/.%2F720.mp4", "vV1/720.MP4", "VV1/720.mp4", "vV1%2F720.mp4", "vV1%5C720.mp4"),
]


@pytest.mark.parametrize("trick", TRICKS)
def test_a_path_that_is_no_name_of_a_file_leads_nowhere(
    people: dict[str, ReviewingClient], draft: str, trick: str
) -> None:
    name = "720.mp4"
    assert people["owner"].get(f"{draft}/vV1/{name}").status_code == 200

    status = people["owner"].get(f"{draft}/{trick}").status_code

    # an encoded slash is a slash by the time we see it: then it is the very address that is allowed
    assert status == (200 if trick == "vV1%2F720.mp4" else 404)


def test_doubled_slashes_lead_to_the_plain_address_where_it_is_decided_as_ever(
    people: dict[str, ReviewingClient], draft: str
) -> None:
    doubled = f"{draft}//vV1//720.mp4"

    answers = [people[name].get(doubled, follow_redirects=True) for name in ("owner", "learner", "anonymous")]

    assert [answer.status_code for answer in answers] == [200, 404, 404]


def test_a_version_that_was_replaced_obeys_the_same_rules_until_it_is_removed(
    site: Site, people: dict[str, ReviewingClient], clock: FixedClock
) -> None:
    site.change_video("V1", version="v2")
    old = f"{site.public('V1')}/vV1/720.mp4"
    assert people["anonymous"].get(old).status_code == 200

    with site.runtime.db.writing() as session:
        packages.forget(session, site.video("V1").id, "vV1")
    clock.advance(timedelta(seconds=10))

    assert people["anonymous"].get(old).status_code == 404


def test_a_role_that_was_taken_away_closes_the_files_at_once(
    site: Site, people: dict[str, ReviewingClient], draft: str
) -> None:
    assert people["owner"].get(f"{draft}/vV1/report.json").status_code == 200

    with site.runtime.db.writing() as session:
        session.execute(update(User).where(User.role == Role.INSTRUCTOR).values(role=Role.LEARNER))

    assert people["owner"].get(f"{draft}/vV1/report.json").status_code == 404
    assert people["owner"].get(f"{draft}/vV1/720.mp4").status_code == 404
