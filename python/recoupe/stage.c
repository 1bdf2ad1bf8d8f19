/*
 * The stages of reuse for Python: bytes in, bytes out. recoupe.spark moves them about.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "native.h"

#include <stdio.h>
#include <stdlib.h>

/* What a buffer of the library holds, as bytes; it is released. */
static PyObject *bytes_of(rcp_status status, rcp_buffer *b, const rcp_error *error) {
  PyObject *made = status ? native_fail(error) : PyBytes_FromStringAndSize(b->p, (Py_ssize_t)b->n);
  rcp_buffer_release(b);
  return made;
}

static rcp_str view_of(const Py_buffer *b) {
  return (rcp_str){b->buf, (size_t)b->len};
}

static PyObject *stage_new(PyTypeObject *type, PyObject *args, PyObject *named) {
  static char *names[] = {"engine", NULL};
  native *engine;
  rcp_stage *stage = NULL;
  rcp_error error = {.code = RCP_OK};
  (void)type;
  if (!PyArg_ParseTupleAndKeywords(args, named, "O!", names, native_types[ENGINE], &engine)) return NULL;
  return rcp_stage_new(engine->handle, &stage, &error) ? native_fail(&error) : native_wrap(STAGE, stage, (PyObject *)engine);
}

static PyObject *read_with(PyObject *self, PyObject *args, rcp_status (*call)(rcp_stage *, rcp_str, rcp_str, rcp_buffer *, rcp_error *)) {
  native *x = (native *)self;
  rcp_str id, text;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O&O&", native_text, &id, native_text, &text) || !native_enter(x)) return NULL;
  WITHOUT_GIL(status = call(x->handle, id, text, &out, &error));
  native_leave(x);
  return bytes_of(status, &out, &error);
}

static PyObject *stage_read(PyObject *self, PyObject *args) { return read_with(self, args, rcp_stage_read); }
static PyObject *stage_read_record(PyObject *self, PyObject *args) { return read_with(self, args, rcp_stage_read_record); }

static PyObject *stage_read_article(PyObject *self, PyObject *args) {
  native *x = (native *)self, *article;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O!", native_types[ARTICLE], &article) || !native_enter(x)) return NULL;
  if (!native_enter(article)) return native_leave(x), NULL;
  WITHOUT_GIL(status = rcp_stage_read_article(x->handle, article->handle, &out, &error));
  native_leave(article);
  native_leave(x);
  return bytes_of(status, &out, &error);
}

/* Bytes that grow. */
typedef struct grown { char *p; size_t n, cap; bool failed; } grown;

static void grow(grown *g, const void *p, size_t n) {
  if (g->failed || !n) return;
  if (g->cap - g->n < n) {
    size_t cap = (g->cap > SIZE_MAX / 4 ? 0 : 2 * g->cap) + n + 4096;
    char *more = cap > n ? realloc(g->p, cap) : NULL;
    if (!more) { g->failed = true; return; }
    g->p = more;
    g->cap = cap;
  }
  memcpy(g->p + g->n, p, n);
  g->n += n;
}

static PyObject *grown_bytes(grown *g) {
  PyObject *made = g->failed ? PyErr_NoMemory() : PyBytes_FromStringAndSize(g->p, (Py_ssize_t)g->n);
  free(g->p);
  *g = (grown){NULL, 0, 0, false};
  return made;
}

/* ----------------------------------------------------------------------------------------------------- many at once */

/* Each line that is not blank; those refused are told apart. The number of lines. */
static size_t read_all(rcp_stage *stage, rcp_str data, const char *prefix, uint64_t first, grown *readings, grown *rows, grown *sizes, grown *bad) {
  uint64_t row = first;
  for (const char *at = data.p, *end = at + data.n; at < end && !readings->failed; row++) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    rcp_str line = {at, (size_t)((stop ? stop : end) - at)};
    at = stop ? stop + 1 : end;
    size_t blank = 0;
    while (blank < line.n && memchr(" \t\n\r\f\v", line.p[blank], 6)) blank++;
    if (blank == line.n) continue;
    char name[128];
    int n = snprintf(name, sizeof name, "%s%llu", prefix, (unsigned long long)row);
    rcp_buffer out = {NULL, 0};
    rcp_error error = {.code = RCP_OK};
    rcp_status status = rcp_stage_read_record(stage, (rcp_str){name, (size_t)n}, line, &out, &error);
    uint32_t size = (uint32_t)out.n;
    if (!status) {
      grow(readings, out.p, out.n);
      grow(rows, &row, sizeof row);
      grow(sizes, &size, sizeof size);
    } else {
      grow(bad, &error, sizeof error);
      if (status == RCP_ENOMEM) readings->failed = true;
    }
    rcp_buffer_release(&out);
  }
  if (rows->failed || sizes->failed || bad->failed) readings->failed = true;
  return (size_t)(row - first);
}

