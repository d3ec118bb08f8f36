"""Transcripts from the command line."""

from pathlib import Path
from typing import Any

from recordings import tone


def test_a_transcript_is_taken_shown_and_found(run: Any, case_path: Path, tmp_path: Path) -> None:
    (tmp_path / "call.wav").write_bytes(tone(3.0))
    assert run("import", case_path, tmp_path / "call.wav").status == 0
    source = tmp_path / "call.vtt"
    source.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v agent>我们今天上门\n", "utf-16")
    result = run("transcribe", case_path, "i1", "--from", source, "--json")
    assert result.status == 0, result.err
    assert result.row["segments"] == 1
    line = run("text", case_path, "i1", "--json").row
    assert (line["start_s"], line["end_s"]) == (1.0, 2.0)
    assert (line["speaker"], line["text"]) == ("agent", "我们今天上门")
    assert (line["origin"], line["source"]) == ("transcript_file", "call.vtt")
    assert "我们今天上门" in run("text", case_path, "i1").out
    hit = run("search", case_path, "上门", "--json").row
    assert (hit["kind"], hit["start_s"]) == ("transcript", 1.0)
    assert run("verify", case_path).status == 0
    source.write_text("WEBVTT\n\n00:01.000 -> 00:02.000\nwords\n")
    refused = run("transcribe", case_path, "i1", "--from", source)
    assert refused.status != 0
    assert "Line 3" in refused.err


def test_recordings_are_heard_only_with_a_model(run: Any, case_path: Path, tmp_path: Path) -> None:
    (tmp_path / "call.wav").write_bytes(tone(1.0))
    assert run("import", case_path, tmp_path / "call.wav").status == 0
    assert "choose the folder" in run("read", case_path, "i1", "--recordings").err
    refused = run("read", case_path, "i1", "--recordings", "--model", tmp_path)
    assert refused.status != 0
    assert "no speech model" in refused.err
    assert run("read", case_path, "--recordings", "--model", tmp_path).status != 0
