"""What `kpf framework` writes."""
