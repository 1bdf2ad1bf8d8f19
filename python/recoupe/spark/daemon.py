"""PySpark's daemon, from which it forks a worker for each core of an executor, with what our steps need imported once, before the forks.

Before each task a worker asks all importers to look anew (importlib.invalidate_caches), and those of archives then read the whole directory of
pyspark.zip and of Spark's jar again: a tenth of a second of work before each task, since Python 3.10. Archives that Spark runs from do not
change, so they are not asked. Set by spark.python.daemon.module (command.session).
"""

import gc
import zipimport

from pyspark import daemon

from . import command, pairs, verbs  # noqa: F401


def _keep(self: zipimport.zipimporter) -> None:
    """What an archive holds is known."""


if __name__ == "__main__":
    zipimport.zipimporter.invalidate_caches = _keep  # type: ignore[method-assign, unused-ignore]
    gc.collect()
    gc.freeze()  # what is imported is no garbage, and need not be looked through after each task
    daemon.manager()
