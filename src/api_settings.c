/* What a result depends on, for a report or a bug: version, tables, libraries, limits. SPDX-License-Identifier: Apache-2.0 */
#include "base/cage.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/unicode.h"
#include "engine.h"
#include "input/article.h"

#ifdef RCPI_HAVE_ZSTD
#define WITH_ZSTD " zst"
#else
#define WITH_ZSTD ""
#endif
#ifdef RCPI_HAVE_BROTLI
#define WITH_BROTLI " br"
#else
#define WITH_BROTLI ""
#endif

static void put_languages(const rcpi_langs *langs, rcpi_buf *b) {
  rcpi_buf_adds(b, "languages");
  for (size_t i = 0; i < langs->n; i++) rcpi_buf_printf(b, " %.*s", RCPI_P(langs->all[i].tag));
  rcpi_buf_addc(b, '\n');
}

rcp_status rcp_settings(const rcp_engine *engine, rcp_buffer *out, rcp_error *error) {
  const unsigned cage = rcpi_cage_available();
  rcpi_buf b;
  rcpi_buf_init(&b);
  rcpi_buf_printf(&b, "recoupe %s\n", rcp_version());
  rcpi_buf_printf(&b, "tables %s %s\n", engine->langs.hash, engine->options.lang_dir ? engine->options.lang_dir : "compiled");
  put_languages(&engine->langs, &b);
  rcpi_buf_printf(&b, "icu %s\n", rcpi_icu_version());
  rcpi_buf_adds(&b, "compression gz" WITH_ZSTD WITH_BROTLI "\n");
  rcpi_buf_printf(&b, "threads %u\n", engine->options.threads);
  rcpi_buf_printf(&b, "reuse %s\n", rcp_reuse_settings());
  rcpi_buf_printf(&b, "limit article %zu bytes\nlimit telling %zu bytes\nlimit depth %d\n", rcpi_article_most(engine->options.max_article),
                  rcpi_engine_telling(engine), RCPI_MAX_DEPTH);
  rcpi_buf_printf(&b, "cage%s%s%s\n", cage & RCP_CAGE_FILES ? " files" : "", cage & RCP_CAGE_CALLS ? " calls" : "", cage ? "" : " none");
  if (b.failed) {
    rcpi_buf_release(&b);
    return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  }
  *out = (rcp_buffer){b.p, b.len};
  return RCP_OK;
}
