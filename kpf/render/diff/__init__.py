"""What `kpf diff` writes."""
