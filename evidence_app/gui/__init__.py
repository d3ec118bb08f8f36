"""The window: Qt widgets, models and dialogs over the services."""

from evidence_app.gui.immortal_none import keep_none

keep_none()
