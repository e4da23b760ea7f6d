"""The film that tells another one in sign language: chosen by its maker, offered to those who may have it."""

from __future__ import annotations

from itertools import product

import pytest

from edu.errors import Invalid
from edu.models import Audience, Role, Video, Visibility
from edu.policy import Viewer
from edu.services import players, sign_films
from edu.services.delivery import Addresses
from edu.services.sources import SignView
from tests.edu.conftest import Site
from tests.filming import add_maker, add_video
from tests.statements import Counter

ADMINISTRATOR = Viewer(user_id=None, role=Role.ADMINISTRATOR)


def choose(site: Site, slug: str, viewer: Viewer = ADMINISTRATOR) -> None:
    with site.runtime.db.writing() as session:
        sign_films.choose(session, viewer, site.video("V1"), slug, site.runtime.clock.now())


def offered(site: Site, code: str = "V1") -> SignView | None:
    addresses = Addresses(site.signer, "reader", site.runtime.clock.now())
    with site.runtime.db.reading() as session:
        return players.screening(session, site.video(code), addresses, language="en").player.sign


def test_the_smallest_picture_of_the_chosen_film_is_offered_and_the_choice_can_be_undone(site: Site) -> None:
    site.change_video("V2", audience=Audience.OPEN)
    choose(site, "needle")
    shown = offered(site)

    choose(site, "")

    assert shown == SignView("Infiltrate", f"{site.public('V2')}/vV2/720.mp4", "video/mp4")
    assert (offered(site), offered(site, "V2")) == (None, None)


def test_no_page_offers_a_draft_or_what_is_for_professionals_to_all(site: Site) -> None:
    choose(site, "needle")  # which is for professionals
    assert offered(site) is None

    site.change_video("V1", audience=Audience.PRO)
    private = offered(site)
    site.change_video("V2", visibility=Visibility.DRAFT)

    assert private is not None
    assert private.url == f"{site.private('V2', 'reader')}/vV2/720.mp4"
    assert offered(site) is None


def test_a_film_beside_its_equal_is_offered() -> None:
    for audience, visibility in product(Audience, Visibility):
        one, other = (Video(audience=audience, visibility=visibility) for _ in range(2))

        assert sign_films.is_offered(one, other)


def test_only_a_film_of_ones_own_that_is_as_long_can_be_chosen(site: Site) -> None:
    for slug, viewer in (
        ("find", ADMINISTRATOR),
        ("nothing", ADMINISTRATOR),
        ("needle", Viewer(5, Role.INSTRUCTOR)),
    ):
        with pytest.raises(Invalid) as caught:
            choose(site, slug, viewer)
        assert caught.value.code == "sign_unknown"

    site.change_video("V2", duration_ms=24_001)
    with pytest.raises(Invalid) as caught:
        choose(site, "needle")
    assert caught.value.code == "sign_length"

    with site.runtime.db.reading() as session:
        assert sign_films.choice(session, ADMINISTRATOR, site.video("V1")).offered == ()


def test_films_of_others_take_no_room_among_those_that_are_offered(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_films, "MOST_OFFERED", 1)
    with site.runtime.db.writing() as session:
        maker = add_maker(session, site.runtime.clock.now())
        as_long = {"duration_ms": site.video("V1").duration_ms, "version": "v1"}
        for slug, owner_id in (("of-others", None), ("own", maker.user_id)):
            now = site.runtime.clock.now()
            add_video(session, maker, now, slug, owner_id=owner_id, title=slug, mark=slug[:2], **as_long)

    with site.runtime.db.reading() as session:
        found = sign_films.choice(session, maker, site.video("V1")).offered

    assert found == (("own", "own"),)


def test_a_player_with_a_sign_film_costs_no_more_statements(site: Site, statements: Counter) -> None:
    with statements() as without:
        offered(site)
    site.change_video("V2", audience=Audience.OPEN)
    choose(site, "needle")

    with statements() as with_one:
        assert offered(site) is not None

    assert len(with_one) == len(without)
