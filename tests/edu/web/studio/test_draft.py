"""The working copy of a track: edited, saved, approved, put by, and held against other editors."""

from __future__ import annotations

import pytest

from edu.models import Track, TrackDraft, TrackVersion
from tests.edu.web.studio.test_track import SRT, documents, send


@pytest.fixture
def track(instructor, make_video) -> str:
    """The address of a track with two captions."""
    return send(instructor, make_video(), SRT).location


def post(person, address: str, body: dict) -> dict:
    answer = person.post(address, json=body, headers={"X-CSRFToken": person.csrf()})
    assert answer.status_code == 200, answer.text
    return answer.json


def edit(row: dict, **fields) -> dict:
    base = {name: row[name] for name in ("start", "end", "text", "identifier", "settings")}
    return {"key": row["key"], "was": row["revision"], "base": base, "cue": {**base, **fields}}


def test_what_is_served_stays_until_the_working_copy_is_approved(instructor, track, runtime):
    first = instructor.get(f"{track}/draft").json["rows"][0]

    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="Feel the crest.")]})
    assert [row["text"] for row in saved["rows"]] == ["Feel the crest."]
    assert "Feel the crest." not in documents(runtime)[-1]

    instructor.submit(f"{track}/approve", {"revision": saved["revision"]})

    assert "Feel the crest." in documents(runtime)[-1]
    with runtime.db.reading() as session:
        assert session.query(TrackDraft).count() == 0
        assert session.query(Track).one().current == 2


def test_two_editors_keep_each_others_cues(instructor, track):
    first, second = instructor.get(f"{track}/draft").json["rows"]

    post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="One.")]})
    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(second, text="Two.")]})

    assert [row["text"] for row in saved["rows"]] == ["One.", "Two."]  # those since it last heard
    assert saved["conflicts"] == []


def test_a_clash_comes_back_with_both_texts(instructor, track):
    first, _ = instructor.get(f"{track}/draft").json["rows"]
    post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="One.")]})

    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="Other.")]})

    (clash,) = saved["conflicts"]
    assert (clash["mine"]["text"], clash["theirs"]["text"]) == ("Other.", "One.")


def test_an_approval_of_what_has_changed_since_is_refused(instructor, track, runtime):
    first, _ = instructor.get(f"{track}/draft").json["rows"]
    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="One.")]})
    post(
        instructor, f"{track}/draft",
        {"since": saved["revision"], "edits": [edit(saved["rows"][0], text="Two.")]},
    )  # fmt: skip

    answer = instructor.submit(f"{track}/approve", {"revision": saved["revision"]})

    assert answer.status_code == 409
    assert len(documents(runtime)) == 1


def test_errors_keep_a_copy_from_being_approved_unless_it_is_meant(instructor, track, runtime):
    first, _ = instructor.get(f"{track}/draft").json["rows"]
    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="")]})
    assert {"rule": "C02", "key": first["key"]}.items() <= saved["problems"][0].items()

    refused = instructor.submit(f"{track}/approve", {"revision": saved["revision"]})
    assert refused.status_code == 422

    instructor.submit(f"{track}/approve", {"revision": saved["revision"], "anyway": "1"})
    assert len(documents(runtime)) == 2


def test_a_cue_that_no_file_can_hold_is_refused_and_nothing_of_the_request_is_kept(instructor, track):
    first, second = instructor.get(f"{track}/draft").json["rows"]
    edits = [edit(first, text="One."), edit(second, text="x" * 10_001)]

    answer = instructor.post(
        f"{track}/draft", json={"since": 1, "edits": edits}, headers={"X-CSRFToken": instructor.csrf()}
    )

    assert answer.status_code == 422
    assert instructor.get(f"{track}/draft").json["rows"][0]["text"] == "Find the crest."


def test_a_copy_that_is_given_up_is_put_by_first(instructor, track, runtime):
    first, _ = instructor.get(f"{track}/draft").json["rows"]
    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="A thought.")]})

    instructor.submit(f"{track}/discard", {"revision": saved["revision"]})

    with runtime.db.reading() as session:
        kept = session.query(TrackVersion).order_by(TrackVersion.number.desc()).first()
        assert "A thought." in kept.document
        assert session.query(Track).one().current == 1


