"""Burns marks and redactions into what leaves the case, and checks that nothing shines through."""
