/* Runs a fuzz target over files and folders: what a fuzzer once found stays found. SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static int run_file(const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) return fprintf(stderr, "%s: can't be read\n", path), 1;
  static unsigned char bytes[8 << 20];
  size_t n = fread(bytes, 1, sizeof bytes, f);
  fclose(f);
  unsigned char *copy = malloc(n ? n : 1); /* exactly n, so that a sanitizer sees a read past the end */
  if (!copy) return 1;
  memcpy(copy, bytes, n);
  LLVMFuzzerTestOneInput(copy, n);
  free(copy);
  return 0;
}

static int run_folder(const char *path) {
  DIR *d = opendir(path);
  int n = 0, failed = 0;
  for (struct dirent *e; d && (e = readdir(d));) {
    char file[4096];
    if (e->d_name[0] == '.') continue;
    snprintf(file, sizeof file, "%s/%s", path, e->d_name);
    failed |= run_file(file);
    n++;
  }
  if (d) closedir(d);
  printf("%d files\n", n);
  return failed || n == 0;
}

int main(int argc, char **argv) {
  int failed = argc < 2;
  for (int i = 1; i < argc; i++) {
    struct stat st;
    failed |= stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode) ? run_folder(argv[i]) : run_file(argv[i]);
  }
  return failed;
}
