/*
 * The stages of reuse for Python: bytes in, bytes out. recoupe.spark moves them about.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "native.h"

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

/* The views of a list of buffers; `buffers` has room for most. */
static Py_ssize_t views_of(PyObject *list, Py_buffer *buffers, rcp_str *views, Py_ssize_t most) {
  Py_ssize_t n = PyList_Check(list) ? PyList_Size(list) : -1, i = 0;
  if (n < 0 || n > most) return PyErr_Format(PyExc_TypeError, "a list of at most %zd readings is wanted", most), -1;
  for (; i < n && !PyObject_GetBuffer(PyList_GetItem(list, i), &buffers[i], PyBUF_SIMPLE); i++) views[i] = view_of(&buffers[i]);
  if (i == n) return n;
  while (i-- > 0) PyBuffer_Release(&buffers[i]);
  return -1;
}

enum { CANDIDATES = 8 };

static PyObject *stage_decide(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  Py_buffer b, buffers[CANDIDATES];
  rcp_str views[CANDIDATES];
  PyObject *list;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status;
  if (!PyArg_ParseTuple(args, "y*O", &b, &list)) return NULL;
  Py_ssize_t n = views_of(list, buffers, views, CANDIDATES);
  PyObject *made = NULL;
  if (n >= 0 && native_enter(x)) {
    WITHOUT_GIL(status = rcp_stage_decide(x->handle, view_of(&b), views, (size_t)n, &out, &error));
    native_leave(x);
    made = bytes_of(status, &out, &error);
  }
  for (Py_ssize_t i = 0; i < n; i++) PyBuffer_Release(&buffers[i]);
  PyBuffer_Release(&b);
  return made;
}

static PyObject *stage_resembles(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  Py_buffer a, b;
  bool does = false;
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  if (!PyArg_ParseTuple(args, "y*y*", &a, &b)) return NULL;
  bool entered = native_enter(x);
  if (entered) {
    WITHOUT_GIL(status = rcp_stage_resembles(x->handle, view_of(&a), view_of(&b), &does, &error));
    native_leave(x);
  }
  PyBuffer_Release(&a);
  PyBuffer_Release(&b);
  return !entered ? NULL : status ? native_fail(&error) : PyBool_FromLong(does);
}

static PyObject *stage_runs(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  Py_buffer reading;
  unsigned long long doc, leader;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  if (!PyArg_ParseTuple(args, "y*KK", &reading, &doc, &leader)) return NULL;
  bool entered = native_enter(x);
  if (entered) {
    WITHOUT_GIL(status = rcp_stage_runs(x->handle, view_of(&reading), doc, leader, &out, &error));
    native_leave(x);
  }
  PyBuffer_Release(&reading);
  return entered ? bytes_of(status, &out, &error) : NULL;
}

/* A copy that the library may sort. */
static void *copy_of(const Py_buffer *b) {
  void *p = malloc((size_t)b->len + 1);
  if (p) memcpy(p, b->buf, (size_t)b->len);
  else PyErr_NoMemory();
  return p;
}

static PyObject *stage_passages(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  Py_buffer a, b, anchors;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  if (!PyArg_ParseTuple(args, "y*y*y*", &a, &b, &anchors)) return NULL;
  rcp_stage_anchor *mine = copy_of(&anchors);
  bool entered = mine && native_enter(x);
  if (entered) {
    WITHOUT_GIL(status = rcp_stage_passages(x->handle, view_of(&a), view_of(&b), mine, (size_t)anchors.len / sizeof *mine, &out, &error));
    native_leave(x);
  }
  free(mine);
  PyBuffer_Release(&a);
  PyBuffer_Release(&b);
  PyBuffer_Release(&anchors);
  return entered ? bytes_of(status, &out, &error) : NULL;
}

static PyObject *stage_settle(PyObject *self, PyObject *args) {
  native *x = (native *)self;
  Py_buffer docs, anchors;
  PyObject *list, *made = NULL;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  if (!PyArg_ParseTuple(args, "y*Oy*", &docs, &list, &anchors)) return NULL;
  Py_ssize_t most = docs.len / (Py_ssize_t)sizeof(uint64_t), n = -1;
  Py_buffer *buffers = malloc(((size_t)most + 1) * sizeof *buffers);
  rcp_str *views = malloc(((size_t)most + 1) * sizeof *views);
  rcp_stage_anchor *mine = copy_of(&anchors);
  if (!buffers || !views) PyErr_NoMemory();
  else if (mine) n = views_of(list, buffers, views, most);
  if (n >= 0 && native_enter(x)) {
    WITHOUT_GIL(status = rcp_stage_settle(x->handle, docs.buf, views, (size_t)n, mine, (size_t)anchors.len / sizeof *mine, &out, &error));
    native_leave(x);
    made = bytes_of(status, &out, &error);
  }
  for (Py_ssize_t i = 0; i < n; i++) PyBuffer_Release(&buffers[i]);
  free(mine);
  free(views);
  free(buffers);
  PyBuffer_Release(&docs);
  PyBuffer_Release(&anchors);
  return made;
}

