/*
 * native.h - what the files of the extension module share: Python objects around the handles of recoupe.h.
 *
 * Why an extension and no cffi: it needs nothing at run time, so a wheel unpacked on a cluster's executor is enough, and
 * with Python's stable ABI one wheel serves 3.11 and all later ones. It is thin on purpose: handles in, tuples and
 * strings out; dataclasses, iterators and tables are Python (the .py files beside this one).
 *
 * A handle belongs to one thread at a time (recoupe.h), and the GIL is released around all work. So each object carries a
 * mark that it is at work, set and read under the GIL: a second thread gets a RuntimeError and no torn state.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_PYTHON_NATIVE_H
#define RECOUPE_PYTHON_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <recoupe.h>
#include <string.h>

/* The head of every object: what it works on, whom it keeps alive. */
typedef struct native { PyObject_HEAD void *handle; PyObject *keeps; bool is_busy; } native;

/* One of each, made when the module is loaded. */
typedef enum native_kind { ENGINE, READER, ARTICLE, DOSSIER, REUSE, STORIES, STAGE, N_KINDS } native_kind;
extern PyTypeObject *native_types[N_KINDS];

/* Marks it as at work; false with a RuntimeError when it is already. */
bool native_enter(native *x);
static inline void native_leave(native *x) { x->is_busy = false; }
/* A new object of a kind around a handle, which keeps `keeps` alive; on failure the handle is freed. */
PyObject *native_wrap(native_kind kind, void *handle, PyObject *keeps);

void native_dealloc(PyObject *self);

/* NULL with the exception that recoupe.errors makes of it. */
PyObject *native_fail(const rcp_error *error);
/* None where not stated. */
PyObject *native_str(rcp_str s);
/* O& converters. UTF-8 of a str, or the bytes of a bytes (names of files), or NULL for None: good while the object is. */
int native_text(PyObject *o, void *out);
int native_chars(PyObject *o, void *out);

/* Names of inputs as C has them. */
typedef struct native_names { const char **p; size_t n; } native_names;
bool native_names_get(PyObject *list, native_names *out);

extern PyType_Spec engine_spec, reader_spec, article_spec, dossier_spec, reuse_spec, stories_spec, stage_spec;
extern PyMethodDef stage_functions[];

#define WITHOUT_GIL(work) do { Py_BEGIN_ALLOW_THREADS work; Py_END_ALLOW_THREADS } while (0)

#endif
