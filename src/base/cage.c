/*
 * Landlock takes a list of places with rights; all other places lose those rights. A right is tied to the file itself,
 * not to its name, so a named file that is a link, and links inside a named folder, are followed here: what they point to gets
 * the right too, as a reader of that folder would expect. A file that is not there yet can't be named; its folder must be.
 *
 * Seccomp takes a filter over the numbers of system calls. An allow list: what is not on it answers ENOSYS, as a kernel would
 * that never had it, so that libc falls back to older calls where it can (clone3 to clone) and fails cleanly where it can't
 * (execve). Nothing is killed: a call that a later libc makes and that is not listed here costs an error message, not a crash.
 *
 * Why not only one: seccomp can't see through pointers, so it can't tell files apart; landlock does not stop a socket or a
 * new program in a granted folder. Source: kernel documentation, userspace-api/landlock and seccomp_filter.
 * Known weakness: what is open already stays open (standard output, an archive), and folders that are written to (-o, an archive's,
 * for its journal) are granted whole.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/cage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"

#if defined(__linux__) && !defined(RCPI_NO_CAGE)
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* -------------------------------------------------------------------------------------------------------- landlock */

/* linux/landlock.h of the kernel that runs may know more than the one built with: its values, which never change. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, ASK_VERSION = 1, PATH_BENEATH = 1 };
enum {
  WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3, REMOVE_FILE = 1 << 5, MAKE_REG = 1 << 8, REFER = 1 << 13,
  TRUNCATE = 1 << 14,
  READS = READ_FILE | READ_DIR,
  WRITES = WRITE_FILE | REMOVE_FILE | MAKE_REG | REFER | TRUNCATE,
  OF_A_FILE = READ_FILE | WRITE_FILE | TRUNCATE,
};
typedef struct { uint64_t files, ports, scopes; } ruleset;
typedef struct __attribute__((packed)) { uint64_t rights; int32_t place; } rule;

/* What a version of landlock can forbid: all of it is forbidden. */
static size_t all_of(long version, ruleset *out) {
  const uint64_t n_files = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  *out = (ruleset){.files = (UINT64_C(1) << n_files) - 1, .ports = 3, .scopes = 3};
  return version >= 6 ? 24 : version >= 4 ? 16 : 8;
}

typedef struct walk { int rules; uint64_t rights; RCPI_VEC(rcp_str) folders; } walk;

/* A place that is not there, or that is no file (a pipe), needs no right: who opens it gets the system's own answer. */
static bool grant(walk *w, const char *path, uint64_t rights) {
  struct stat st;
  int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0) return false;
  bool is_folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
  rule r = {.rights = rights & (is_folder ? ~UINT64_C(0) : OF_A_FILE), .place = fd};
  syscall(ADD_RULE, w->rules, PATH_BENEATH, &r, 0);
  close(fd);
  return is_folder;
}

/* Links in a folder, at any depth. */
static void grant_links(rcpi_arena *a, walk *w, rcp_str top) {
  rcpi_push(a, &w->folders, top);
  while (w->folders.n) {
    rcp_str folder = w->folders.p[--w->folders.n];
    DIR *d = opendir(folder.p);
    for (struct dirent *e; d && (e = readdir(d));) {
      struct stat st;
      if (e->d_name[0] == '.' || e->d_type == DT_REG) continue;
      rcp_str path = rcpi_printf(a, "%s/%s", folder.p, e->d_name);
      if (lstat(path.p, &st)) continue;
      if (S_ISLNK(st.st_mode)) grant(w, path.p, w->rights);
      else if (S_ISDIR(st.st_mode)) rcpi_push(a, &w->folders, path);
    }
    if (d) closedir(d);
  }
}

/* What name look-up and TLS read. */
static const char *const network_files[] = {"/etc", "/usr/share/ca-certificates", "/usr/lib", "/lib", "/run/systemd/resolve"};

