/* What each verb says of itself; compare has its own, longer page. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli.h"

/* --save is the index in reuse. */
static const char common[] =
    "\nCommon options\n"
    "  --format FORMAT      text (the default on a terminal) or jsonl\n"
    "  --input KIND         auto, text, html, jsonl, warc, feed, ninjs: told from the content when not said\n"
    "  --published DATE     date of articles that state none\n"
    "  --language TAG       language of all inputs\n"
    "  --lang-dir DIR       language tables to use in place of the compiled ones\n"
    "  %s FILE%*s what servers answer is added to this WARC\n"
    "  --allow-private      URLs may lead to private addresses and to this machine\n"
    "  --timeout SECONDS    for one URL with its redirects; 60 when not said\n"
    "  --threads N          results do not depend on it\n"
    "  --max-article SIZE   an article larger than this is named and left out: bytes, or with K, M, G; 64M when not said\n"
    "  -o FILE              write there instead of standard output\n"
    "  --no-cage            keep all rights while reading (SECURITY.md says what is given up)\n"
    "  --quiet              no progress; extract: no notes on how a page was read\n"
    "  --progress           progress also where standard error is no terminal (extract, stories, add)\n";

static const struct { const char *verb, *usage, *options, *examples; } pages[] = {
    {"extract", "FILE...\n\nPages into clean articles, one by one, in the order read: title, byline, date, own words, and how sure.\n", "",
     "  recoupe extract page.html\n  recoupe extract https://example.org/news/1 --save kept.warc.gz\n  recoupe extract crawl.warc.gz > articles.jsonl\n"},
    {"reuse", "FILE...\n\nNear-duplicates and copied passages between any number of articles.\n",
     "  --articles           also a line an article: its group, the share of its words found nowhere earlier\n"
     "  --boilerplate FILE   the shared stretches that were cut as boilerplate, for people to read\n"
     "  --window DAYS        forget articles older than this\n"
     "  --save FILE          save the articles at the end as an index\n"
     "  --index FILE         go on from a saved index; without articles: what it holds\n"
     "  --query              hold each article against the index alone: nothing is added\n",
     "  recoupe reuse articles.jsonl | head\n  recoupe reuse --articles --boilerplate cut.txt day1.jsonl day2.jsonl\n"
     "  recoupe reuse --save week.idx week.jsonl; recoupe reuse --index week.idx --query --articles new.txt\n"},
    {"stories", "FILE...\n\nWhich articles tell one event, in the order read; story is the id of its first article.\n",
     "  --final              another look when all are read; jsonl: lines at the end replace earlier ones by id\n"
     "  --explain A B        instead: why these two articles are or are not of one story, by ids\n"
     "  --recent N           how many articles back a story may go on (50000)\n",
     "  recoupe stories --final articles.jsonl\n  recoupe stories --final --explain n1024 n1037 articles.jsonl\n"},
    {"add", "--store DB FILE...\n\nReads articles into an archive and groups them into stories: a line an article, printed after it is safe on disk.\n"
     "status: added; changed (a new version of what is there); known (it is there already); forgotten (and stays so).\n",
     "  --store DB           the archive, made when it is not there\n",
     "  recoupe add --store press.db today/*.html\n  recoupe add --store press.db crawl.warc.gz articles.jsonl.zst feed.xml\n"},
    {"watch", "--store DB FEED...\n\nAsks RSS and Atom feeds again and again, and adds what is new: a line an article, printed after it is safe on disk. Where a feed\n"
     "holds summaries, the pages behind them are read. robots.txt is heeded, a feed that has not changed is not sent again, one that fails\n"
     "is asked later and later; what is wrong with one is told and harms no other.\n",
     "  --store DB           the archive, made when it is not there\n  --interval SECONDS   between two questions to a feed (900)\n"
     "  --pause SECONDS      between two pages of a feed (1)\n  --no-pages           what feeds themselves hold, and no more\n"
     "  --once               one round, then end: for cron\n  --allow-private      addresses of this machine and of private networks too\n",
     "  recoupe watch --store press.db https://news.example/rss https://other.example/atom.xml\n  recoupe watch --once --store press.db https://news.example/rss\n"},
    {"list", "--store DB\n\nThe stories of an archive, those that grew last first. A story goes by its id, or by # and its number.\n",
     "  --store DB           the archive\n  --day DATE           stories with articles of that day, most first\n"
     "  --limit N            so many (100)\n  --skip N             after so many\n",
     "  recoupe list --store press.db\n  recoupe list --store press.db --day 2026-11-20\n"},
    {"show", "--store DB STORY...\n\nThe dossier of a story as it stands now. Formats: text (on a terminal), json (elsewhere), html, jsonld; jsonl: its articles.\n",
     "  --store DB           the archive\n  --explain CLAIM      only this claim, with every place that carries it\n  --all                text: nothing is cut short\n"
     "  --locale TAG         language of the report's own words\n",
     "  recoupe show --store press.db \"#12\"\n  recoupe show --store press.db --format html -o dam.html n1024\n"},
    {"search", "--store DB WORD...\n\nArticles that hold all the words, whatever their case, accents and endings; newest first, with the passage.\n"
     "\"two words\" in a row; -word: without it; begin*: words that begin so.\n",
     "  --store DB           the archive\n  --day DATE           of that day\n  --limit N            so many (100)\n  --skip N             after so many\n",
     "  recoupe search --store press.db digue rompue\n  recoupe search --store press.db '\"digue nord\"' -exercice\n"},
    {"check", "--store DB\n\nIs the archive whole? Exit status 0 when it is.\n", "  --store DB           the archive\n",
     "  recoupe check --store press.db\n"},
    {"versions", "--store DB ARTICLE\n\nWhat stood at the place of an article, first version first, and what each changed in the one before it.\n",
     "  --store DB           the archive\n", "  recoupe versions --store press.db https://news.example/dam\n"},
    {"export", "--store DB [STORY]\n\nThe archive, or one story, for other programs.\n",
     "  --store DB           the archive\n"
     "  --format FORMAT      jsonl: articles with their stories, which add reads again; csv: every place that carries a claim;\n"
     "                       jsonld: the dossiers; graphml: articles, and who has the text from whom\n",
     "  recoupe export --store press.db > articles.jsonl\n  recoupe export --store press.db --format graphml -o reuse.graphml\n"},
    {"merge", "--store DB STORY INTO\n\nThe articles of STORY go to INTO; the old id leads there for ever. Kept, and never undone by the program.\n",
     "  --store DB           the archive\n  --note TEXT          why; kept beside it\n", "  recoupe merge --store press.db n1031 n1024 --note 'the same dam'\n"},
    {"split", "--store DB ARTICLE...\n\nThese articles leave their story for a new one; the program never joins the two again.\n",
     "  --store DB           the archive\n  --note TEXT          why; kept beside it\n", "  recoupe split --store press.db n1030 n1037\n"},
    {"apart", "--store DB ARTICLE OTHER\n\nThese two are not of one story: OTHER leaves it, with the articles that are more like it.\n",
     "  --store DB           the archive\n  --note TEXT          why; kept beside it\n", "  recoupe apart --store press.db n1024 n1037\n"},
    {"history", "--store DB [STORY]\n\nWhat happened to stories, latest first: merged, split, set apart; when, and by program or person.\n",
     "  --store DB           the archive\n  --limit N            so many (100)\n", "  recoupe history --store press.db n1024\n"},
    {"forget", "--store DB ARTICLE...\n\nDeletes articles, their versions, and what was made of them; their places are overwritten. They do not come back: of each\n"
     "only a hash is kept, by which add knows it.\n",
     "  --store DB           the archive\n", "  recoupe forget --store press.db https://news.example/dam\n"},
};

bool cli_help(const char *verb, int argc, char **argv) {
  bool is_asked = false;
  for (int i = 0; i < argc && strcmp(argv[i], "--"); i++) is_asked = is_asked || !strcmp(argv[i], "--help") || !strcmp(argv[i], "-h");
  for (size_t i = 0; is_asked && i < sizeof pages / sizeof *pages; i++) {
    if (strcmp(pages[i].verb, verb)) continue;
    printf("usage: recoupe %s [OPTION...] %s", verb, pages[i].usage);
    if (*pages[i].options) printf("\nOptions\n%s", pages[i].options);
    bool is_taken = !strcmp(verb, "reuse");
    printf(common, is_taken ? "--save-warc" : "--save", is_taken ? 4 : 9, "");
    printf("\nExamples\n%s", pages[i].examples);
    return true;
  }
  return false;
}
