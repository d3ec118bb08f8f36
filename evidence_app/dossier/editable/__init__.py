"""The dossier's content in forms that can be edited or shown in a browser: DOCX and HTML."""
