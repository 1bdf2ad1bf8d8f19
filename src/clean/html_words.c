/*
 * The words are those that designers of pages use, in the languages whose pages we have seen them in; the list was made
 * by reading what extractors look for (Readability.js, trafilatura, resiliparse) and the class names that stand on the
 * pages of their test sets, counted over pages, not over one site.
 *
 * Cost: one hash look-up a word; for an unknown word of letters one more for each beginning and end of it.
 * Known weakness: "post" is an article here and the mail there, "more" a link or a section: that is why nothing is
 * decided on a word alone.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_words.h"

static const struct { rcpi_markup_kind kind; const char *words; } vocabulary[] = {
    {RCPI_MARKUP_ARTICLE,
     "article articles artikel articulo articolo artykul post posts entry story stories beitrag blogpost "
     "blog news noticia nota hentry blogentry newsarticle artikkel nieuwsbericht recipe rezept essay "
     "feature report"},
    {RCPI_MARKUP_BODY,
     "body articlebody bodytext storybody postbody bodycopy richtext prose copy wysiwyg fliesstext "
     "haupttext mainbody cuerpo corpo corps rte fulltext rtf markdown readable longread"},
    {RCPI_MARKUP_CONTENT,
     "content contents inhalt inhalte contenu contenido contenuto conteudo tresc maincontent entrycontent "
     "postcontent articlecontent pagecontent contentbody singlecontent cnt"},
    {RCPI_MARKUP_TEXT,
     "text txt texte texto testo tekst paragraph paragraphs para absatz paragrafo textblock textmodul "
     "cetext"},
    {RCPI_MARKUP_MAIN,
     "main primary central center centre hauptinhalt principal haupt mitte hauptspalte maincol centercol "
     "contenttop"},
    {RCPI_MARKUP_LEAD,
     "lead intro standfirst chapo chapeau dek deck subtitle subhead subheadline subheading excerpt "
     "abstract vorspann teasertext sottotitolo entradilla bajada anleser einleitung introduction lede "
     "preamble ingress summary underline strapline"},
    {RCPI_MARKUP_TITLE,
     "title titles headline headlines heading headings titel titre titulo titolo ueberschrift uberschrift "
     "h1 kicker dachzeile spitzmarke overline"},
    {RCPI_MARKUP_NAV,
     "nav navi navbar navigation menu menue menus submenu mainmenu breadcrumb breadcrumbs crumb crumbs "
     "crumbtrail pager pagination paginator paging tabs skip skiplink skiplinks sitemap subnav megamenu "
     "mainnav topnav dropdown pagenav navlinks navleiste burger hamburger nextprev prevnext pagelinks "
     "sublinks quicklinks sprungmarke brotkrumen ariane"},
    {RCPI_MARKUP_SIDEBAR,
     "sidebar sidebars side aside rail rightrail leftrail rightcol leftcol rightcolumn leftcolumn marginal "
     "marginalspalte randspalte seitenleiste complementary secondary tertiary sidecol sidecolumn colright "
     "colleft rechts sidenav sidemenu rightside leftside sidebox barra colonne"},
    {RCPI_MARKUP_RELATED,
     "related relateds recommend recommended recommendation recommendations recirc recirculation similar "
     "more readmore mehr weitere weiterlesen trending popular latest mostread mostpopular suggested "
     "suggestions further taboola outbrain zergnet revcontent next prev previous seealso relacionadas "
     "relacionados verwandte verwandt aehnliche zumthema thema themen dossier upnext alsoread lireaussi "
     "alire crp yarpp jp relatedposts relatedarticles relatedcontent inlinerelated ml morefrom keepreading "
     "nextpost postnav meistgelesen empfehlung empfehlungen correlati recent recentposts"},
    {RCPI_MARKUP_TEASER,
     "teaser teasers card cards tile tiles carousel slider slick swiper slide slides slideshow owl "
     "flickity masonry grid hub promocard kachel archive"},
    {RCPI_MARKUP_SHARE,
     "share sharing sharer shares social socials socialmedia facebook twitter whatsapp pinterest linkedin "
     "addthis sharedaddy addtoany teilen shariff follow followus likes like instagram youtube telegram "
     "heateor essb sociable socialshare socialicons reddit compartir partager condividi ssba mashsb "
     "sharethis bookmarks retweet"},
    {RCPI_MARKUP_COMMENT,
     "comment comments commentlist kommentar kommentare disqus respond reply replies discussion "
     "commentaires commentaire reactions reaction comentarios comentario commenti commentform commentary "
     "diskussion leserbriefe guestbook forum talkback livefyre fbcomments opinions pingback trackback"},
    {RCPI_MARKUP_AD,
     "ad ads adv advert adverts advertisement advertisements advertising adsense adslot adunit adbox "
     "adcontainer sponsor sponsored sponsors promo promos promotion promotions banner dfp gpt anzeige "
     "anzeigen werbung publicidad publicite adsbygoogle googlead affiliate affiliates commercial "
     "doubleclick admanager inread teads billboard skyscraper leaderboard mpu"},
    {RCPI_MARKUP_SUBSCRIBE,
     "newsletter newsletters subscribe subscriber subscription signup optin mailchimp paywall abo "
     "abonnement abonnieren cta calltoaction registration login signin piano donate donation spenden "
     "membership inscription mailinglist mailpoet convertkit hubspot hsform leadform ebook whitepaper "
     "download premium regwall tinypass mcembed emailsignup"},
    {RCPI_MARKUP_COOKIE,
     "cookie cookies consent gdpr cmp onetrust cookiebot privacy dsgvo rgpd didomi borlabs cookiebar "
     "cookienotice cookielaw ccpa spmessage usercentrics quantcast datenschutz tarteaucitron cky klaro "
     "iubenda complianz"},
    {RCPI_MARKUP_POPUP,
     "popup popups modal modals overlay overlays dialog dialogue lightbox toast drawer offcanvas tooltip "
     "tooltips flyout interstitial fancybox colorbox popover popmake alert notification notifications "
     "snackbar pum"},
    {RCPI_MARKUP_CAPTION,
     "caption captions figcaption credit credits legend legende bildunterschrift photographer attribution "
     "imgcaption wpcaption bildtext bildnachweis copyright didascalia photocredit imagecredit captiontext "
     "mediacaption imagecaption bildquelle quelle rights pie"},
    {RCPI_MARKUP_AUTHOR,
     "author authors autor autoren auteur auteurs autore writer writers vcard contributor contributors bio "
     "biography aboutauthor authorbox authorbio verfasser redakteur reporter byline bylines postauthor "
     "authorname fn gravatar avatar columnist editor signature firma redaktion"},
    {RCPI_MARKUP_DATE,
     "date dates datum time timestamp published pubdate pub updated update posted dateline datetime "
     "readtime readingtime publishdate publication fecha data publie postdate entrydate lastmodified "
     "modified lesezeit"},
    {RCPI_MARKUP_INFO,
     "meta info infos details detail postmeta entrymeta postinfo metadata articleinfo articlemeta metas "
     "infoline postdetails entryinfo stats views counter"},
    {RCPI_MARKUP_TAGS,
     "tag tags tagcloud category categories cat cats topics topic keywords keyword schlagworte schlagwort "
     "label labels rubrik rubriken kategorie kategorien etiquetas taglist posttags entrytags tagged "
     "catlinks rubrique sectionlabel eyebrow stichworte themenliste"},
    {RCPI_MARKUP_HEADER,
     "header masthead head topbar top kopf hero branding logo siteheader pageheader kopfzeile entete "
     "cabecera utility"},
    {RCPI_MARKUP_FOOTER,
     "footer foot bottom colophon fuss fusszeile footnav impressum siteinfo legal pagefooter sitefooter "
     "entryfooter postfooter articlefooter subfooter contentinfo pied"},
    {RCPI_MARKUP_BOX,
     "widget widgets module modules plugin block box boxes panel infobox kasten callout embed embedded "
     "insert inset sidebarbox factbox portlet textwidget wpwidget region aufmacher"},
    {RCPI_MARKUP_HIDDEN,
     "hidden hide invisible collapse collapsed noprint displaynone mobile desktop closed inactive"},
    {RCPI_MARKUP_FORM,
     "form forms formular search suche searchform searchbox input filter filters poll survey quiz rating "
     "ratings vote votes voting bewertung contactform wpcf7 gform captcha stars"},
    {RCPI_MARKUP_SHOP,
     "price prices preis cart basket buy shop shopping product products produkt produkte store deal deals "
     "warenkorb checkout coupon angebot angebote commerce woocommerce amazon buybox specs offer offers"},
    {RCPI_MARKUP_QUOTE,
     "quote quotes blockquote pullquote pull zitat zitate citation cita tweet"},
    {RCPI_MARKUP_IMAGE,
     "image images img figure photo photos media video videos player picture pictures bild bilder gallery "
     "galerie thumb thumbnail thumbnails foto fotos audio podcast imageblock"},
    {RCPI_MARKUP_LAYOUT,
     "wrapper wrap container layout inner outer row col cols column columns page site holder area l "
     "siteinner canvas shell root app clearfix frame stage"},
    {RCPI_MARKUP_CONTENTS,
     "toc tableofcontents inhaltsverzeichnis outline jump jumplinks jumpto eztoc anchorlinks toctoggle "
     "mokuji sommaire lwptoc"},
    {RCPI_MARKUP_NOTE,
     "footnote footnotes references reference note notes fussnoten disclaimer correction endnotes "
     "literatur quellen reflist refs source sources"},
    {RCPI_MARKUP_TOOLS,
     "print email mail bookmark tool tools toolbar actions action button buttons btn btns icon icons link "
     "links linklist service drucken pdf rss feedback funktionen toggle controls control close"},
    {RCPI_MARKUP_LIST,
     "list lists listing listings feed feeds items item liste loop stream ranking results index"},
    {RCPI_MARKUP_SCREENREADER,
     "sr sronly visuallyhidden screenreader offscreen assistive accessible accessibility unsichtbar aural "
     "hiddenvisually a11y vh"},
};

enum { N_SLOTS = 4096, SHORTEST_PART = 4, LONGEST_WORD = 24, FILTER_BITS = 1 << 15 };

/* Most pieces of a compound are no words: a bit of their hash says so before the table is looked at. */
struct rcpi_markup_words {
  struct { const char *word; uint8_t n, kind; } slot[N_SLOTS];
  uint64_t filter[FILTER_BITS / 64];
  uint32_t second[32];         /* bit of a second letter, by the first: how words begin */
};

