"""What the readers of chats share."""