static PyObject *problems_of(const grown *bad) {
  size_t n = bad->n / sizeof(rcp_error);
  PyObject *list = PyList_New((Py_ssize_t)n);
  for (size_t i = 0; list && i < n; i++) {
    const rcp_error *e = &((const rcp_error *)(const void *)bad->p)[i];
    PyObject *pair = Py_BuildValue("(NN)", native_str((rcp_str){e->source, strlen(e->source)}), native_str((rcp_str){e->text, strlen(e->text)}));
    if (!pair) return Py_DECREF(list), NULL;
    PyList_SetItem(list, (Py_ssize_t)i, pair);
  }
  return list;
}

static PyObject *stage_read_lines(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  const char *prefix;
  unsigned long long first;
  Py_buffer data;
  grown readings = {0}, rows = {0}, sizes = {0}, bad = {0};
  size_t n = 0;
  PyObject *made = NULL;
  if (!PyArg_ParseTuple(args, "sy*K", &prefix, &data, &first)) return NULL;
  if (native_enter(x)) {
    WITHOUT_GIL(n = read_all(x->handle, view_of(&data), prefix, first, &readings, &rows, &sizes, &bad));
    native_leave(x);
    PyObject *a = grown_bytes(&readings), *b = a ? grown_bytes(&rows) : NULL, *c = b ? grown_bytes(&sizes) : NULL, *d = c ? problems_of(&bad) : NULL;
    if (d) made = Py_BuildValue("(OOOOn)", a, b, c, d, (Py_ssize_t)n);
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(c);
    Py_XDECREF(d);
  }
  free(readings.p);
  free(rows.p);
  free(sizes.p);
  free(bad.p);
  PyBuffer_Release(&data);
  return made;
}

/* Where readings lie, ascending by number: as packets.TABLE has it. */
typedef struct spot { uint64_t doc, start; uint32_t size, which; } spot;
typedef struct table { Py_buffer rows, *pieces; const spot *p; size_t n, n_pieces; } table;

static void table_release(table *t) {
  while (t->n_pieces > 0) PyBuffer_Release(&t->pieces[--t->n_pieces]);
  free(t->pieces);
  if (t->p) PyBuffer_Release(&t->rows);
  t->p = NULL;
}

static bool are_inside(const table *t) {
  for (size_t i = 0; i < t->n; i++) {
    const spot *s = &t->p[i];
    if (s->which >= t->n_pieces || s->start > (uint64_t)t->pieces[s->which].len || s->size > (uint64_t)t->pieces[s->which].len - s->start) return false;
  }
  return true;
}

/* O& converter of a pair: buffers, places in them. */
static int table_get(PyObject *o, void *out) {
  table *t = out;
  PyObject *list, *rows;
  if (!o) return table_release(t), 1;
  *t = (table){.p = NULL};
  if (!PyArg_ParseTuple(o, "O!O", &PyList_Type, &list, &rows) || PyObject_GetBuffer(rows, &t->rows, PyBUF_SIMPLE)) return 0;
  t->p = t->rows.buf;
  t->n = (size_t)t->rows.len / sizeof *t->p;
  size_t n = (size_t)PyList_Size(list);
  t->pieces = calloc(n + 1, sizeof *t->pieces);
  while (t->pieces && t->n_pieces < n && !PyObject_GetBuffer(PyList_GetItem(list, (Py_ssize_t)t->n_pieces), &t->pieces[t->n_pieces], PyBUF_SIMPLE))
    t->n_pieces++;
  if (t->n_pieces == n && t->pieces && are_inside(t)) return Py_CLEANUP_SUPPORTED;
  if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "readings that lie outside their bytes");
  return table_release(t), 0;
}

static rcp_str reading_at(const table *t, size_t i) {
  return (rcp_str){(const char *)t->pieces[t->p[i].which].buf + t->p[i].start, t->p[i].size};
}

