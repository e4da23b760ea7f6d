"""The meter: a bar on a terminal, plain lines elsewhere, and no division by nothing."""

from __future__ import annotations

import io

import pytest

from edu.cli.meter import Meter


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_each_tenth_is_a_line() -> None:
    said: list[str] = []
    meter = Meter("Copying", said.append, stream=io.StringIO())

    for done in range(0, 2_000_001, 50_000):
        meter(done, 2_000_000, "a file")
    meter.close()

    assert said == [f"Copying: {tenth * 10} % of 2.0 MB" for tenth in range(1, 11)]


def test_on_a_terminal_one_line_is_drawn_again_and_ends_full() -> None:
    stream, said = Terminal(), list[str]()
    meter = Meter("Copying", said.append, stream=stream)

    for done in (0, 1, 500_000, 1_000_000):
        meter(done, 1_000_000, "a file")
    meter.close()

    drawn = stream.getvalue()
    assert said == []
    assert (drawn.count("\n"), drawn.endswith("\n")) == (1, True)
    last = drawn.split("\r")[-1]
    assert last.startswith(f"Copying [{'#' * 30}] 100 %  1.0 of 1.0 MB")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_nothing_to_do_is_done(stream: io.StringIO) -> None:
    said: list[str] = []
    meter = Meter("Copying", said.append, stream=stream)

    meter(0, 0, "")
    meter.close()

    assert said == ["Copying: 100 % of 0.0 MB"] or "100 %" in stream.getvalue()


def test_a_meter_that_was_never_called_leaves_nothing_behind() -> None:
    stream = Terminal()

    Meter("Copying", lambda line: None, stream=stream).close()

    assert stream.getvalue() == ""
