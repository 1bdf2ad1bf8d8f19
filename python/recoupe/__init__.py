"""Cross-check what several outlets published: who says what, how surely, who copied whom, how many independent origins.

    import recoupe

    dossier = recoupe.compare("examples/crue")
    print(dossier.text())
    for claim in dossier.claims:
        print(claim.support.independent, claim.gist)

compare, extract, reuse and stories are the four verbs of the command; docs/python.md shows each. The work is done in C with
the GIL released: threads run side by side, one object in one thread at a time.
"""

from . import errors as errors
from . import results as results
from .errors import *  # noqa: F403
from .errors import __all__ as _errors
from .results import *  # noqa: F403
from .results import __all__ as _results
from .tables import arrow_batches, schema_of, to_arrow, to_pandas
from .work import Corpus, Input, Inputs, compare, extract, reuse, reuse_settings, stories, version

__version__ = version()
__all__ = [  # noqa: PLE0604
    *_errors, *_results, "Corpus", "Input", "Inputs", "arrow_batches", "compare", "extract", "reuse", "reuse_settings",
    "schema_of", "stories", "to_arrow", "to_pandas", "version",
]
