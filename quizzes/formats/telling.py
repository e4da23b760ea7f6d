"""Telling: who hears of the losses of one question of a file, and of its being left out."""

from quizzes.errors import QuizError
from quizzes.formats.prose import Lost, moved, once
from quizzes.formats.whose import OwnLoss, Whose


class Telling:
    """Tells of the losses of one question of a file, at its place there.

    `lost` hears of parts that cannot be kept, `leave_out` why the question as a whole is not; `whose` is
    to be given a name, and the id of the item when there is one.
    """

    def __init__(self, place: str, lost: Lost, name: str = "") -> None:
        self.whose = Whose()
        self.whose.call(name)
        self._place = place
        self._heard = lost
        self.lost = once(self._listener(is_whole=False))

    def leave_out(self, error: QuizError) -> None:
        """Tell why the question is left out."""
        self._listener(is_whole=True)(error)

    def _listener(self, *, is_whole: bool) -> Lost:
        def own(error: QuizError) -> None:
            self._heard(OwnLoss(error, self.whose, is_whole=is_whole))

        return moved(self._place, own) if self._place else own
