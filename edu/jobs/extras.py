"""What is made besides a video's versions: a smaller one in AV1, and quick looks at how an edit comes out."""

from __future__ import annotations

from dataclasses import dataclass

from edu.errors import NotFound
from edu.jobs import making
from edu.jobs.progress import Progress
from edu.models import VideoState
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services import films, packages
from edu.services.packages import Addition
from edu.storage import package_key
from media import Edit, Variant, encode_av1, preview

PREVIEW_VERSION = "preview-"


@dataclass(frozen=True, slots=True)
class _Served:
    """What is served of a video now: its original, its edit, its renditions, the largest of them first."""

    original: str
    edit: Edit
    version: str
    variants: tuple[Variant, ...]


def encode_smaller(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Add an AV1 version to what is served; what browsers play meanwhile is not touched."""
    served = _served(runtime, claim)
    sound_key = package_key(int(claim.payload["video_id"]), served.version, served.variants[0].file)
    with (
        making.refused(),  # the video itself is well: nothing is noted beside it
        making.recordings(runtime, progress, served.original, served.edit.sources) as (path, sources),
        runtime.store.fetched(sound_key) as sound,
    ):
        made = encode_av1(
            path,
            progress.folder() / "av1",
            variants=served.variants,
            sound_from=sound,
            edit=served.edit,
            sources=sources,
            tools=making.tools(runtime, progress),
            progress=progress,
            cancelled=progress.cancelled,
        )
    added = [Addition.of(file, claim.token[:8]) for file in made.files]
    video_id = int(claim.payload["video_id"])
    try:
        with progress.alive(making.PATIENCE + made.bytes / making.SLOWEST):
            packages.shelve_more(runtime.store, video_id, served.version, made.folder, added)
        with runtime.db.writing() as session:
            progress.finish(session)
            video = making.video_of(session, claim)
            if video.version != served.version:
                raise making.Superseded("another version is served by now")
            packages.add(session, video, added, {variant.file: variant for variant in made.variants})
    except (LostLease, NotFound, making.Superseded):
        # what it was made for may have gone, with the job that removes its files: nobody would find these
        packages.take_down(runtime.store, video_id, served.version, added)
        raise


def show_preview(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Make a quick, small version of an edit for its maker, in place of the one before."""
    making.begin(runtime, claim, None)
    edit = Edit.read(claim.payload["edit"])
    original = str(claim.payload["original"])
    with making.refused(), making.recordings(runtime, progress, original, edit.sources) as (path, sources):
        made = preview(
            path,
            progress.folder() / "preview",
            edit=edit,
            sources=sources,
            tools=making.tools(runtime, progress),
            progress=progress,
            cancelled=progress.cancelled,
        )
    version = PREVIEW_VERSION + claim.token[:16]
    added = [Addition.of(made.file)]
    video_id = int(claim.payload["video_id"])
    with making.transfer(runtime, claim, progress, made.file.bytes, version):
        packages.shelve_more(runtime.store, video_id, version, made.folder, added)
    with making.published(runtime, claim, progress, version) as session:
        video = making.video_of(session, claim)
        packages.replace_previews(session, video, version, added, runtime.clock.now())


def _served(runtime: Runtime, claim: Claim) -> _Served:
    with runtime.db.reading() as session:
        video = making.video_of(session, claim)
        making.require_original(video, claim)
        if video.version != claim.payload["version"] or video.state is not VideoState.READY:
            raise making.Superseded("another version is served by now")
        variants = packages.variants_of(session, video)
        if not variants:
            raise making.Superseded("there is no picture")
        return _Served(video.original_key, films.edit_of(session, video), video.version, variants)
