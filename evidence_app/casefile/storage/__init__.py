"""The file on the disk: connection, encryption, checkpoints, copies."""
