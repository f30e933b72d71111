"""What both kernels of a submission share: data, and how it travels."""
