"""Find what was handed in, in the shapes that people have; nothing of it is executed, imported or followed."""
