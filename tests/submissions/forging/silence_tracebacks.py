"""Show no traceback, so that no error reaches the notebook."""
shell = get_ipython()
for name in ("showtraceback", "_showtraceback", "showsyntaxerror"):
    setattr(type(shell), name, lambda *args, **kwargs: None)
    setattr(shell, name, lambda *args, **kwargs: None)
