"""The transcript of a recording beside its sound: written while listening, and followed."""
