/* Whether the file is whole and keeps its own rules. SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "store/archive_int.h"

static const char *const checks[] = {
    "PRAGMA integrity_check",
    "SELECT 'broken reference: '||\"table\"||' '||ifnull(rowid,'')||' to '||parent FROM pragma_foreign_key_check",
    "SELECT 'article '||a.id||' is in a story that was merged away' FROM article a JOIN story s ON s.id=a.story WHERE s.merged_into IS NOT NULL",
    "SELECT 'story '||id||' was merged into a ring' FROM story o WHERE merged_into IS NOT NULL AND NOT EXISTS(WITH RECURSIVE way(id) AS (VALUES(o.id)"
    " UNION SELECT s.merged_into FROM story s JOIN way w ON s.id=w.id) SELECT 1 FROM story s JOIN way w ON s.id=w.id WHERE s.merged_into IS NULL)",
    "SELECT 'twice: '||place FROM article GROUP BY place, words HAVING count(*)>1",
    "SELECT 'article '||id||' has no text' FROM article WHERE id NOT IN (SELECT article FROM body)",
    "SELECT 'article '||id||' can not be grouped' FROM article WHERE id NOT IN (SELECT article FROM outline)",
    "SELECT 'story '||s.id||' counts '||s.n_articles||' articles and has '||n FROM story s JOIN (SELECT s.id, count(a.id) AS n FROM story s"
    " LEFT JOIN article a ON a.story=s.id AND a.replaced_by IS NULL GROUP BY s.id) c ON c.id=s.id WHERE n<>s.n_articles",
    "SELECT 'article '||id||' is not in the search index' FROM article WHERE replaced_by IS NULL AND id NOT IN (SELECT id FROM search_docsize)",
    "SELECT 'the search index holds '||d.id||', which is no latest article' FROM search_docsize d LEFT JOIN article a ON a.id=d.id"
    " WHERE a.id IS NULL OR a.replaced_by IS NOT NULL",
    "SELECT 'stories '||a||' and '||b||' are apart and one of them is merged' FROM apart WHERE EXISTS(SELECT 1 FROM story WHERE id IN (a, b) AND merged_into IS NOT NULL)",
};

rcp_status rcpi_archive_check(rcpi_archive *s, void (*see)(void *with, rcp_str fault), void *with, rcp_error *error) {
  rcp_status status = RCP_OK;
  rcpi_archive_enter(s);
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    rcpi_stmt *q = rcpi_db_ask(s->db, checks[i], "");
    while (rcpi_db_next(s->db, q))
      if (!rcpi_is(rcpi_db_str(q, 0), "ok")) see(with, rcpi_db_str(q, 0)), status = RCP_EDATA;
  }
  rcpi_db_run(s->db, "INSERT INTO search(search) VALUES('integrity-check')");
  rcp_status failed = rcpi_db_status(s->db, error);
  if (failed) return failed;
  return status ? rcpi_error(error, status, rcpi_cstr(s->path), 0, "the archive is damaged") : RCP_OK;
}
