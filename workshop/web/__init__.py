"""Pages and forms, one module for each audience. Thin: it reads, asks an act, and renders."""
