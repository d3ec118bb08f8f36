"""Copies in the place of originals: silent where they must be, pictures of pages, nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy
import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from evidence_app.dossier.redaction.copies import CopyMaker
from evidence_app.dossier.redaction.sounds import MARGIN_S, silent_peaks
from evidence_app.dossier.redaction.worker import Task
from evidence_app.model.mark import MarkKind, Stretch
from evidence_app.model.region import Region

RATE = 16_000
SECRET = "Lilac Lane 7"


def recording(form: str, codec: str, secret: float) -> bytes:
    """Six seconds of a tone; in the middle two of them another one."""
    out = io.BytesIO()
    at = numpy.arange(6 * RATE) / RATE
    pitch = numpy.where((at >= 2) & (at < 4), secret, 300.0)
    samples = (8000 * numpy.sin(2 * numpy.pi * pitch * at)).astype(numpy.int16)
    with av.open(out, "w", format=form) as output:
        output.metadata["title"] = f"call from {SECRET}"
        stream = output.add_stream(codec, rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format, "mono", RATE, frame_size=1024)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return out.getvalue()


def heard(path: Path) -> numpy.ndarray:
    with av.open(str(path)) as opened:
        return numpy.concatenate(
            [frame.to_ndarray().reshape(-1) for frame in opened.decode(audio=0)]
        )


@pytest.mark.parametrize(("form", "codec"), [("wav", "pcm_s16le"), ("adts", "aac")])
def test_a_stretch_of_a_recording_is_silent_and_the_rest_is_not(
    tmp_path: Path, form: str, codec: str
) -> None:
    target = tmp_path / "made.flac"
    with CopyMaker() as maker:
        original = io.BytesIO(recording(form, codec, 900.0))
        silent = [Stretch(2.0, 4.0)]
        assert maker.make(Task.SOUND, original, target, marks={}, silent=silent)
    samples = heard(target)
    assert len(samples) == pytest.approx(6 * RATE, abs=4096)
    first, last = round((2 - MARGIN_S) * RATE), round((4 + MARGIN_S) * RATE)
    assert not samples[first:last].any()
    assert abs(samples[: first - 10]).max() > 4000 and abs(samples[last + 10 :]).max() > 4000
    assert SECRET.encode() not in target.read_bytes()
    with av.open(str(target)) as opened:
        assert "title" not in {name.lower() for name in opened.metadata}


def test_a_waveform_shows_nothing_of_a_silent_stretch() -> None:
    peaks = silent_peaks(bytes([200]) * 60, 60.0, [Stretch(10, 20)])
    assert not any(peaks[9:21]) and all(peaks[:8]) and all(peaks[22:])
    assert len(peaks) == 60
    assert not any(silent_peaks(b"\xff" * 9, 0.0, [Stretch(1, 2)])), "of unknown length: nothing"


def letter(street: str) -> bytes:
    out = io.BytesIO()
    pen = Canvas(out, pagesize=(400, 300), invariant=True)
    pen.setTitle(street)
    pen.bookmarkPage("a")
    pen.addOutlineEntry(street, "a")
    pen.drawString(60, 250, street)
    pen.drawString(60, 60, "You owe us money")
    pen.showPage()
    pen.rotate(90)
    pen.drawString(60, -150, f"to {street}, call 138-0000-1234")
    pen.save()
    return out.getvalue()


def test_pages_become_pictures_that_do_not_depend_on_what_was_hidden(tmp_path: Path) -> None:
    marks = {1: [(MarkKind.REDACTION, Region(0.12, 0.12, 0.3, 0.07), "")]}
    outputs = []
    with CopyMaker() as maker:
        for street in (SECRET, "Kiefer Way 9"):
            words_by_page = maker.words_under(io.BytesIO(letter(street)), marks)
            assert words_by_page == {1: [street]}
            target = tmp_path / "made.pdf"
            hidden = [street, "13800001234"]
            original = io.BytesIO(letter(street))
            assert maker.make(Task.DOCUMENT, original, target, marks=marks, words=hidden)
            outputs.append(target.read_bytes())
    with pikepdf.open(io.BytesIO(outputs[0])) as document:
        assert len(document.pages) == 2
        assert "/Font" not in document.pages[0].Resources
        assert not document.docinfo and "/Outlines" not in document.Root
    first, second = pictures_of(outputs[0])
    assert first == pictures_of(outputs[1])[0]
    # The words on the second page, which run upwards, were found and are under black.
    with Image.open(io.BytesIO(second)) as image:
        assert sum(image.convert("L").histogram()[:9]) > 5000


def pictures_of(document: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(document)) as opened:
        return [bytes(page.Resources.XObject.P.read_raw_bytes()) for page in opened.pages]


def test_a_file_that_cannot_be_read_has_no_copy(tmp_path: Path) -> None:
    with CopyMaker() as maker:
        for task in (Task.SOUND, Task.DOCUMENT, Task.PICTURE):
            target = tmp_path / "made"
            assert not maker.make(task, io.BytesIO(b"no such thing"), target, marks={})
            assert not target.exists()
        out = io.BytesIO()
        Image.new("RGB", (20, 20), "white").save(out, "PNG")
        assert maker.make(Task.PICTURE, out, target, marks={}), "the next one is made all the same"