def test_the_table_without_script_changes_adds_and_removes(instructor, track):
    first, second = instructor.get(f"{track}/draft").json["rows"]
    form = {"since": "1"}
    for row in (first, second):
        form |= {
            f"was-{row['key']}": "1", f"old-start-{row['key']}": str(row["start"]),
            f"old-end-{row['key']}": str(row["end"]), f"old-text-{row['key']}": row["text"],
            f"start-{row['key']}": "0:01", f"end-{row['key']}": "0:04", f"text-{row['key']}": row["text"],
        }  # fmt: skip
    form |= {f"text-{first['key']}": "Feel the crest.", f"remove-{second['key']}": "1"}
    form |= {"new-start": "0:10", "new-end": "0:12.5", "new-text": "Ask about the pain."}

    instructor.submit(f"{track}/rows", form)

    rows = instructor.get(f"{track}/draft").json["rows"]
    assert [(row["start"], row["end"], row["text"]) for row in rows] == [
        (1000, 4000, "Feel the crest."), (10_000, 12_500, "Ask about the pain."),
    ]  # fmt: skip


def test_a_time_that_cannot_be_read_is_told_and_what_was_typed_stays(instructor, track):
    first, _ = instructor.get(f"{track}/draft").json["rows"]
    key = first["key"]
    form = {
        "since": "1", f"was-{key}": "1", f"old-start-{key}": "1000", f"old-end-{key}": "4000",
        f"old-text-{key}": first["text"], f"start-{key}": "soon", f"end-{key}": "0:04",
        f"text-{key}": "Mine.",
    }  # fmt: skip

    answer = instructor.submit(f"{track}/rows", form)

    assert answer.status_code == 422
    assert "Mine." in answer.text


def test_somebody_elses_track_cannot_be_edited(learner, instructor, track):
    assert learner.get(f"{track}/edit").status_code == 403
    assert learner.get(f"{track}/draft").status_code == 403


def test_a_repair_of_rows_that_are_no_list_changes_nothing(instructor, track, runtime):
    sent = {"since": 1, "keys": "v1-1", "apply": True}

    answer = instructor.post(f"{track}/repair", json=sent, headers={"X-CSRFToken": instructor.csrf()})

    assert answer.status_code == 422
    with runtime.db.reading() as session:
        assert session.query(TrackDraft).count() == 0


def test_a_file_that_came_meanwhile_is_not_replaced_unawares(instructor, track, runtime):
    first, _ = instructor.get(f"{track}/draft").json["rows"]
    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, text="Mine.")]})
    send(instructor, 1, SRT.replace("Press.", "Theirs."))

    refused = instructor.submit(f"{track}/approve", {"revision": saved["revision"]})
    assert refused.status_code == 422
    assert "version 2 has come to be served" in refused.text

    instructor.submit(f"{track}/approve", {"revision": saved["revision"], "anyway": "1"})
    assert "Mine." in documents(runtime)[-1]


@pytest.mark.parametrize("act", ["approve", "discard", "keep", "rows"])
def test_the_address_of_what_was_sent_leads_to_the_editor_when_it_is_opened(instructor, track, act):
    answer = instructor.get(f"{track}/{act}")

    assert answer.status_code == 302
    assert answer.location.endswith(f"{track}/edit")


def test_one_error_is_told_with_its_caption_and_the_way_to_it(instructor, track):
    first = instructor.get(f"{track}/draft").json["rows"][0]
    saved = post(instructor, f"{track}/draft", {"since": 1, "edits": [edit(first, end=first["start"])]})

    page = instructor.submit(f"{track}/approve", {"revision": saved["revision"]}).text

    assert "Caption 1 has an error that keeps it from being served: The caption ends before it begins" in page
    assert f'href="{track}/edit#{first["key"]}"' in page


@pytest.mark.parametrize("kind", ["subtitles", "descriptions"])
def test_what_was_approved_is_told_by_its_kind(instructor, make_video, kind):
    track = send(instructor, make_video(), SRT, kind=kind).location
    revision = instructor.get(f"{track}/draft").json["revision"]

    answer = instructor.submit(f"{track}/approve", {"revision": revision})

    assert f"The {kind} are approved" in instructor.get(answer.location).text
