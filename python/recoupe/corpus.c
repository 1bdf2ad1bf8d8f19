/*
 * Reuse and stories for Python: results leave as lists of plain tuples, which the .py files make dataclasses of.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "native.h"

/* ----------------------------------------------------------------------------------------------------------- reuse */

static PyObject *reuse_new(PyTypeObject *type, PyObject *args, PyObject *named) {
  static char *names[] = {"engine", "window_days", "articles", "phrases", NULL};
  native *engine;
  int articles = 0, phrases = 0;
  rcp_reuse_options o = {.window_days = 0};
  rcp_reuse *reuse = NULL;
  rcp_error error = {.code = RCP_OK};
  (void)type;
  if (!PyArg_ParseTupleAndKeywords(args, named, "O!|Ipp", names, native_types[ENGINE], &engine, &o.window_days, &articles, &phrases)) return NULL;
  o.articles = articles;
  o.phrases = phrases;
  rcp_status status = rcp_reuse_new(engine->handle, &o, &reuse, &error);
  return status ? native_fail(&error) : native_wrap(REUSE, reuse, (PyObject *)engine);
}

/* A call without arguments that may take long. */
static PyObject *no_arguments(PyObject *self, rcp_status (*call)(rcp_reuse *, rcp_error *)) {
  native *x = (native *)self;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!native_enter(x)) return NULL;
  WITHOUT_GIL(status = call(x->handle, &error));
  native_leave(x);
  return status > RCP_END ? native_fail(&error) : PyBool_FromLong(status == RCP_OK);
}

static PyObject *with_file(PyObject *self, PyObject *args, rcp_status (*call)(rcp_reuse *, const char *, rcp_error *)) {
  native *x = (native *)self;
  const char *path = NULL;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O&", native_chars, &path) || !path || !native_enter(x)) return NULL;
  WITHOUT_GIL(status = call(x->handle, path, &error));
  native_leave(x);
  if (status) return native_fail(&error);
  Py_RETURN_NONE;
}

static PyObject *reuse_load(PyObject *self, PyObject *args) { return with_file(self, args, rcp_reuse_load); }
static PyObject *reuse_save(PyObject *self, PyObject *args) { return with_file(self, args, rcp_reuse_save); }
static PyObject *reuse_finish(PyObject *self, PyObject *unused) { (void)unused; return no_arguments(self, rcp_reuse_finish); }

/* Reads all of the inputs; what can't be used goes to `complain`, an exception there ends it. */
static PyObject *reuse_read(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  PyObject *list, *complain, *said = Py_None;
  native_names inputs;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "OO", &list, &complain) || !native_names_get(list, &inputs)) return NULL;
  if (!native_enter(x)) return PyMem_Free(inputs.p), NULL;
  status = rcp_reuse_open(x->handle, inputs.p, inputs.n, &error);
  if (status) native_fail(&error), said = NULL;
  while (said) {
    WITHOUT_GIL(status = rcp_reuse_read(x->handle, &error));
    if (status == RCP_END) break;
    if (PyErr_CheckSignals()) said = NULL;
    if (!status || !said) continue;
    native_fail(&error);
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    if (status == RCP_ENOMEM) PyErr_SetObject(type, value), said = NULL;
    else if ((said = PyObject_CallFunctionObjArgs(complain, value, NULL))) Py_DECREF(said);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
  }
  rcp_reuse_open(x->handle, NULL, 0, NULL);   /* the names go: nothing may be read by them any more */
  native_leave(x);
  PyMem_Free(inputs.p);
  if (!said) return NULL;
  Py_RETURN_NONE;
}

static PyObject *reuse_add(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  rcp_str id, text, published;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O&O&O&", native_text, &id, native_text, &text, native_text, &published) || !native_enter(x)) return NULL;
  WITHOUT_GIL(status = rcp_reuse_add(x->handle, id, text, published, &error));
  native_leave(x);
  if (status) return native_fail(&error);
  Py_RETURN_NONE;
}

static PyObject *reuse_add_article(PyObject *self, PyObject *args) {
  native *x = (native *)self, *article;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O!", native_types[ARTICLE], &article) || !native_enter(x)) return NULL;
  if (!native_enter(article)) return native_leave(x), NULL;
  WITHOUT_GIL(status = rcp_reuse_add_article(x->handle, article->handle, &error));
  native_leave(article);
  native_leave(x);
  if (status) return native_fail(&error);
  Py_RETURN_NONE;
}

