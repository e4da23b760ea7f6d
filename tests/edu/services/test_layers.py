"""Layers of a video: kept with versions, shown to players, and nothing else kept in their place."""

from __future__ import annotations

import pytest

from captions import Cue, TextTrack
from captions import TrackKind as Kind
from captions.layer_faults import LayerFault, LayersError
from edu.errors import Invalid
from edu.models import TrackKind
from edu.services import layers, players
from edu.services.delivery import Addresses
from edu.services.layers import LayersRow
from edu.services.players import PlayerView
from edu.services.texts import drafts, tracks
from tests.edu.conftest import Site

SHAPE = b'{"layer":"crest","label":"Iliac crest","kind":"bone","shape":"point","points":[[0.5,0.5]]}'
FILE = b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + SHAPE


def keep(site: Site, data: bytes) -> None:
    with site.runtime.db.writing() as session:
        layers.keep(session, site.video("V1"), data, author_id=None, now=site.runtime.clock.now())


def row(site: Site) -> LayersRow | None:
    with site.runtime.db.reading() as session:
        return layers.row(session, site.video("V1"))


def shown(site: Site) -> PlayerView:
    addresses = Addresses(site.signer, "", site.runtime.clock.now())
    with site.runtime.db.reading() as session:
        return players.screening(session, site.video("V1"), addresses, language="en").player


def test_layers_are_an_address_for_the_player_and_no_track_that_a_browser_fetches(site: Site) -> None:
    before = shown(site)
    keep(site, FILE)

    after = shown(site)

    assert (before.layers_url, after.layers_url) == (None, f"{site.public('V1')}/tracks/metadata.en.1.vtt")
    assert after.tracks == before.tracks


def test_the_next_file_is_the_next_version_and_one_that_is_wrong_changes_nothing(site: Site) -> None:
    keep(site, FILE)
    keep(site, FILE.replace(b"Iliac crest", b"Crest"))

    with pytest.raises(LayersError) as caught:
        keep(site, FILE.replace(b"bone", b"stone"))

    found = row(site)
    assert caught.value.code is LayerFault.WORD
    assert found is not None
    assert (found.version, found.names) == (2, ("Crest",))


def test_there_is_one_document_of_layers_though_the_language_of_the_video_was_changed(site: Site) -> None:
    keep(site, FILE)
    site.change_video("V1", language="es")

    keep(site, FILE.replace(b"Iliac crest", b"Cresta"))

    found = row(site)
    assert found is not None
    assert (found.version, found.names) == (2, ("Cresta",))
    assert shown(site).layers_url == f"{site.public('V1')}/tracks/metadata.en.2.vtt"


def test_layers_that_are_taken_off_are_gone_and_their_number_is_not_given_again(site: Site) -> None:
    keep(site, FILE)
    with site.runtime.db.writing() as session:
        taken = layers.remove(session, site.video("V1"), site.runtime.clock.now())
        assert taken is not None
    assert (row(site), shown(site).layers_url) == (None, None)
    with site.runtime.db.writing() as session:
        assert layers.remove(session, site.video("V1"), site.runtime.clock.now()) is None
        assert drafts.unserved(session, site.video("V1")) == []

    keep(site, FILE)

    found = row(site)
    assert found is not None
    assert found.version == 2


def test_captions_cannot_be_kept_as_layers(site: Site) -> None:
    words = TextTrack(Kind.METADATA, "en", (Cue(0, 1000, "Press here"),))

    with site.runtime.db.writing() as session, pytest.raises(Invalid) as caught:
        tracks.keep(
            session, site.video("V1"), words, kind=TrackKind.METADATA, language="en",
            now=site.runtime.clock.now(),
        )  # fmt: skip

    assert caught.value.code == LayerFault.NOT_JSON


def test_the_layers_of_a_course_are_installed_and_come_back_with_a_newer_file(site: Site) -> None:
    path = "videos/find.metadata.en.vtt"
    site.folder.write(path, FILE.decode())
    assert path in site.install().added

    site.folder.write(path, FILE.decode().replace("Iliac crest", "Crest"))

    assert path in site.install().updated
    found = row(site)
    assert found is not None
    assert found.names == ("Crest",)
    assert site.install().updated == []
