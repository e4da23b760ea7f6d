"""Messages and their way to a mail server; the server of these tests is a small real one."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import replace

import pytest

from edu.errors import SettingsError
from edu.services import mail
from edu.settings import Settings
from edu.translations.catalogues import languages
from tests.mailbox import Mailbox


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.read(
        {
            "EDU_DATA_DIR": str(tmp_path_factory.mktemp("data")),
            "EDU_BASE_URL": "https://learn.example.org",
            "EDU_SITE_NAME": "Zoë & Co",
        }
    )


def test_a_message_has_its_subject_names_and_link(site: Settings) -> None:
    letter = mail.message(site, "reset", to="ada@example.org", name="Ada <b>", url="https://x/1")

    assert letter["Subject"] == "A new password for Zoë & Co"
    assert letter["To"] == "ada@example.org"
    assert "edu@learn.example.org" in letter["From"]
    assert "Hello Ada <b>," in letter.get_content()
    assert "https://x/1\n" in letter.get_content()


def test_a_message_is_in_the_readers_language_and_so_are_the_words_it_holds(site: Settings) -> None:
    english = mail.message(site, "message_notice", to="a@example.org", number="7", kind="a story", url="u")
    for language in languages()[1:]:
        letter = mail.message(
            site, "message_notice", to="a@example.org", language=language, number="7", kind="a story", url="u"
        )

        assert letter["Subject"] != english["Subject"]
        assert "a story" not in letter.get_content()
    unknown = mail.message(
        site, "message_notice", to="a@example.org", language="xx", number="7", kind="a story", url="u"
    )
    assert unknown.get_content() == english.get_content()


def test_the_senders_address_can_be_set(site: Settings) -> None:
    letter = mail.message(
        replace(site, mail_from="office@example.org"), "reset", to="a@example.org", name="A", url="u"
    )

    assert "<office@example.org>" in letter["From"]


def test_a_message_arrives_whole(site: Settings, mailbox: Mailbox) -> None:
    letter = mail.message(site, "reset", to="ada@example.org", name="Zoë", url="https://x/" + "y" * 60)

    mail.send(mailbox.url, letter)

    assert mailbox.recipients == ["ada@example.org"]
    received = mailbox.messages[0]
    assert received["Subject"] == letter["Subject"]
    assert received.get_content().replace("\r\n", "\n") == letter.get_content()


def test_a_message_that_was_taken_is_sent_even_when_the_server_hangs_up(
    site: Settings, mailbox: Mailbox
) -> None:
    mailbox.is_rude = True

    mail.send(mailbox.url, mail.message(site, "reset", to="ada@example.org", name="Ada", url="u"))

    assert len(mailbox.messages) == 1


def test_a_server_that_refuses_means_not_sent(site: Settings, mailbox: Mailbox) -> None:
    mailbox.refuses = True
    letter = mail.message(site, "reset", to="ada@example.org", name="Ada", url="u")

    with pytest.raises(mail.MailNotSent, match="did not take the message") as refused:
        mail.send(mailbox.url, letter)

    told = "".join(traceback.format_exception(refused.value))
    assert "ada@" not in told  # the job keeps this, and the log shows it


def test_no_server_means_not_sent(site: Settings, mailbox: Mailbox) -> None:
    url = mailbox.url
    mailbox.close()
    letter = mail.message(site, "reset", to="ada@example.org", name="Ada", url="u")

    with pytest.raises(mail.MailNotSent):
        mail.send(url, letter)


def test_a_password_is_not_sent_to_another_host_without_encryption(site: Settings) -> None:
    letter = mail.message(site, "reset", to="ada@example.org", name="Ada", url="u")

    with Mailbox("127.0.0.2") as box, pytest.raises(mail.MailNotSent, match="no encryption"):
        mail.send(box.url.replace("//", "//user:secret@"), letter)

    assert [line.split()[0] for line in box.heard] == ["ehlo"]


@pytest.mark.parametrize("url", ["", "http://mail.example.org", "smtp://", "mail.example.org:25"])
def test_an_address_that_is_none_names_the_setting(site: Settings, url: str) -> None:
    letter = mail.message(site, "reset", to="ada@example.org", name="Ada", url="u")

    with pytest.raises(SettingsError, match="EDU_SMTP_URL"):
        mail.send(url, letter)
