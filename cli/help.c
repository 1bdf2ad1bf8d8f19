/* What each verb says of itself; compare has its own, longer page. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli.h"

static const char common[] =
    "\nCommon options\n"
    "  --format FORMAT      text (the default on a terminal) or jsonl\n"
    "  --input KIND         auto, text, html, jsonl, warc, feed, ninjs: told from the content when not said\n"
    "  --published DATE     date of articles that state none\n"
    "  --language TAG       language of all inputs\n"
    "  --lang-dir DIR       language tables to use in place of the compiled ones\n"
    "  --save FILE          what servers answer is added to this WARC (reuse: --save-warc)\n"
    "  --allow-private      URLs may lead to private addresses and to this machine\n"
    "  --timeout SECONDS    for one URL with its redirects; 60 when not said\n"
    "  --threads N          results do not depend on it\n"
    "  -o FILE              write there instead of standard output\n"
    "  --no-cage            keep all rights while reading (SECURITY.md says what is given up)\n"
    "  --quiet              no progress\n";

static const struct { const char *verb, *usage, *options, *examples; } pages[] = {
    {"extract", "FILE...\n\nPages into clean articles, one by one, in the order read: title, byline, date, own words, and how sure.\n", "",
     "  recoupe extract page.html\n  recoupe extract https://example.org/news/1 --save kept.warc.gz\n  recoupe extract crawl.warc.gz > articles.jsonl\n"},
    {"reuse", "FILE...\n\nNear-duplicates and copied passages between any number of articles.\n",
     "  --articles           also a line an article: its group, the share of its words found nowhere earlier\n"
     "  --boilerplate FILE   the shared stretches that were cut as boilerplate, for people to read\n"
     "  --window DAYS        forget articles older than this\n"
     "  --index FILE         go on from a saved index\n"
     "  --save FILE          save the index at the end\n",
     "  recoupe reuse articles.jsonl | head\n  recoupe reuse --articles --boilerplate cut.txt day1.jsonl day2.jsonl\n"},
    {"stories", "FILE...\n\nWhich articles tell one event, in the order read; story is the id of its first article.\n",
     "  --final              lines at the end replace earlier ones by id, after a look at all\n"
     "  --recent N           how many articles back a story may go on\n",
     "  recoupe stories --final articles.jsonl\n"},
    {"add", "--store DB FILE...\n\nReads articles into an archive; a line an article, printed after it is safe on disk.\n",
     "  --store DB           the archive, made when it is not there\n", "  recoupe add --store press.db today/*.html\n"},
    {"list", "--store DB\n\nThe stories of an archive, newest first.\n", "  --store DB           the archive\n  --limit N            so many\n",
     "  recoupe list --store press.db\n"},
    {"show", "--store DB STORY\n\nThe articles of a story.\n", "  --store DB           the archive\n", "  recoupe show --store press.db 12\n"},
    {"search", "--store DB WORD...\n\nArticles that hold all the words, accents and case aside.\n",
     "  --store DB           the archive\n  --limit N            so many\n", "  recoupe search --store press.db digue rompue\n"},
    {"check", "--store DB\n\nIs the archive whole? Exit status 0 when it is.\n", "  --store DB           the archive\n",
     "  recoupe check --store press.db\n"},
};

bool cli_help(const char *verb, int argc, char **argv) {
  bool is_asked = false;
  for (int i = 0; i < argc && strcmp(argv[i], "--"); i++) is_asked = is_asked || !strcmp(argv[i], "--help") || !strcmp(argv[i], "-h");
  for (size_t i = 0; is_asked && i < sizeof pages / sizeof *pages; i++) {
    if (strcmp(pages[i].verb, verb)) continue;
    printf("usage: recoupe %s [OPTION...] %s", verb, pages[i].usage);
    if (*pages[i].options) printf("\nOptions\n%s", pages[i].options);
    printf("%s\nExamples\n%s", common, pages[i].examples);
    return true;
  }
  return false;
}