/* Appends, and takes the reference; false when one of both failed. */
static bool append(PyObject *list, PyObject *item) {
  bool ok = item && !PyList_Append(list, item);
  Py_XDECREF(item);
  return ok;
}

static PyObject *passages_of(const rcp_reuse_pair *p) {
  PyObject *list = PyTuple_New((Py_ssize_t)p->n_passages);
  for (size_t i = 0; list && i < p->n_passages; i++) {
    const rcp_reuse_passage *at = &p->passages[i];
    PyObject *one = Py_BuildValue("(IIIIO)", at->a, at->a_end, at->b, at->b_end, at->is_verbatim ? Py_True : Py_False);
    if (!one || PyTuple_SetItem(list, (Py_ssize_t)i, one)) Py_CLEAR(list);
  }
  return list;
}

enum { AT_ONCE = 4096 };       /* results that one call gives, so that memory stays bounded */

static PyObject *reuse_pairs(PyObject *self, PyObject *unused) {
  native *x = (native *)self;
  rcp_reuse_pair p;
  (void)unused;
  if (!native_enter(x)) return NULL;
  PyObject *list = PyList_New(0);
  for (int i = 0; list && i < AT_ONCE && rcp_reuse_next_pair(x->handle, &p); i++)
    if (!append(list, Py_BuildValue("(NNiddN)", native_str(p.a), native_str(p.b), (int)p.kind, p.resemblance, p.containment, passages_of(&p))))
      Py_CLEAR(list);
  native_leave(x);
  return list;
}

static PyObject *reuse_articles(PyObject *self, PyObject *unused) {
  native *x = (native *)self;
  rcp_reuse_article a;
  (void)unused;
  if (!native_enter(x)) return NULL;
  PyObject *list = PyList_New(0);
  for (int i = 0; list && i < AT_ONCE && rcp_reuse_next_article(x->handle, &a); i++)
    if (!append(list, Py_BuildValue("(NNd)", native_str(a.id), native_str(a.group), a.originality))) Py_CLEAR(list);
  native_leave(x);
  return list;
}

static PyObject *reuse_phrases(PyObject *self, PyObject *unused) {
  native *x = (native *)self;
  rcp_reuse_phrase p;
  (void)unused;
  if (!native_enter(x)) return NULL;
  PyObject *list = PyList_New(0);
  for (int i = 0; list && i < AT_ONCE && rcp_reuse_next_phrase(x->handle, &p); i++)
    if (!append(list, Py_BuildValue("(NII)", native_str(p.text), p.groups, p.articles))) Py_CLEAR(list);
  native_leave(x);
  return list;
}

static PyObject *reuse_stats(PyObject *self, PyObject *unused) {
  native *x = (native *)self;
  rcp_reuse_stats s;
  (void)unused;
  if (!native_enter(x)) return NULL;
  rcp_reuse_stats_get(x->handle, &s);
  native_leave(x);
  return Py_BuildValue("(KKKKKKK)", (unsigned long long)s.articles, (unsigned long long)s.left, (unsigned long long)s.near_duplicates,
                       (unsigned long long)s.passages, (unsigned long long)s.phrases, (unsigned long long)s.near_bytes,
                       (unsigned long long)s.passage_bytes);
}

