/*
 * The extension module recoupe._recoupe: the engine, articles, readers, dossiers.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "native.h"

PyTypeObject *native_types[N_KINDS];

/* ---------------------------------------------------------------------------------------------------------- common */

bool native_enter(native *x) {
  if (x->is_busy) return PyErr_SetString(PyExc_RuntimeError, "another thread is using this object"), false;
  return x->is_busy = true;
}

static void free_handle(native_kind kind, void *handle) {
  switch (kind) {
    case ENGINE: rcp_engine_free(handle); break;
    case READER: rcp_reader_free(handle); break;
    case ARTICLE: rcp_article_free(handle); break;
    case DOSSIER: rcp_dossier_free(handle); break;
    case REUSE: rcp_reuse_free(handle); break;
    case STORIES: rcp_stories_free(handle); break;
    case STAGE: rcp_stage_free(handle); break;
    case N_KINDS: break;
  }
}

PyObject *native_wrap(native_kind kind, void *handle, PyObject *keeps) {
  native *x = (native *)PyType_GenericAlloc(native_types[kind], 0);
  if (!x) return free_handle(kind, handle), NULL;
  x->handle = handle;
  x->keeps = keeps;
  Py_XINCREF(keeps);
  return (PyObject *)x;
}

void native_dealloc(PyObject *self) {
  native *x = (native *)self;
  PyTypeObject *type = Py_TYPE(self);
  for (int kind = 0; kind < N_KINDS; kind++)
    if (type == native_types[kind]) free_handle((native_kind)kind, x->handle);
  Py_XDECREF(x->keeps);
  PyObject_Free(self);
  Py_DECREF(type);
}

PyObject *native_fail(const rcp_error *error) {
  PyObject *module = PyImport_ImportModule("recoupe.errors");
  PyObject *made = module ? PyObject_CallMethod(module, "made_of", "iNKN", (int)error->code,
                                                native_str((rcp_str){error->source, strlen(error->source)}),
                                                (unsigned long long)error->offset,
                                                native_str((rcp_str){error->text, strlen(error->text)})) : NULL;
  if (made) PyErr_SetObject((PyObject *)Py_TYPE(made), made);
  Py_XDECREF(made);
  Py_XDECREF(module);
  return NULL;
}

PyObject *native_str(rcp_str s) {
  if (!s.p) Py_RETURN_NONE;
  return PyUnicode_DecodeUTF8(s.p, (Py_ssize_t)s.n, "replace");
}

int native_text(PyObject *o, void *out) {
  rcp_str *s = out;
  Py_ssize_t n = 0;
  char *bytes = NULL;
  *s = (rcp_str){NULL, 0};
  if (o == Py_None) return 1;
  if (PyBytes_Check(o) && !PyBytes_AsStringAndSize(o, &bytes, &n)) s->p = bytes;
  else if (PyUnicode_Check(o)) s->p = PyUnicode_AsUTF8AndSize(o, &n);
  else if (!PyErr_Occurred()) PyErr_Format(PyExc_TypeError, "text is wanted, not %R", (PyObject *)Py_TYPE(o));
  s->n = (size_t)n;
  return s->p != NULL;
}

int native_chars(PyObject *o, void *out) {
  rcp_str s;
  if (!native_text(o, &s)) return 0;
  if (s.p && strlen(s.p) != s.n) return PyErr_SetString(PyExc_ValueError, "embedded null character"), 0;
  *(const char **)out = s.p;
  return 1;
}

bool native_names_get(PyObject *list, native_names *out) {
  Py_ssize_t n = PyList_Check(list) ? PyList_Size(list) : -1;
  out->n = n < 0 ? 0 : (size_t)n;
  out->p = PyMem_Calloc(out->n + 1, sizeof *out->p);
  if (n < 0) PyErr_SetString(PyExc_TypeError, "a list of names is wanted");
  else if (!out->p) PyErr_NoMemory();
  for (size_t i = 0; out->p && !PyErr_Occurred() && i < out->n; i++)
    if (native_chars(PyList_GetItem(list, (Py_ssize_t)i), &out->p[i]) && !out->p[i])
      PyErr_SetString(PyExc_TypeError, "a name can't be None");
  if (!PyErr_Occurred()) return true;
  PyMem_Free(out->p);
  return false;
}

