"""The shots of the three videos: one drawing function per chapter, by video and chapter id."""

from drawing.stage import Scene

from . import (
    bilateral_cases,
    bilateral_compare,
    bilateral_route,
    find_palpate,
    find_prepare,
    find_record,
    infiltrate_after,
    infiltrate_needle,
    infiltrate_prepare,
)

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
INFILTRATE: dict[str, Scene] = {
    "V2-c01": infiltrate_prepare.restriction,
    "V2-c02": infiltrate_prepare.checks,
    "V2-c03": infiltrate_prepare.dose,
    "V2-c04": infiltrate_prepare.find_and_mark,
    "V2-c05": infiltrate_prepare.antisepsis,
    "V2-c06": infiltrate_needle.needle_over_bone,
    "V2-c07": infiltrate_needle.aspirate_and_inject,
    "V2-c08": infiltrate_needle.withdraw_and_dress,
    "V2-c09": infiltrate_after.re_examine,
    "V2-c10": infiltrate_after.observe_and_record,
}
BILATERAL: dict[str, Scene] = {
    "V3-c01": bilateral_route.both_sides,
    "V3-c02": bilateral_route.same_route,
    "V3-c03": bilateral_cases.two_nodules,
    "V3-c04": bilateral_cases.tender_today,
    "V3-c05": bilateral_cases.silent_nodules,
    "V3-c06": bilateral_cases.uneven_number,
    "V3-c07": bilateral_compare.compare,
    "V3-c08": bilateral_compare.pitfalls,
    "V3-c09": bilateral_compare.record,
}
SCENES: dict[str, dict[str, Scene]] = {"find": FIND, "infiltrate": INFILTRATE, "bilateral": BILATERAL}