#define WORD_HASH 2166136261u   /* FNV-1a */

static uint32_t step(uint32_t hash, char c) {
  return (hash ^ (unsigned char)c) * 16777619u;
}

static uint32_t hash_of(const char *p, size_t n) {
  uint32_t hash = WORD_HASH;
  for (size_t i = 0; i < n; i++) hash = step(hash, p[i]);
  return hash;
}

static size_t first_slot(uint32_t hash) {
  return (hash ^ hash >> 15) & (N_SLOTS - 1);
}

static int find(const rcpi_markup_words *w, uint32_t hash, const char *p, size_t n) {
  if (!(w->filter[hash % FILTER_BITS / 64] >> hash % 64 & 1)) return -1;
  for (size_t i = first_slot(hash); w->slot[i].word; i = (i + 1) & (N_SLOTS - 1))
    if (w->slot[i].n == n && !memcmp(w->slot[i].word, p, n)) return w->slot[i].kind;
  return -1;
}

const rcpi_markup_words *rcpi_markup_words_new(rcpi_arena *a) {
  rcpi_markup_words *out = rcpi_new(a, rcpi_markup_words);
  for (size_t k = 0; k < sizeof vocabulary / sizeof *vocabulary; k++) {
    rcp_str word, rest = rcpi_cstr(vocabulary[k].words);
    while (rcpi_next_field(&rest, ' ', &word)) {
      uint32_t hash = hash_of(word.p, word.n);
      size_t i = first_slot(hash);
      while (out->slot[i].word) i = (i + 1) & (N_SLOTS - 1);
      out->filter[hash % FILTER_BITS / 64] |= (uint64_t)1 << hash % 64;
      if (word.n > 1) out->second[word.p[0] & 31] |= 1u << (word.p[1] & 31);
      out->slot[i].word = word.p;
      out->slot[i].n = (uint8_t)word.n;
      out->slot[i].kind = (uint8_t)vocabulary[k].kind;
    }
  }
  return out;
}

