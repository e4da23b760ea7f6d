"""The shots of the three videos: one drawing function per chapter, by video and chapter id."""

from ..stage import Scene, back
from ..storyboard import load
from . import find_palpate, find_prepare, find_record

FIND: dict[str, Scene] = {
    "V1-c01": find_prepare.ask_first,
    "V1-c02": find_prepare.position,
    "V1-c03": find_prepare.bare_and_lubricate,
    "V1-c04": find_palpate.midline,
    "V1-c05": find_palpate.painless_side,
    "V1-c06": find_palpate.painful_side,
    "V1-c07": find_palpate.worst_point,
    "V1-c08": find_palpate.press_and_ask,
    "V1-c09": find_record.mark_and_measure,
    "V1-c10": find_record.what_it_means,
}
def _plain(c,t,length): back(c,dots=1.0)
SCENES={s:{h.id:_plain for h in load(s).shots} for s in ("infiltrate","bilateral")}
SCENES["find"]=FIND