static PyMethodDef reuse_methods[] = {
    {"load", reuse_load, METH_VARARGS, "An index file, before anything is added."},
    {"save", reuse_save, METH_VARARGS, "The corpus into an index file, behind finish."},
    {"read", reuse_read, METH_VARARGS, "Reads all articles of a list of inputs; calls the second argument with what can't be used."},
    {"add", reuse_add, METH_VARARGS, "id, text, published."},
    {"add_article", reuse_add_article, METH_VARARGS, "An article that was read."},
    {"finish", reuse_finish, METH_NOARGS, "Makes the results of all ready."},
    {"pairs", reuse_pairs, METH_NOARGS, "Some of those that are ready; empty: none."},
    {"articles", reuse_articles, METH_NOARGS, "Some of those that are ready; empty: none."},
    {"phrases", reuse_phrases, METH_NOARGS, "Some of those that are ready; empty: none."},
    {"stats", reuse_stats, METH_NOARGS, "As rcp_reuse_stats."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot reuse_slots[] = {{Py_tp_new, reuse_new}, {Py_tp_dealloc, native_dealloc}, {Py_tp_methods, reuse_methods}, {Py_tp_doc, "As rcp_reuse."}, {0, NULL}};
PyType_Spec reuse_spec = {"recoupe._recoupe.Reuse", sizeof(native), 0, Py_TPFLAGS_DEFAULT, reuse_slots};

/* --------------------------------------------------------------------------------------------------------- stories */

static PyObject *stories_new(PyTypeObject *type, PyObject *args, PyObject *named) {
  static char *names[] = {"engine", "recent", NULL};
  native *engine;
  unsigned recent = 0;
  rcp_stories *stories = NULL;
  rcp_error error = {.code = RCP_OK};
  (void)type;
  if (!PyArg_ParseTupleAndKeywords(args, named, "O!|I", names, native_types[ENGINE], &engine, &recent)) return NULL;
  rcp_status status = rcp_stories_new(engine->handle, recent, &stories, &error);
  return status ? native_fail(&error) : native_wrap(STORIES, stories, (PyObject *)engine);
}

static PyObject *line_of(const rcp_story_line *line) {
  return Py_BuildValue("(NNs)", native_str(line->id), native_str(line->story), line->why);
}

static PyObject *stories_add(PyObject *self, PyObject *args) {
  native *x = (native *)self, *article;
  rcp_story_line line;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O!", native_types[ARTICLE], &article) || !native_enter(x)) return NULL;
  if (!native_enter(article)) return native_leave(x), NULL;
  WITHOUT_GIL(status = rcp_stories_add(x->handle, article->handle, &line, &error));
  native_leave(article);
  native_leave(x);
  return status ? native_fail(&error) : line_of(&line);
}

static PyObject *stories_outline(PyObject *self, PyObject *args) {
  native *x = (native *)self, *article;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "O!", native_types[ARTICLE], &article) || !native_enter(x)) return NULL;
  if (!native_enter(article)) return native_leave(x), NULL;
  WITHOUT_GIL(status = rcp_stories_outline(x->handle, article->handle, &out, &error));
  native_leave(article);
  native_leave(x);
  PyObject *made = status ? native_fail(&error) : PyBytes_FromStringAndSize(out.p, (Py_ssize_t)out.n);
  rcp_buffer_release(&out);
  return made;
}

static PyObject *stories_place(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  Py_buffer outline;
  rcp_story_line line;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "y*", &outline)) return NULL;
  bool entered = native_enter(x);
  PyObject *made = NULL;
  if (entered) {
    WITHOUT_GIL(status = rcp_stories_place(x->handle, (rcp_str){outline.buf, (size_t)outline.len}, &line, &error));
    native_leave(x);
    made = status ? native_fail(&error) : line_of(&line);
  }
  PyBuffer_Release(&outline);
  return made;
}

/* Lines of the articles whose story is another in the light of all. */
static PyObject *stories_final(PyObject *self, PyObject *unused) {
  native *x = (native *)self;
  rcp_story_line line;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  size_t at = 0;
  (void)unused;
  if (!native_enter(x)) return NULL;
  WITHOUT_GIL(status = rcp_stories_final(x->handle, &error));
  PyObject *list = status ? native_fail(&error) : PyList_New(0);
  while (list && rcp_stories_changed(x->handle, &at, &line))
    if (!append(list, line_of(&line))) Py_CLEAR(list);
  native_leave(x);
  return list;
}

static PyMethodDef stories_methods[] = {
    {"add", stories_add, METH_VARARGS, "An article: (id, story, why)."},
    {"outline", stories_outline, METH_VARARGS, "What an article is about, as bytes."},
    {"place", stories_place, METH_VARARGS, "An outline: (id, story, why)."},
    {"final", stories_final, METH_NOARGS, "A look at all: the lines that change."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot stories_slots[] = {{Py_tp_new, stories_new}, {Py_tp_dealloc, native_dealloc}, {Py_tp_methods, stories_methods}, {Py_tp_doc, "As rcp_stories."}, {0, NULL}};
PyType_Spec stories_spec = {"recoupe._recoupe.Stories", sizeof(native), 0, Py_TPFLAGS_DEFAULT, stories_slots};
