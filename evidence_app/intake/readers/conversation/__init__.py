"""Conversations in forms that no reader knows: the person says what is what."""
