def verify(function):
    """Assert what a test of f promises."""
    assert function(1) == 2, "f(1) should be 2"