/* ---------------------------------------------------------------------------------------------------------- engine */

static PyObject *engine_new(PyTypeObject *type, PyObject *args, PyObject *named) {
  static char *names[] = {"published", "story_date", "language", "lang_dir", "meta", "corrections", "locale", "input", "threads",
                          "max_article", "max_telling", NULL};
  rcp_options o;
  rcp_error error = {.code = RCP_OK};
  rcp_engine *engine = NULL;
  rcp_status status;
  int kind = RCP_INPUT_AUTO;
  Py_ssize_t most[2] = {0, 0};
  (void)type;
  rcp_options_init(&o);
  if (!PyArg_ParseTupleAndKeywords(args, named, "|O&O&O&O&O&O&O&iInn", names, native_chars, &o.published, native_chars, &o.story_date,
                                   native_chars, &o.language, native_chars, &o.lang_dir, native_chars, &o.meta, native_chars,
                                   &o.corrections, native_chars, &o.locale, &kind, &o.threads, &most[0], &most[1]))
    return NULL;
  o.input = (rcp_input)kind;
  o.max_article = (size_t)most[0];
  o.max_telling = (size_t)most[1];
  WITHOUT_GIL(status = rcp_engine_new(&o, &engine, &error));
  return status ? native_fail(&error) : native_wrap(ENGINE, engine, NULL);
}

static PyType_Slot engine_slots[] = {{Py_tp_new, engine_new}, {Py_tp_dealloc, native_dealloc}, {Py_tp_doc, "Tables and options; any thread may use it."}, {0, NULL}};
PyType_Spec engine_spec = {"recoupe._recoupe.Engine", sizeof(native), 0, Py_TPFLAGS_DEFAULT, engine_slots};

/* -------------------------------------------------------------------------------------------------------- articles */

static PyObject *article_new(PyTypeObject *type, PyObject *args, PyObject *named) {
  static char *names[] = {"engine", "source", "data", NULL};
  native *engine;
  rcp_str source;
  Py_buffer data;
  rcp_article *article = NULL;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  (void)type;
  if (!PyArg_ParseTupleAndKeywords(args, named, "O!O&y*", names, native_types[ENGINE], &engine, native_text, &source, &data)) return NULL;
  rcp_str bytes = {data.buf ? data.buf : "", (size_t)data.len};
  WITHOUT_GIL(status = rcp_article_new(engine->handle, source, bytes, &article, &error));
  PyBuffer_Release(&data);
  return status ? native_fail(&error) : native_wrap(ARTICLE, article, (PyObject *)engine);
}

static PyObject *article_write(native *self, rcp_format format) {
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!native_enter(self)) return NULL;
  WITHOUT_GIL(status = rcp_article_write(self->handle, format, &out, &error));
  native_leave(self);
  PyObject *made = status ? native_fail(&error) : native_str((rcp_str){out.p ? out.p : "", out.n});
  rcp_buffer_release(&out);
  return made;
}

static PyObject *article_json(PyObject *self, PyObject *unused) {
  (void)unused;
  return article_write((native *)self, RCP_FORMAT_JSON);
}

static PyObject *article_text(PyObject *self, PyObject *unused) {
  (void)unused;
  return article_write((native *)self, RCP_FORMAT_TEXT);
}

