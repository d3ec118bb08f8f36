"""The pane that tells what is known of what is selected."""
