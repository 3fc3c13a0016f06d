# 14: skips the whole module while it is imported
import pytest

pytest.skip("not here", allow_module_level=True)