static PyMethodDef article_methods[] = {
    {"json", article_json, METH_NOARGS, "The line that `recoupe extract` writes of it."},
    {"text", article_text, METH_NOARGS, "For people: head and own words."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot article_slots[] = {{Py_tp_new, article_new}, {Py_tp_dealloc, native_dealloc}, {Py_tp_methods, article_methods},
                                      {Py_tp_doc, "One article from bytes of any kind that a file may hold."}, {0, NULL}};
PyType_Spec article_spec = {"recoupe._recoupe.Article", sizeof(native), 0, Py_TPFLAGS_DEFAULT, article_slots};

/* --------------------------------------------------------------------------------------------------------- readers */

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *named) {
  static char *names[] = {"engine", "inputs", NULL};
  native *engine;
  PyObject *list;
  native_names inputs;
  rcp_reader *reader = NULL;
  rcp_error error = {.code = RCP_OK};
  (void)type;
  if (!PyArg_ParseTupleAndKeywords(args, named, "O!O", names, native_types[ENGINE], &engine, &list)) return NULL;
  if (!native_names_get(list, &inputs)) return NULL;
  rcp_status status = rcp_reader_new(engine->handle, inputs.p, inputs.n, &reader, &error);
  PyMem_Free(inputs.p);
  return status ? native_fail(&error) : native_wrap(READER, reader, (PyObject *)engine);
}

static PyObject *reader_next(PyObject *self, PyObject *unused) {
  native *x = (native *)self;
  rcp_article *article = NULL;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  (void)unused;
  if (!native_enter(x)) return NULL;
  WITHOUT_GIL(status = rcp_reader_next(x->handle, &article, &error));
  native_leave(x);
  if (status == RCP_END) Py_RETURN_NONE;
  return status ? native_fail(&error) : native_wrap(ARTICLE, article, x->keeps);
}

static PyMethodDef reader_methods[] = {{"next", reader_next, METH_NOARGS, "The next article, None at the end; after an exception it goes on behind."}, {NULL, NULL, 0, NULL}};
static PyType_Slot reader_slots[] = {{Py_tp_new, reader_new}, {Py_tp_dealloc, native_dealloc}, {Py_tp_methods, reader_methods},
                                     {Py_tp_doc, "Articles out of files, folders and URLs."}, {0, NULL}};
PyType_Spec reader_spec = {"recoupe._recoupe.Reader", sizeof(native), 0, Py_TPFLAGS_DEFAULT, reader_slots};

/* -------------------------------------------------------------------------------------------------------- dossiers */

static PyObject *compare_files(PyObject *module, PyObject *args) {
  native *engine;
  PyObject *list;
  native_names inputs;
  rcp_dossier *dossier = NULL;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  (void)module;
  if (!PyArg_ParseTuple(args, "O!O", native_types[ENGINE], &engine, &list) || !native_names_get(list, &inputs)) return NULL;
  WITHOUT_GIL(status = rcp_compare_files(engine->handle, inputs.p, inputs.n, &dossier, &error));
  PyMem_Free(inputs.p);
  return status ? native_fail(&error) : native_wrap(DOSSIER, dossier, (PyObject *)engine);
}

/* The articles are at work while they are compared; enters all or none. */
static bool enter_all(PyObject *tuple, rcp_article **out) {
  Py_ssize_t n = PyTuple_Size(tuple), i = 0;
  for (; i < n; i++) {
    native *x = (native *)PyTuple_GetItem(tuple, i);
    if (Py_TYPE((PyObject *)x) != native_types[ARTICLE]) PyErr_SetString(PyExc_TypeError, "not an article");
    if (PyErr_Occurred() || !native_enter(x)) break;
    out[i] = x->handle;
  }
  if (i == n) return true;
  while (i-- > 0) native_leave((native *)PyTuple_GetItem(tuple, i));
  return false;
}

static PyObject *compare_articles(PyObject *module, PyObject *args) {
  native *engine;
  PyObject *tuple;
  rcp_dossier *dossier = NULL;
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  (void)module;
  if (!PyArg_ParseTuple(args, "O!O!", native_types[ENGINE], &engine, &PyTuple_Type, &tuple)) return NULL;
  size_t n = (size_t)PyTuple_Size(tuple);
  rcp_article **articles = PyMem_Calloc(n + 1, sizeof *articles);
  if (!articles) return PyErr_NoMemory();
  if (!enter_all(tuple, articles)) return PyMem_Free(articles), NULL;
  WITHOUT_GIL(status = rcp_compare(engine->handle, articles, n, &dossier, &error));
  for (size_t i = 0; i < n; i++) native_leave((native *)PyTuple_GetItem(tuple, (Py_ssize_t)i));
  PyMem_Free(articles);
  if (status) return native_fail(&error);
  PyObject *keeps = Py_BuildValue("(OO)", engine, tuple);
  PyObject *made = keeps ? native_wrap(DOSSIER, dossier, keeps) : (rcp_dossier_free(dossier), NULL);
  Py_XDECREF(keeps);
  return made;
}

static PyObject *dossier_write(PyObject *self, PyObject *args, PyObject *named) {
  static char *names[] = {"format", "width", "color", "explain", "all", NULL};
  native *x = (native *)self;
  int format, color = 0, all = 0;
  rcp_write_options o = {.width = 0};
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTupleAndKeywords(args, named, "i|IpO&p", names, &format, &o.width, &color, native_chars, &o.explain, &all)) return NULL;
  o.color = color;
  o.all = all;
  if (!native_enter(x)) return NULL;
  WITHOUT_GIL(status = rcp_dossier_write(x->handle, (rcp_format)format, &o, &out, &error));
  native_leave(x);
  PyObject *made = status ? native_fail(&error) : native_str((rcp_str){out.p ? out.p : "", out.n});
  rcp_buffer_release(&out);
  return made;
}