static rcp_str reading_of(const table *t, uint64_t doc) {
  size_t lo = 0, hi = t->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (t->p[mid].doc < doc) lo = mid + 1;
    else hi = mid;
  }
  return lo < t->n && t->p[lo].doc == doc ? reading_at(t, lo) : (rcp_str){NULL, 0};
}

enum { MOST_CANDIDATES = 8 };

/* Links of all pairs of one b, each behind its pair. */
static rcp_status decide_one(rcp_stage *stage, const table *t, const rcp_stage_pair *pairs, size_t n, grown *links, rcp_error *error) {
  rcp_str candidates[MOST_CANDIDATES];
  rcp_buffer out = {NULL, 0};
  if (n > MOST_CANDIDATES) n = MOST_CANDIDATES;
  for (size_t i = 0; i < n; i++) candidates[i] = reading_of(t, pairs[i].a);
  rcp_status status = rcp_stage_decide(stage, reading_of(t, pairs->b), candidates, n, &out, error);
  for (size_t at = 0; !status && at < out.n;) {
    const rcp_stage_link *link = (const rcp_stage_link *)(const void *)(out.p + at);
    grow(links, &pairs[link->which], sizeof *pairs);
    grow(links, link, link->size);
    at += link->size;
  }
  rcp_buffer_release(&out);
  return status;
}

static rcp_status decide_all(rcp_stage *stage, const table *t, const rcp_stage_pair *pairs, size_t n, grown *links, rcp_error *error) {
  rcp_status status = RCP_OK;
  for (size_t i = 0, end; i < n && !status; i = end) {
    for (end = i + 1; end < n && pairs[end].b == pairs[i].b; end++);
    status = decide_one(stage, t, pairs + i, end - i, links, error);
  }
  return status;
}

static PyObject *grown_or_fail(rcp_status status, grown *g, const rcp_error *error) {
  if (!status) return grown_bytes(g);
  free(g->p);
  return native_fail(error);
}

/* ---------------------------------------------------------------------------------------------------------- groups */

/* The leader of an article among those found so far, which ascend by b; itself when it has none. */
static uint64_t leader_of(const grown *led, uint64_t doc) {
  const rcp_stage_pair *p = (const rcp_stage_pair *)(const void *)led->p;
  size_t lo = 0, n = led->n / sizeof *p, hi = n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (p[mid].b < doc) lo = mid + 1;
    else hi = mid;
  }
  return lo < n && p[lo].b == doc ? p[lo].a : doc;
}

/* The leader of the first link whose leader b is linked to, or resembles; one that was refused is not asked again. */
static rcp_status lead_one(rcp_stage *stage, const table *t, const rcp_stage_pair *links, size_t n, grown *led, rcp_error *error) {
  rcp_status status = RCP_OK;
  bool has_refused = false, does = false;
  uint64_t refused = 0;
  for (size_t i = 0; i < n && !does && !status; i++) {
    rcp_stage_pair found = {leader_of(led, links[i].a), links[i].b};
    if (has_refused && found.a == refused) continue;
    for (size_t k = 0; k < n && !does; k++) does = links[k].a == found.a;
    if (!does) status = rcp_stage_resembles(stage, reading_of(t, found.a), reading_of(t, found.b), &does, error);
    if (does) grow(led, &found, sizeof found);
    has_refused = true;
    refused = found.a;
  }
  return status;
}

static rcp_status lead_all(rcp_stage *stage, const table *t, const rcp_stage_pair *links, size_t n, grown *led, rcp_error *error) {
  rcp_status status = RCP_OK;
  for (size_t i = 0, end; i < n && !status && !led->failed; i = end) {
    for (end = i + 1; end < n && links[end].b == links[i].b; end++);
    status = lead_one(stage, t, links + i, end - i, led, error);
  }
  return status;
}

typedef rcp_status all_pairs(rcp_stage *stage, const table *t, const rcp_stage_pair *pairs, size_t n, grown *out, rcp_error *error);