static PyMethodDef stage_methods[] = {
    {"read", stage_read, METH_VARARGS, "id, text: a reading."},
    {"read_record", stage_read_record, METH_VARARGS, "name, line of JSONL: a reading."},
    {"read_article", stage_read_article, METH_VARARGS, "An article that was read: a reading."},
    {"decide", stage_decide, METH_VARARGS, "A reading and those chosen for it: links."},
    {"resembles", stage_resembles, METH_VARARGS, "Would these two readings be near-duplicates?"},
    {"runs", stage_runs, METH_VARARGS, "A reading, its number and its leader's: runs."},
    {"passages", stage_passages, METH_VARARGS, "Two readings and their anchors: no link or one."},
    {"settle", stage_settle, METH_VARARGS, "Numbers, ascending; their readings; anchors of any: pairs and links."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot stage_slots[] = {{Py_tp_new, stage_new}, {Py_tp_dealloc, native_dealloc}, {Py_tp_methods, stage_methods},
                                    {Py_tp_doc, "The steps of reuse taken apart; as rcp_stage."}, {0, NULL}};
PyType_Spec stage_spec = {"recoupe._recoupe.Stage", sizeof(native), 0, Py_TPFLAGS_DEFAULT, stage_slots};

/* ----------------------------------------------------------------------------------------------------------- arrays */

/* Keys and sketch of a reading. */
static PyObject *keys(PyObject *module, PyObject *args) {
  rcp_stage_key found[RCP_STAGE_KEYS];
  rcp_stage_sketch sketch;
  Py_buffer reading;
  unsigned long long doc;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*K", &reading, &doc)) return NULL;
  size_t n = rcp_stage_keys(view_of(&reading), doc, found, &sketch);
  PyBuffer_Release(&reading);
  return Py_BuildValue("(y#y#)", (char *)found, (Py_ssize_t)(n * sizeof *found), (char *)&sketch, (Py_ssize_t)sizeof sketch);
}

static PyObject *id_of(PyObject *module, PyObject *args) {
  Py_buffer reading;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*", &reading)) return NULL;
  rcp_str id = rcp_stage_id(view_of(&reading));
  PyObject *made = native_str(id);
  PyBuffer_Release(&reading);
  return made;
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
static rcp_status join_runs_of(void *p, size_t n, rcp_buffer *out, rcp_error *error) { return rcp_stage_join_runs(p, n, out, error); }
static rcp_status components_of(void *p, size_t n, rcp_buffer *out, rcp_error *error) { return rcp_stage_components(p, n, out, error); }

static PyObject *join_keys(PyObject *module, PyObject *args) { (void)module; return of_array(args, sizeof(rcp_stage_key), join_keys_of); }
static PyObject *join_runs(PyObject *module, PyObject *args) { (void)module; return of_array(args, sizeof(rcp_stage_run), join_runs_of); }
static PyObject *components(PyObject *module, PyObject *args) { (void)module; return of_array(args, sizeof(rcp_stage_pair), components_of); }

static PyObject *thin_runs(PyObject *module, PyObject *args) {
  Py_buffer in;
  size_t n = 0;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*", &in)) return NULL;
  rcp_stage_run *mine = copy_of(&in);
  if (mine) WITHOUT_GIL(n = rcp_stage_thin_runs(mine, (size_t)in.len / sizeof *mine));
  PyBuffer_Release(&in);
  PyObject *made = mine ? PyBytes_FromStringAndSize((char *)mine, (Py_ssize_t)(n * sizeof *mine)) : NULL;
  free(mine);
  return made;
}

static PyObject *choose(PyObject *module, PyObject *args) {
  Py_buffer met, sketches;
  rcp_buffer out = {NULL, 0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  (void)module;
  if (!PyArg_ParseTuple(args, "y*y*", &met, &sketches)) return NULL;
  rcp_stage_met *m = copy_of(&met);
  rcp_stage_sketch *s = m ? copy_of(&sketches) : NULL;
  if (s) WITHOUT_GIL(status = rcp_stage_choose(m, (size_t)met.len / sizeof *m, s, (size_t)sketches.len / sizeof *s, &out, &error));
  PyBuffer_Release(&met);
  PyBuffer_Release(&sketches);
  PyObject *made = s ? bytes_of(status, &out, &error) : NULL;
  free(m);
  free(s);
  return made;
}

PyMethodDef stage_functions[] = {
    {"stage_keys", keys, METH_VARARGS, "A reading and its number: its keys, its sketch."},
    {"stage_id", id_of, METH_VARARGS, "The id in a reading."},
    {"stage_join_keys", join_keys, METH_VARARGS, "Keys: candidates."},
    {"stage_choose", choose, METH_VARARGS, "Candidates met, sketches: pairs."},
    {"stage_components", components, METH_VARARGS, "Pairs: pairs of first article and article."},
    {"stage_thin_runs", thin_runs, METH_VARARGS, "Runs: those that matter."},
    {"stage_join_runs", join_runs, METH_VARARGS, "Runs: anchors."},
    {NULL, NULL, 0, NULL}};