static PyMethodDef dossier_methods[] = {{"write", (PyCFunction)(void (*)(void))dossier_write, METH_VARARGS | METH_KEYWORDS, "As rcp_dossier_write."}, {NULL, NULL, 0, NULL}};
static PyType_Slot dossier_slots[] = {{Py_tp_dealloc, native_dealloc}, {Py_tp_methods, dossier_methods}, {Py_tp_doc, "What compare_files and compare_articles give."}, {0, NULL}};
PyType_Spec dossier_spec = {"recoupe._recoupe.Dossier", sizeof(native), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, dossier_slots};

/* ---------------------------------------------------------------------------------------------------------- module */

static PyObject *version(PyObject *module, PyObject *unused) {
  (void)module, (void)unused;
  return PyUnicode_FromString(rcp_version());
}

static PyObject *reuse_settings(PyObject *module, PyObject *unused) {
  (void)module, (void)unused;
  return PyUnicode_FromString(rcp_reuse_settings());
}

static PyMethodDef functions[] = {
    {"compare_files", compare_files, METH_VARARGS, "As rcp_compare_files."},
    {"compare_articles", compare_articles, METH_VARARGS, "As rcp_compare, of a tuple of articles."},
    {"version", version, METH_NOARGS, "Of the library."},
    {"reuse_settings", reuse_settings, METH_NOARGS, "One line that says what reuse measures and how."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_recoupe", "librecoupe as it is; use the package recoupe.", -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__recoupe(void) {
  static PyType_Spec *const specs[N_KINDS] = {&engine_spec, &reader_spec, &article_spec, &dossier_spec, &reuse_spec, &stories_spec, &stage_spec};
  PyObject *module = PyModule_Create(&definition);
  for (int i = 0; module && i < N_KINDS; i++) {
    native_types[i] = (PyTypeObject *)PyType_FromSpec(specs[i]);
    if (!native_types[i] || PyModule_AddType(module, native_types[i])) Py_CLEAR(module);
  }
  if (module && PyModule_AddFunctions(module, stage_functions)) Py_CLEAR(module);
  return module;
}
