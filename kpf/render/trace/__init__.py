"""What `kpf trace` writes."""