/* A table, pairs by b. */
static PyObject *of_pairs(PyObject *self, PyObject *args, all_pairs *call) {
  native *x = (native *)self;
  table t;
  Py_buffer pairs;
  grown out = {0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  PyObject *made = NULL;
  if (!PyArg_ParseTuple(args, "O&y*", table_get, &t, &pairs)) return NULL;
  if (native_enter(x)) {
    WITHOUT_GIL(status = call(x->handle, &t, pairs.buf, (size_t)pairs.len / sizeof(rcp_stage_pair), &out, &error));
    native_leave(x);
    made = grown_or_fail(status, &out, &error);
  }
  PyBuffer_Release(&pairs);
  table_release(&t);
  return made;
}

static PyObject *stage_decide(PyObject *self, PyObject *args) { return of_pairs(self, args, decide_all); }
static PyObject *stage_lead(PyObject *self, PyObject *args) { return of_pairs(self, args, lead_all); }

/* ------------------------------------------------------------------------------------------------------------- runs */

static rcp_status runs_all(rcp_stage *stage, const table *t, const uint64_t *leaders, grown *runs, rcp_error *error) {
  rcp_status status = RCP_OK;
  for (size_t i = 0; i < t->n && !status; i++) {
    rcp_buffer out = {NULL, 0};
    status = rcp_stage_runs(stage, reading_at(t, i), t->p[i].doc, leaders[i], &out, error);
    if (!status) grow(runs, out.p, out.n);
    rcp_buffer_release(&out);
  }
  return status;
}

/* Of all readings of a table; the leader of each. Thinned. */
static PyObject *stage_runs(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  table t;
  Py_buffer leaders;
  grown runs = {0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  PyObject *made = NULL;
  if (!PyArg_ParseTuple(args, "O&y*", table_get, &t, &leaders)) return NULL;
  if ((size_t)leaders.len != t.n * sizeof(uint64_t)) PyErr_SetString(PyExc_ValueError, "a leader for each reading is wanted");
  else if (native_enter(x)) {
    Py_BEGIN_ALLOW_THREADS
    status = runs_all(x->handle, &t, leaders.buf, &runs, &error);
    if (!status && !runs.failed) runs.n = sizeof(rcp_stage_run) * rcp_stage_thin_runs((rcp_stage_run *)(void *)runs.p, runs.n / sizeof(rcp_stage_run));
    Py_END_ALLOW_THREADS
    native_leave(x);
    made = grown_or_fail(status, &runs, &error);
  }
  PyBuffer_Release(&leaders);
  table_release(&t);
  return made;
}

/* A copy that the library may sort. */
static void *copy_of(const Py_buffer *b) {
  void *p = malloc((size_t)b->len + 1);
  if (p) memcpy(p, b->buf, (size_t)b->len);
  else PyErr_NoMemory();
  return p;
}

static PyObject *stage_settle(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  table t;
  Py_buffer anchors;
  PyObject *made = NULL;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O&y*", table_get, &t, &anchors)) return NULL;
  uint64_t *docs = malloc((t.n + 1) * sizeof *docs);
  rcp_str *views = malloc((t.n + 1) * sizeof *views);
  rcp_stage_anchor *mine = copy_of(&anchors);
  if (!docs || !views) PyErr_NoMemory();
  else if (mine && native_enter(x)) {
    for (size_t i = 0; i < t.n; i++) docs[i] = t.p[i].doc, views[i] = reading_at(&t, i);
    WITHOUT_GIL(status = rcp_stage_settle(x->handle, docs, views, t.n, mine, (size_t)anchors.len / sizeof *mine, &out, &error));
    native_leave(x);
    made = bytes_of(status, &out, &error);
  }
  free(mine);
  free(views);
  free(docs);
  PyBuffer_Release(&anchors);
  table_release(&t);
  return made;
}

static PyMethodDef stage_methods[] = {
    {"read", stage_read, METH_VARARGS, "id, text: a reading."},
    {"read_record", stage_read_record, METH_VARARGS, "name, line of JSONL: a reading."},
    {"read_article", stage_read_article, METH_VARARGS, "An article that was read: a reading."},
    {"read_lines", stage_read_lines, METH_VARARGS, "What names begin with, lines of JSONL, number of the first: readings, numbers, sizes, problems, how many lines."},
    {"decide", stage_decide, METH_VARARGS, "A table, pairs by b and then best first: links, each behind its pair."},
    {"lead", stage_lead, METH_VARARGS, "A table, links by b and then best first: those that follow another, as b, with their leader."},
    {"runs", stage_runs, METH_VARARGS, "A table, the leader of each: runs, thinned."},
    {"settle", stage_settle, METH_VARARGS, "A table, anchors of any: links, each behind its pair."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot stage_slots[] = {{Py_tp_new, stage_new}, {Py_tp_dealloc, native_dealloc}, {Py_tp_methods, stage_methods},
                                    {Py_tp_doc, "The steps of reuse taken apart; as rcp_stage."}, {0, NULL}};
PyType_Spec stage_spec = {"recoupe._recoupe.Stage", sizeof(native), 0, Py_TPFLAGS_DEFAULT, stage_slots};

/* ----------------------------------------------------------------------------------------------------------- arrays */

/* Keys of all readings of a table, or their sketches. */
static PyObject *keys_or_sketches(PyObject *args, bool wants_keys) {
  table t;
  grown out = {0};
  if (!PyArg_ParseTuple(args, "O&", table_get, &t)) return NULL;
  Py_BEGIN_ALLOW_THREADS
  for (size_t i = 0; i < t.n; i++) {
    rcp_stage_key found[RCP_STAGE_KEYS];
    rcp_stage_sketch sketch = {.doc = t.p[i].doc};
    size_t n = rcp_stage_keys(reading_at(&t, i), t.p[i].doc, wants_keys ? found : NULL, &sketch);
    if (wants_keys) grow(&out, found, n * sizeof *found);
    else grow(&out, &sketch, sizeof sketch);
  }
  Py_END_ALLOW_THREADS
  table_release(&t);
  return grown_bytes(&out);
}

static PyObject *keys(PyObject *module, PyObject *args) { (void)module; return keys_or_sketches(args, true); }
static PyObject *sketches(PyObject *module, PyObject *args) { (void)module; return keys_or_sketches(args, false); }

/* Readings end to end, each behind its number and its size. */
typedef struct packed { uint64_t doc, size; } packed;

/* Where they lie in a packet. */
static PyObject *scan(PyObject *module, PyObject *args) {
  Py_buffer packet;
  unsigned which;
  grown out = {0};
  size_t at = 0;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*I", &packet, &which)) return NULL;
  size_t n = (size_t)packet.len;
  while (n - at >= sizeof(packed)) {
    packed head;
    memcpy(&head, (const char *)packet.buf + at, sizeof head);
    at += sizeof head;
    if (head.size > n - at || head.size > UINT32_MAX) break;
    spot s = {head.doc, at, (uint32_t)head.size, which};
    grow(&out, &s, sizeof s);
    at += (size_t)head.size;
  }
  PyBuffer_Release(&packet);
  if (at != n) return free(out.p), PyErr_SetString(PyExc_ValueError, "no packet of readings"), NULL;
  return grown_bytes(&out);
}

/* A packet of the readings of these numbers. */
static PyObject *take(PyObject *module, PyObject *args) {
  table t;
  Py_buffer docs;
  grown out = {0};
  (void)module;
  if (!PyArg_ParseTuple(args, "O&y*", table_get, &t, &docs)) return NULL;
  size_t n = (size_t)docs.len / sizeof(uint64_t), i = 0;
  for (; i < n; i++) {
    packed head = {((const uint64_t *)docs.buf)[i], 0};
    rcp_str reading = reading_of(&t, head.doc);
    if (!reading.p) break;
    head.size = reading.n;
    grow(&out, &head, sizeof head);
    grow(&out, reading.p, reading.n);
  }
  PyBuffer_Release(&docs);
  table_release(&t);
  if (i < n) return free(out.p), PyErr_SetString(PyExc_KeyError, "a reading that is not there"), NULL;
  return grown_bytes(&out);
}

/* One array in, one out. */
static PyObject *of_array(PyObject *args, size_t size, rcp_status (*call)(void *, size_t, rcp_buffer *, rcp_error *)) {
  Py_buffer in;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  if (!PyArg_ParseTuple(args, "y*", &in)) return NULL;
  void *mine = copy_of(&in);
  if (mine) WITHOUT_GIL(status = call(mine, (size_t)in.len / size, &out, &error));
  PyBuffer_Release(&in);
  PyObject *made = mine ? bytes_of(status, &out, &error) : NULL;
  free(mine);
  return made;
}

static rcp_status join_keys_of(void *p, size_t n, rcp_buffer *out, rcp_error *error) { return rcp_stage_join_keys(p, n, out, error); }
static rcp_status components_of(void *p, size_t n, rcp_buffer *out, rcp_error *error) { return rcp_stage_components(p, n, out, error); }

static PyObject *join_keys(PyObject *module, PyObject *args) { (void)module; return of_array(args, sizeof(rcp_stage_key), join_keys_of); }

/* In place, for runs are what there is most of. */
static PyObject *join_runs(PyObject *module, PyObject *args) {
  Py_buffer in;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  (void)module;
  if (!PyArg_ParseTuple(args, "w*", &in)) return NULL;
  WITHOUT_GIL(status = rcp_stage_join_runs(in.buf, (size_t)in.len / sizeof(rcp_stage_run), &out, &error));
  PyBuffer_Release(&in);
  return bytes_of(status, &out, &error);
}

static PyObject *components(PyObject *module, PyObject *args) { (void)module; return of_array(args, sizeof(rcp_stage_pair), components_of); }

static PyObject *thin_keys(PyObject *module, PyObject *args) {
  Py_buffer in;
  size_t n = 0;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*", &in)) return NULL;
  rcp_stage_key *mine = copy_of(&in);
  if (mine) WITHOUT_GIL(n = rcp_stage_thin_keys(mine, (size_t)in.len / sizeof *mine));
  PyBuffer_Release(&in);
  PyObject *made = mine ? PyBytes_FromStringAndSize((char *)mine, (Py_ssize_t)(n * sizeof *mine)) : NULL;
  free(mine);
  return made;
}

static PyObject *choose(PyObject *module, PyObject *args) {
  Py_buffer own, candidates, sketches;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*y*y*", &own, &candidates, &sketches)) return NULL;
  rcp_stage_key *k = copy_of(&own);
  rcp_stage_candidate *c = k ? copy_of(&candidates) : NULL;
  rcp_stage_sketch *s = c ? copy_of(&sketches) : NULL;
  if (s) WITHOUT_GIL(status = rcp_stage_choose(k, (size_t)own.len / sizeof *k, c, (size_t)candidates.len / sizeof *c, s,
                                               (size_t)sketches.len / sizeof *s, &out, &error));
  PyBuffer_Release(&own);
  PyBuffer_Release(&candidates);
  PyBuffer_Release(&sketches);
  PyObject *made = s ? bytes_of(status, &out, &error) : NULL;
  free(k);
  free(c);
  free(s);
  return made;
}

/* Where links begin that lie end to end, each behind its pair. */
static PyObject *links(PyObject *module, PyObject *args) {
  Py_buffer in;
  grown out = {0};
  size_t at = 0;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*", &in)) return NULL;
  size_t n = (size_t)in.len, head = sizeof(rcp_stage_pair) + sizeof(rcp_stage_link);
  while (n - at >= head) {
    uint32_t size;
    memcpy(&size, (const char *)in.buf + at + sizeof(rcp_stage_pair), sizeof size);
    if (size > n - at - sizeof(rcp_stage_pair) || size < sizeof(rcp_stage_link)) break;
    int64_t place = (int64_t)at;
    grow(&out, &place, sizeof place);
    at += sizeof(rcp_stage_pair) + size;
  }
  PyBuffer_Release(&in);
  if (at != n) return free(out.p), PyErr_SetString(PyExc_ValueError, "no links"), NULL;
  return grown_bytes(&out);
}

PyMethodDef stage_functions[] = {
    {"stage_keys", keys, METH_VARARGS, "A table: keys of all."},
    {"stage_sketches", sketches, METH_VARARGS, "A table: sketches of all."},
    {"stage_scan", scan, METH_VARARGS, "A packet of readings, its place among the buffers: rows of a table."},
    {"stage_take", take, METH_VARARGS, "A table, numbers: a packet of their readings."},
    {"stage_thin_keys", thin_keys, METH_VARARGS, "Keys of a part: those that concern others."},
    {"stage_join_keys", join_keys, METH_VARARGS, "Keys: candidates."},
    {"stage_choose", choose, METH_VARARGS, "Keys of a part, candidates from elsewhere, sketches: pairs."},
    {"stage_components", components, METH_VARARGS, "Pairs: pairs of first article and article."},
    {"stage_links", links, METH_VARARGS, "Links behind their pairs: where they begin."},
    {"stage_join_runs", join_runs, METH_VARARGS, "Runs: anchors."},
    {NULL, NULL, 0, NULL}};
