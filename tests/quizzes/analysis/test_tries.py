"""First tries, and tries as a table."""

from quizzes.analysis import Try, first_tries, tabulate


def test_only_the_first_attempt_of_each_learner_is_kept_whole():
    rows = [
        Try("ann", 2, "q1", 1.0),
        Try("ann", 1, "q1", 0.0),
        Try("ann", 1, "q2", None),
        Try("ben", 3, "q1", 1.0),
        Try("ann", 2, "q3", 1.0),  # met only in a second attempt: learnt in between
    ]

    assert first_tries(rows) == (rows[1], rows[2], rows[3])


def test_tries_may_come_one_by_one():
    assert first_tries(iter([Try(1, 1, 1, 1.0)])) == (Try(1, 1, 1, 1.0),)


def test_a_table_tells_not_answered_from_not_asked():
    found = tabulate(
        [Try("ann", 1, "q1", None), Try("ben", 1, "q1", 1.0), Try("ben", 1, "q2", 0.5)], ["q1", "q2"]
    )

    assert found.learners == ("ann", "ben")
    assert found.marks == ((None, None), (1.0, 0.5))
    assert found.asked == ((True, False), (True, True))


def test_versions_that_are_not_wanted_are_left_out():
    found = tabulate([Try("ann", 1, "old", 1.0), Try("ann", 1, "new", 0.0)], ["new"])

    assert (found.versions, found.marks) == (("new",), ((0.0,),))
