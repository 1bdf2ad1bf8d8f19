/* SPDX-License-Identifier: Apache-2.0 */
#include "vault.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>

enum { MOST_SESSIONS = 32, SESSION_SECONDS = 8 * 3600, MOST_WRONG = 10, WRONG_SECONDS = 60 };

typedef struct session { char id[SERVE_KEY + 1], key[SERVE_KEY + 1]; time_t opened; } session;

struct serve_vault {
  pthread_mutex_t lock;
  char *token;
  session sessions[MOST_SESSIONS];   /* id empty: free */
  unsigned n_wrong;
  time_t wrong_since;
};

static bool make_key(char out[SERVE_KEY + 1]) {
  static const char digits[] = "0123456789abcdef";
  unsigned char raw[SERVE_KEY / 2];
  if (getrandom(raw, sizeof raw, 0) != (ssize_t)sizeof raw) return false;
  for (size_t i = 0; i < sizeof raw; i++) out[2 * i] = digits[raw[i] >> 4], out[2 * i + 1] = digits[raw[i] & 15];
  out[SERVE_KEY] = 0;
  return true;
}

serve_vault *serve_vault_new(const char *token) {
  serve_vault *v = calloc(1, sizeof *v);
  if (!v) return NULL;
  v->token = strdup(token);
  if (!v->token || pthread_mutex_init(&v->lock, NULL)) return free(v->token), free(v), NULL;
  return v;
}

void serve_vault_free(serve_vault *v) {
  if (!v) return;
  pthread_mutex_destroy(&v->lock);
  explicit_bzero(v->token, strlen(v->token));
  free(v->token);
  free(v);
}

/* Time depends on the length of a, which the asker knows, and on nothing else. */
bool serve_same_secret(rcp_str a, rcp_str b) {
  unsigned char differs = a.n != b.n;
  for (size_t i = 0; i < a.n; i++) differs |= (unsigned char)(a.p[i] ^ (b.n ? b.p[i % b.n] : 1));
  return !differs;
}

serve_verdict serve_vault_check(serve_vault *v, rcp_str token, time_t now) {
  serve_verdict verdict = SERVE_TOO_MANY;
  pthread_mutex_lock(&v->lock);
  if (now - v->wrong_since >= WRONG_SECONDS) v->n_wrong = 0;
  if (v->n_wrong < MOST_WRONG) {
    verdict = serve_same_secret(token, serve_str(v->token)) ? SERVE_RIGHT : SERVE_WRONG;
    if (verdict == SERVE_WRONG && v->n_wrong++ == 0) v->wrong_since = now;
  }
  pthread_mutex_unlock(&v->lock);
  return verdict;
}

bool serve_vault_open(serve_vault *v, time_t now, char out[SERVE_KEY + 1]) {
  session fresh = {.opened = now};
  if (!make_key(fresh.id) || !make_key(fresh.key)) return false;
  pthread_mutex_lock(&v->lock);
  session *oldest = &v->sessions[0];
  for (size_t i = 0; i < MOST_SESSIONS; i++) {
    session *s = &v->sessions[i];
    if (!*s->id) {
      oldest = s;
      break;
    }
    if (s->opened < oldest->opened) oldest = s;
  }
  *oldest = fresh;
  pthread_mutex_unlock(&v->lock);
  memcpy(out, fresh.id, sizeof fresh.id);
  return true;
}

static session *find(serve_vault *v, const char *id) {
  session *found = NULL;
  for (size_t i = 0; i < MOST_SESSIONS; i++)
    if (*v->sessions[i].id && serve_same_secret(serve_str(id), serve_str(v->sessions[i].id))) found = &v->sessions[i];
  return found;
}

bool serve_vault_session(serve_vault *v, const char *id, time_t now, char key[SERVE_KEY + 1]) {
  pthread_mutex_lock(&v->lock);
  session *s = find(v, id);
  if (s && now - s->opened >= SESSION_SECONDS) *s->id = 0, s = NULL;
  if (s) memcpy(key, s->key, sizeof s->key);
  pthread_mutex_unlock(&v->lock);
  return s != NULL;
}

void serve_vault_close(serve_vault *v, const char *id) {
  pthread_mutex_lock(&v->lock);
  session *s = find(v, id);
  if (s) *s->id = 0;
  pthread_mutex_unlock(&v->lock);
}
