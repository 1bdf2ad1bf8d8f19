/* Each test enters the cage in a process of its own, since nothing leaves it. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "recoupe.h"

enum { NOT_HELD = 77 };

static char place[64], given[96], other[96], link_to_other[96], fresh[96], folder[96];

static int make_files(void **state) {
  (void)state;
  strcpy(place, "/tmp/recoupe-cage-XXXXXX");
  if (!mkdtemp(place)) return -1;
  snprintf(given, sizeof given, "%s/given", place);
  snprintf(other, sizeof other, "%s/other", place);
  snprintf(folder, sizeof folder, "%s/folder", place);
  snprintf(link_to_other, sizeof link_to_other, "%s/folder/link", place);
  snprintf(fresh, sizeof fresh, "%s/fresh", place);
  if (mkdir(folder, 0700) || symlink("../other", link_to_other)) return -1;
  for (const char **p = (const char *[]){given, other, NULL}; *p; p++) {
    FILE *f = fopen(*p, "w");
    if (!f || fputs("text", f) < 0 || fclose(f)) return -1;
  }
  return 0;
}

static int remove_files(void **state) {
  (void)state;
  unlink(link_to_other), rmdir(folder), unlink(given), unlink(other), unlink(fresh);
  return rmdir(place);
}

/* Runs `work` in a caged process; what it returns, or NOT_HELD when the kernel lacks the doors in `wants`. */
static int in_cage(rcp_cage cage, unsigned wants, int (*work)(void)) {
  pid_t child = fork();
  if (child == 0) {
    unsigned held = 0;
    if (rcp_cage_enter(&cage, &held, NULL)) _exit(99);
    _exit((held & wants) == wants ? work() : NOT_HELD);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

#define IN_CAGE(cage, wants, work) do { \
    int found_ = in_cage((cage), (wants), (work)); \
    if (found_ == NOT_HELD) print_message("not held by this kernel, or left out of this build\n"); \
    else assert_int_equal(found_, 0); \
  } while (0)

static bool opens(const char *path, int flags) {
  int fd = open(path, flags, 0600);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

static int try_files(void) {
  if (!opens(given, O_RDONLY)) return 1;
  if (opens(given, O_WRONLY)) return 2;
  if (opens(other, O_RDONLY)) return 3;
  if (errno != EACCES) return 4;
  if (opens(fresh, O_WRONLY | O_CREAT)) return 5;
  if (unlink(other) == 0) return 6;
  if (!opens("/dev/null", O_WRONLY)) return 7;
  return opens("/etc/passwd", O_RDONLY) ? 8 : 0;
}

static void test_only_the_named_file_can_be_read(void **state) {
  (void)state;
  const char *reads[] = {given, "/no/such/file"};
  IN_CAGE(((rcp_cage){.reads = reads, .n_reads = 2}), RCP_CAGE_FILES, try_files);
}

static int try_link(void) {
  return opens(link_to_other, O_RDONLY) ? opens(given, O_RDONLY) : 1;
}

static void test_links_in_a_named_folder_are_followed(void **state) {
  (void)state;
  const char *reads[] = {folder};
  IN_CAGE(((rcp_cage){.reads = reads, .n_reads = 1}), RCP_CAGE_FILES, try_link);
}

static int try_writing(void) {
  char beside[128];
  snprintf(beside, sizeof beside, "%s.new", fresh);
  if (!opens(beside, O_WRONLY | O_CREAT | O_TRUNC)) return 1;
  if (rename(beside, fresh)) return 2;
  return opens("/tmp/recoupe-cage-elsewhere", O_WRONLY | O_CREAT) ? 3 : 0;
}

static void test_a_folder_to_write_in(void **state) {
  (void)state;
  const char *writes[] = {place};
  IN_CAGE(((rcp_cage){.writes = writes, .n_writes = 1}), RCP_CAGE_FILES, try_writing);
}

static void *add_one(void *n) {
  ++*(int *)n;
  return NULL;
}

static int try_calls(void) {
  pthread_t thread;
  int n = 0;
  if (socket(AF_INET, SOCK_STREAM, 0) >= 0) return 1;
  if (fork() >= 0) return 2;
  execl("/bin/true", "true", (char *)NULL);
  if (mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) return 3;
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return 4;
  if (mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0) return 5;
  if (pthread_create(&thread, NULL, add_one, &n) || pthread_join(thread, NULL) || n != 1) return 6;
  return 0;
}

static void test_no_program_no_new_code_no_socket(void **state) {
  (void)state;
  IN_CAGE(((rcp_cage){.n_reads = 0}), RCP_CAGE_CALLS, try_calls);
}

static int listening = -1;

static int try_serving(void) {
  struct sockaddr_in from;
  socklen_t n = sizeof from;
  if (getsockname(listening, (struct sockaddr *)&from, &n)) return 1;
  if (accept4(listening, NULL, NULL, SOCK_NONBLOCK) >= 0 || errno != EAGAIN) return 2;
  return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 3 : 0;
}

static void test_a_server_answers_and_calls_nobody(void **state) {
  (void)state;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listening < 0 || bind(listening, (struct sockaddr *)&at, sizeof at) || listen(listening, 1)) return;
  IN_CAGE(((rcp_cage){.serves = true}), RCP_CAGE_CALLS, try_serving);
  close(listening);
}

static int compare_two(void) {
  rcp_engine *engine;
  rcp_article *articles[2];
  rcp_dossier *dossier;
  rcp_buffer out = {0};
  static const char *const texts[] = {"Le bac est arrêté mardi, selon la mairie.", "Le bac a été arrêté mardi."};
  if (rcp_engine_new(NULL, &engine, NULL)) return 1;
  for (int i = 0; i < 2; i++)
    if (rcp_article_new(engine, (rcp_str){i ? "b" : "a", 1}, (rcp_str){texts[i], strlen(texts[i])}, &articles[i], NULL)) return 2;
  if (rcp_compare(engine, articles, 2, &dossier, NULL)) return 3;
  for (int format = RCP_FORMAT_TEXT; format <= RCP_FORMAT_JSONLD; format++) {
    if (rcp_dossier_write(dossier, (rcp_format)format, NULL, &out, NULL)) return 4;
    rcp_buffer_release(&out);
  }
  return 0;
}

static void test_a_comparison_needs_nothing_else(void **state) {
  (void)state;
  IN_CAGE(((rcp_cage){.n_reads = 0}), RCP_CAGE_FILES | RCP_CAGE_CALLS, compare_two);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_only_the_named_file_can_be_read, make_files, remove_files),
      cmocka_unit_test_setup_teardown(test_links_in_a_named_folder_are_followed, make_files, remove_files),
      cmocka_unit_test_setup_teardown(test_a_folder_to_write_in, make_files, remove_files),
      cmocka_unit_test(test_no_program_no_new_code_no_socket),
      cmocka_unit_test(test_a_server_answers_and_calls_nobody),
      cmocka_unit_test(test_a_comparison_needs_nothing_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
