"""What a maker puts beside a film: layers over it, a film in sign language, leave to take it along."""

from __future__ import annotations

import io

SHAPE = b'{"layer":"crest","label":"Iliac crest","kind":"bone","shape":"point","points":[[0.5,0.5]]}'
FILE = b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + SHAPE
FACTS = {"title": "Finding it", "description": "", "language": "en", "audience": "open"}


def send(person, video_id: int, data: bytes):
    return person.submit(f"/studio/videos/{video_id}/layers", {"layers": (io.BytesIO(data), "layers.vtt")})


def test_layers_are_uploaded_listed_with_their_names_and_taken_off(instructor, make_video):
    video_id = make_video()
    assert send(instructor, video_id, FILE).status_code == 303
    page = instructor.get(f"/studio/videos/{video_id}").text
    assert "Iliac crest" in page
    track = page.partition("/studio/tracks/")[2].partition('"')[0]
    shown = instructor.get(f"/studio/tracks/{track}").text
    assert "Layers: drawn over the picture" in shown
    assert "Download .srt" not in shown

    instructor.submit(f"/studio/videos/{video_id}/layers", {"remove": "1"})

    page = instructor.get(f"/studio/videos/{video_id}").text
    assert "Iliac crest" not in page
    assert "Begun and not approved" not in page


def test_a_wrong_file_is_told_with_its_line_beside_its_field(instructor, make_video):
    video_id = make_video()

    answer = send(instructor, video_id, FILE.replace(b"bone", b"stone"))
    empty = send(instructor, video_id, b"")

    assert (answer.status_code, empty.status_code) == (422, 422)
    assert "Line 4: “stone” is no kind; there are bone, fascia" in answer.text
    assert "Choose a file." in empty.text


def test_a_film_in_sign_language_is_chosen_among_ones_own(instructor, make_video):
    video_id = make_video()
    assert "told in sign language" not in instructor.get(f"/studio/videos/{video_id}").text
    make_video("Told by hands")

    chosen = instructor.submit(f"/studio/videos/{video_id}/sign", {"sign": "told-by-hands"})
    refused = instructor.submit(f"/studio/videos/{video_id}/sign", {"sign": "finding-it"})

    page = instructor.get(f"/studio/videos/{video_id}").text
    assert (chosen.status_code, refused.status_code) == (303, 422)
    assert '<option value="told-by-hands" selected>' in page


def test_a_published_film_is_offered_as_a_file_while_its_maker_says_so(instructor, client, make_video):
    video_id = make_video()
    address = f"/studio/videos/{video_id}"

    def is_offered() -> bool:
        return 'download="finding-it.mp4"' in client.get("/videos/finding-it").text

    instructor.submit(address, {**FACTS, "may_download": "1"})
    assert 'download="finding-it.mp4"' not in instructor.get("/videos/finding-it").text
    instructor.submit(f"{address}/publish", {})
    assert is_offered()

    instructor.submit(address, FACTS)

    assert not is_offered()


def test_a_film_for_professionals_is_no_file_for_strangers(instructor, client, make_video):
    video_id = make_video()
    instructor.submit(f"/studio/videos/{video_id}", {**FACTS, "audience": "pro", "may_download": "1"})
    instructor.submit(f"/studio/videos/{video_id}/publish", {})

    answer = client.get("/videos/finding-it")

    assert answer.status_code == 303  # to the gate
    assert "360.mp4" not in answer.text


def test_somebody_elses_film_is_left_alone(colleague, make_video):
    video_id = make_video()

    assert send(colleague, video_id, FILE).status_code == 403
    assert colleague.submit(f"/studio/videos/{video_id}/sign", {"sign": ""}).status_code == 403