static bool close_files(rcpi_arena *a, const rcp_cage *cage) {
  long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
  if (version < 1) return false;
  ruleset all;
  size_t size = all_of(version, &all);
  if (cage->network) all.ports = 0, all.scopes = 0;
  walk w = {.rules = (int)syscall(CREATE_RULESET, &all, size, 0)};
  if (w.rules < 0) return false;
  w.rights = READS & all.files;
  for (size_t i = 0; i < cage->n_reads; i++)
    if (grant(&w, cage->reads[i], w.rights)) grant_links(a, &w, rcpi_cstr(cage->reads[i]));
  for (size_t i = 0; i < cage->n_writes; i++) grant(&w, cage->writes[i], (READS | WRITES) & all.files);
  grant(&w, "/dev/null", (READ_FILE | WRITE_FILE | TRUNCATE) & all.files);
  grant(&w, "/dev/urandom", READ_FILE);
  for (size_t i = 0; cage->network && i < sizeof network_files / sizeof *network_files; i++) grant(&w, network_files[i], w.rights);
  bool held = syscall(RESTRICT_SELF, w.rules, 0) == 0;
  close(w.rules);
  return held;
}

/* --------------------------------------------------------------------------------------------------------- seccomp */

#if defined(__x86_64__)
#define THIS_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef THIS_MACHINE
/* Reading, writing, memory, threads, time, waiting: what libc, ICU, SQLite and the thread pool do. */
static const int plain_calls[] = {
    SYS_read, SYS_readv, SYS_pread64, SYS_preadv, SYS_write, SYS_writev, SYS_pwrite64, SYS_pwritev, SYS_openat, SYS_close,
    SYS_fstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_lseek, SYS_faccessat, SYS_faccessat2, SYS_getdents64, SYS_getcwd,
    SYS_readlinkat, SYS_fcntl, SYS_flock, SYS_fsync, SYS_fdatasync, SYS_ftruncate, SYS_fallocate, SYS_fadvise64, SYS_renameat,
    SYS_renameat2, SYS_unlinkat, SYS_fchmod, SYS_fchown, SYS_umask, SYS_dup, SYS_dup3, SYS_pipe2, SYS_copy_file_range, SYS_sendfile,
    SYS_munmap, SYS_mremap, SYS_madvise, SYS_brk, SYS_msync, SYS_mincore, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn,
    SYS_rt_sigtimedwait, SYS_rt_sigsuspend, SYS_rt_sigpending, SYS_sigaltstack, SYS_restart_syscall, SYS_futex, SYS_set_robust_list,
    SYS_rseq, SYS_set_tid_address, SYS_gettid, SYS_getpid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_tgkill,
    SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_getparam, SYS_sched_getscheduler, SYS_membarrier, SYS_nanosleep,
    SYS_clock_nanosleep, SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_times, SYS_getrusage, SYS_getrandom, SYS_uname,
    SYS_sysinfo, SYS_ppoll, SYS_pselect6, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2, SYS_timerfd_create,
    SYS_timerfd_settime, SYS_signalfd4, SYS_setitimer, SYS_getitimer, SYS_exit, SYS_exit_group,
#ifdef __x86_64__
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_rename, SYS_unlink, SYS_chmod, SYS_dup2, SYS_pipe, SYS_poll, SYS_select,
    SYS_epoll_wait, SYS_time, SYS_pause, SYS_alarm, SYS_arch_prctl, SYS_getdents,
#endif
};

/* Answering on connections that come in on a socket opened before. */
static const int answer_calls[] = {
    SYS_accept, SYS_accept4, SYS_recvfrom, SYS_recvmsg, SYS_sendto, SYS_sendmsg, SYS_sendmmsg, SYS_recvmmsg, SYS_shutdown, SYS_getsockname,
    SYS_getpeername, SYS_setsockopt, SYS_getsockopt,
};

static const int connect_calls[] = {SYS_socket, SYS_socketpair, SYS_connect, SYS_bind};

typedef struct program { struct sock_filter at[512]; unsigned short n; } program;

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LOAD_ARGUMENT(i) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[i]))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define IS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), (yes), (no))
#define HAS(bits, yes, no) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(bits), (yes), (no))

static void put(program *p, const struct sock_filter *steps, size_t n) {
  for (size_t i = 0; i < n && p->n < sizeof p->at / sizeof *p->at; i++) p->at[p->n++] = steps[i];
}
#define PUT(p, ...) put((p), (const struct sock_filter[]){__VA_ARGS__}, sizeof((const struct sock_filter[]){__VA_ARGS__}) / sizeof(struct sock_filter))

