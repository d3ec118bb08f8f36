"""The person's settings, and the folders in which the program keeps what is not in a case."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import platformdirs

_LOG = logging.getLogger(__name__)
_NAME = "evidence-app"
_RECENT = 10
_SPEECH_MODEL = "speech-model"


def data_folder() -> Path:
    """Where the sample case and copies are kept. ``EVIDENCE_APP_HOME`` replaces all folders."""
    home = _home()
    return home / "data" if home else Path(platformdirs.user_data_dir(_NAME, False))


def sample_case() -> Path:
    """Where the sample case is once somebody wanted to see it."""
    return data_folder() / "sample.evcase"


def log_folder() -> Path:
    """Where logs are kept."""
    home = _home()
    return home / "log" if home else Path(platformdirs.user_log_dir(_NAME, False))


def log_file() -> Path:
    """The newest of them."""
    return log_folder() / "evidence-app.log"


def documents_folder() -> Path:
    """Where new cases are put unless the person says otherwise."""
    home = _home()
    return home / "documents" if home else Path(platformdirs.user_documents_dir())


def _settings_file() -> Path:
    return _config_folder() / "settings.json"


def _config_folder() -> Path:
    return _home() or Path(platformdirs.user_config_dir(_NAME, False))


def speech_model() -> Path | None:
    """The folder with the model that hears recordings, if one was chosen.

    It has a file of its own: each window keeps the other settings from its beginning to its end.
    """
    try:
        return Path((_config_folder() / _SPEECH_MODEL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        _LOG.warning("the folder of the speech model could not be read", exc_info=True)
        return None


def keep_speech_model(folder: Path) -> None:
    """Remember the folder of the speech model; a disk that cannot be written costs only that."""
    try:
        _config_folder().mkdir(parents=True, exist_ok=True)
        (_config_folder() / _SPEECH_MODEL).write_text(str(folder.absolute()), encoding="utf-8")
    except (OSError, ValueError):
        _LOG.warning("the folder of the speech model could not be written", exc_info=True)


def _home() -> Path | None:
    value = os.environ.get("EVIDENCE_APP_HOME")
    return Path(value) if value else None


@dataclass(slots=True)
class Settings:
    """What the person chose.

    Attributes:
        language: ``en``, ``zh``, or empty for that of the computer.
        theme: ``system``, ``light`` or ``dark``.
        recent: Paths of cases, the last one first.
        lock_minutes: A locked case is closed after so many minutes without use; 0 for never.
        authorities: Addresses of time-stamping authorities, the one used last first.
        window: The window's place and parts as Qt tells them, in base 64.
        check_code: The check code of the case that was changed last, with its path and the time,
            until the person has used or refused it; never of a case with a password.
        knows_first_steps: The person has done all the first steps, or does not want to see them.
    """

    language: str = ""
    theme: str = "system"
    recent: list[str] = field(default_factory=list)
    lock_minutes: int = 10
    authorities: list[str] = field(default_factory=list)
    window: dict[str, str] = field(default_factory=dict)
    check_code: dict[str, str] = field(default_factory=dict)
    knows_first_steps: bool = False

    def remember(self, case: Path) -> None:
        """Put a case at the head of the recent ones."""
        path = str(case.absolute())
        self.recent = [path, *(case for case in self.recent if case != path)][:_RECENT]

    def forget(self, case: str) -> None:
        """Take a case off all that is remembered."""
        self.recent = [recent for recent in self.recent if recent != case]
        if self.check_code.get("path") == case:
            self.check_code = {}

    def save(self) -> None:
        """Write the settings; a disk that cannot be written costs only them."""
        path = _settings_file()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting = path.with_suffix(".new")
            waiting.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
            waiting.replace(path)
        except OSError:
            _LOG.warning("the settings could not be written", exc_info=True)


def load() -> Settings:
    """The settings; those that are missing or damaged are as in a new installation."""
    try:
        values = json.loads(_settings_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        _LOG.warning("the settings could not be read", exc_info=True)
        return Settings()
    return _checked(values)


def _checked(values: object) -> Settings:
    fresh = Settings()
    if not isinstance(values, dict):
        return fresh
    for setting in fields(Settings):
        value = values.get(setting.name)
        if isinstance(value, type(getattr(fresh, setting.name))):
            setattr(fresh, setting.name, value)
    fresh.recent = [path for path in fresh.recent if isinstance(path, str)]
    fresh.authorities = [address for address in fresh.authorities if isinstance(address, str)]
    for texts in (fresh.window, fresh.check_code):
        texts.update({str(name): str(value) for name, value in texts.items()})
    return fresh
