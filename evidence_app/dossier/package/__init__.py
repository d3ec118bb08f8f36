"""The evidence package: a bag (BagIt 1.0, RFC 8493) in a folder or in one ZIP file."""