static bool may_begin(const rcpi_markup_words *w, const char *p) {
  return w->second[p[0] & 31] >> (p[1] & 31) & 1;
}

/* The longest known beginning of a compound and the longest known end of what is left of it. */
static uint64_t parts_of(const rcpi_markup_words *w, const char *p, size_t n) {
  uint64_t bits = 0;
  size_t taken = 0;
  uint32_t hash = WORD_HASH;
  for (size_t i = 0; i + 1 < n && may_begin(w, p); i++) {
    hash = step(hash, p[i]);
    int kind = i + 1 >= SHORTEST_PART ? find(w, hash, p, i + 1) : -1;
    if (kind >= 0) bits = (uint64_t)1 << kind, taken = i + 1;
  }
  for (size_t from = taken ? taken : 1; from + SHORTEST_PART <= n; from++) {
    int kind = may_begin(w, p + from) ? find(w, hash_of(p + from, n - from), p + from, n - from) : -1;
    if (kind >= 0) return bits | (uint64_t)1 << kind;
  }
  return bits;
}

/* A compound is looked up whole, then by its parts. */
static uint64_t word_bits(const rcpi_markup_words *w, const char *p, size_t n, uint32_t hash) {
  int kind = find(w, hash, p, n);
  if (kind >= 0) return (uint64_t)1 << kind;
  return n > SHORTEST_PART + 1 ? parts_of(w, p, n) : 0;
}

uint64_t rcpi_markup_words_of(const rcpi_markup_words *words, rcp_str value) {
  uint64_t bits = 0;
  char word[LONGEST_WORD];
  size_t n = 0;
  uint32_t hash = WORD_HASH;
  bool was_small = false, has_digit = false;
  for (size_t i = 0; i <= value.n; i++) {
    unsigned char c = i < value.n ? (unsigned char)value.p[i] : ' ';
    bool is_letter = rcpi_is_alpha(c), is_digit = rcpi_is_digit(c), is_capital = is_letter && c < 'a';
    if (n && ((!is_letter && !is_digit) || (is_capital && was_small) || n == LONGEST_WORD)) {
      if (!has_digit || n < 10) bits |= word_bits(words, word, n, hash);
      n = 0;
      hash = WORD_HASH;
      has_digit = false;
    }
    if (is_letter || is_digit) {
      word[n] = (char)rcpi_lower(c);
      hash = step(hash, word[n++]);
      has_digit |= is_digit;
    }
    was_small = is_letter && !is_capital;
  }
  return bits;
}
