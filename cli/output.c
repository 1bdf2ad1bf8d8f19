/*
 * What leaves the command: results on standard output or in a file, messages on standard error.
 *
 * Names and messages may hold words of others (a file's name, a page's charset): control characters are shown as '?', so
 * that no input can write to the terminal.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static void put_harmless(const char *p, size_t n) {
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)p[i];
    bool is_c1 = c == 0xC2 && i + 1 < n && (unsigned char)p[i + 1] >= 0x80 && (unsigned char)p[i + 1] < 0xA0;
    putc(c < 0x20 || c == 0x7F || is_c1 ? '?' : c, stderr);
    if (is_c1) i++;
  }
}

void cli_message(const char *source, size_t n_source, const char *text, size_t n_text) {
  fputs("recoupe: ", stderr);
  if (n_source) put_harmless(source, n_source), fputs(": ", stderr);
  put_harmless(text, n_text);
  putc('\n', stderr);
}

void cli_error(const rcp_error *error) {
  cli_message(error->source, strlen(error->source), error->text, strlen(error->text));
}

bool cli_is_terminal(const cli_options *options) {
  return !options->output && isatty(STDOUT_FILENO);
}

unsigned cli_width(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col) return size.ws_col;
  const char *columns = getenv("COLUMNS");
  unsigned long n = columns ? strtoul(columns, NULL, 10) : 0;
  return n && n < 1000 ? (unsigned)n : 0;
}

bool cli_has_color(const cli_options *options) {
  const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
  if (options->color >= 0) return options->color;
  return cli_is_terminal(options) && !(no && *no) && !(term && !strcmp(term, "dumb"));
}

/* The language of "fr_FR.UTF-8"; nothing of "C" and "POSIX". */
static bool take_language(const char *value, char out[4]) {
  size_t n = 0;
  while ((value[n] >= 'a' && value[n] <= 'z') || (value[n] >= 'A' && value[n] <= 'Z')) n++;
  if (n < 2 || n > 3) return false;
  memcpy(out, value, n);
  out[n] = 0;
  return true;
}

void cli_set_locale(cli_options *options) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  if (options->engine.locale) return;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (!value || !*value) continue;
    if (take_language(value, options->locale)) options->engine.locale = options->locale;
    return;
  }
}

static int failed(const char *name, int why) {
  fprintf(stderr, "recoupe: %s: %s\n", name, strerror(why));
  return EXIT_FAILED;
}

static bool write_all(int fd, const rcp_buffer *bytes) {
  for (size_t done = 0; done < bytes->n;) {
    ssize_t n = write(fd, bytes->p + done, bytes->n - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += (size_t)n;
  }
  return true;
}

/* What the file's permissions will be: those that it has, or those that any new file gets. */
static mode_t mode_of(const struct stat *st) {
  mode_t mask = umask(0);
  umask(mask);
  return st ? st->st_mode & 07777 : 0666 & ~mask;
}

/* Beside the file, then renamed over it: who reads it meanwhile sees the old one or the new one, whole. */
static int replace(const char *path, const struct stat *old, const rcp_buffer *bytes) {
  size_t n = strlen(path);
  char *beside = malloc(n + sizeof ".XXXXXX");
  if (!beside) return failed(path, ENOMEM);
  memcpy(beside, path, n);
  memcpy(beside + n, ".XXXXXX", sizeof ".XXXXXX");
  int fd = mkstemp(beside), why = errno;
  if (fd >= 0) {
    bool ok = write_all(fd, bytes) && fchmod(fd, mode_of(old)) == 0 && fsync(fd) == 0;
    why = errno;
    if (close(fd) && ok) ok = false, why = errno;
    if (ok && rename(beside, path)) ok = false, why = errno;
    if (!ok) unlink(beside);
    else why = 0;
  }
  free(beside);
  return why ? failed(path, why) : EXIT_FINE;
}

static bool is_standard(const cli_options *options) {
  return !options->output || !strcmp(options->output, "-");
}

int cli_output_failed(const cli_options *options) {
  return failed(is_standard(options) ? "standard output" : options->output, errno);
}

FILE *cli_open(const cli_options *options) {
  FILE *out = is_standard(options) ? stdout : fopen(options->output, "wb");
  if (!out) cli_output_failed(options);
  return out;
}

int cli_close(const cli_options *options, FILE *out, int exit_status) {
  bool is_whole = out == stdout ? !fflush(out) && !ferror(out) : !fclose(out);
  return is_whole || exit_status == EXIT_FAILED ? exit_status : cli_output_failed(options);
}

int cli_write(const cli_options *options, const rcp_buffer *bytes) {
  struct stat st;
  if (is_standard(options))
    return write_all(STDOUT_FILENO, bytes) ? EXIT_FINE : failed("standard output", errno);
  bool exists = stat(options->output, &st) == 0;
  if (exists && !S_ISREG(st.st_mode)) {   /* a device or a pipe has no "whole or not at all" */
    FILE *f = fopen(options->output, "wb");
    bool ok = f && fwrite(bytes->p ? bytes->p : "", 1, bytes->n, f) == bytes->n;
    if (f && fclose(f)) ok = false;
    return ok ? EXIT_FINE : failed(options->output, errno);
  }
  char *path = exists ? realpath(options->output, NULL) : NULL;   /* a link stays a link */
  int exit_status = replace(path ? path : options->output, exists ? &st : NULL, bytes);
  free(path);
  return exit_status;
}
