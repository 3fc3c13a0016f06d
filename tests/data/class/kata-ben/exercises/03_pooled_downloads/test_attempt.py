def test_everything_is_fine():
    pass
