"""The agenda of a register: what falls due."""
