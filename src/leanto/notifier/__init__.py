"""The notifier wakes phones: it knows where a nameless endpoint leads, and nothing else."""
