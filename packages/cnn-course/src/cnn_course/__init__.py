"""What the notebooks of *Seeing with Convolutions* import."""
