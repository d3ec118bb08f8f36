"""Reading what strangers' programs wrote: detection, readers, and the limited worker process."""