static void allow(program *p, const int *calls, size_t n) {
  for (size_t i = 0; i < n; i++) PUT(p, IS(calls[i], 0, 1), ANSWER(SECCOMP_RET_ALLOW));
}

/* Each looks at the lower half of an argument; all that have any of the bits, or lack them, are refused. */
static void allow_without(program *p, int call, int argument, uint32_t bits) {
  PUT(p, IS(call, 0, 4), LOAD_ARGUMENT(argument), HAS(bits, 0, 1), ANSWER(SECCOMP_RET_ERRNO | EPERM), ANSWER(SECCOMP_RET_ALLOW));
}

static void allow_with(program *p, int call, int argument, uint32_t bits) {
  PUT(p, IS(call, 0, 4), LOAD_ARGUMENT(argument), HAS(bits, 1, 0), ANSWER(SECCOMP_RET_ERRNO | EPERM), ANSWER(SECCOMP_RET_ALLOW));
}

static void allow_values(program *p, int call, int argument, const uint32_t *values, size_t n) {
  PUT(p, IS(call, 0, (uint8_t)(2 * n + 2)), LOAD_ARGUMENT(argument));
  for (size_t i = 0; i < n; i++) PUT(p, IS(values[i], 0, 1), ANSWER(SECCOMP_RET_ALLOW));
  PUT(p, ANSWER(SECCOMP_RET_ERRNO | EPERM));
}

static bool close_calls(const rcp_cage *cage) {
  enum { A_THREAD = 0x00010000 /* CLONE_THREAD */ };
  static const uint32_t terminal[] = {TIOCGWINSZ, 0x5401 /* TCGETS */, FIONREAD, FIONBIO, FIOCLEX};
  static const uint32_t own_limits[] = {0};
  program p = {.n = 0};
  PUT(&p, LOAD(arch), IS(THIS_MACHINE, 1, 0), ANSWER(SECCOMP_RET_ERRNO | ENOSYS), LOAD(nr));
  allow(&p, plain_calls, sizeof plain_calls / sizeof *plain_calls);
  if (cage->serves || cage->network) allow(&p, answer_calls, sizeof answer_calls / sizeof *answer_calls);
  if (cage->network) allow(&p, connect_calls, sizeof connect_calls / sizeof *connect_calls);
  allow_with(&p, SYS_clone, 0, A_THREAD);
  allow_without(&p, SYS_mmap, 2, cage->network ? 0 : PROT_EXEC);        /* name look-up loads libraries */
  allow_without(&p, SYS_mprotect, 2, cage->network ? 0 : PROT_EXEC);
  allow_values(&p, SYS_ioctl, 1, terminal, sizeof terminal / sizeof *terminal);
  allow_values(&p, SYS_prlimit64, 0, own_limits, 1);
  PUT(&p, ANSWER(SECCOMP_RET_ERRNO | ENOSYS));
  const struct sock_fprog filter = {p.n, p.at};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}
#else
static bool close_calls(const rcp_cage *cage) {
  (void)cage;
  return false;
}
#endif

rcp_status rcpi_cage_enter(rcpi_arena *a, const rcp_cage *cage, unsigned *held, rcp_error *error) {
  unsigned found = 0;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return rcpi_error(error, RCP_EIO, RCPI_S(""), 0, "%s", strerror(errno));
  if (close_files(a, cage)) found |= RCP_CAGE_FILES;
  if (close_calls(cage)) found |= RCP_CAGE_CALLS;
  if (held) *held = found;
  return RCP_OK;
}

unsigned rcpi_cage_available(void) {
  unsigned found = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION) >= 1 ? RCP_CAGE_FILES : 0;
#ifdef THIS_MACHINE
  if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0) found |= RCP_CAGE_CALLS;
#endif
  return found;
}

#else
unsigned rcpi_cage_available(void) {
  return 0;
}

rcp_status rcpi_cage_enter(rcpi_arena *a, const rcp_cage *cage, unsigned *held, rcp_error *error) {
  (void)a, (void)cage, (void)error;
  if (held) *held = 0;
  return RCP_OK;
}
#endif
