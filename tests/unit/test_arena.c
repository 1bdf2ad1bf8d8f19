/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void test_memory_is_zeroed_and_aligned(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    for (size_t n = 1; n < 100000; n = n * 3 + 1) {
      unsigned char *p = rcpi_alloc(&a, n, 1);
      assert_int_equal((uintptr_t)p % 16, 0);
      for (size_t i = 0; i < n; i++) assert_int_equal(p[i], 0);
      p[n - 1] = 1;
    }
  }
  rcpi_arena_release(&a);
}

static void count(void *n) {
  ++*(int *)n;
}

static void test_a_failed_allocation_leaves_by_the_guard(void **state) {
  (void)state;
  rcpi_arena a;
  int n_closed = 0;
  volatile int failed = 0;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_defer(&a, count, &n_closed);
    rcpi_fail_allocation = 1;
    rcpi_alloc(&a, 1 << 20, 1);
    fail_msg("the allocation should not have returned");
  } else {
    failed = 1;
  }
  assert_int_equal(failed, 1);
  rcpi_arena_release(&a);
  assert_int_equal(n_closed, 1);
}

static void test_a_size_that_overflows_fails(void **state) {
  (void)state;
  rcpi_arena a;
  volatile int failed = 0;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) rcpi_alloc(&a, SIZE_MAX / 2, 16);
  else failed = 1;
  rcpi_arena_release(&a);
  assert_int_equal(failed, 1);
}

static void test_rewind_gives_memory_back(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_alloc(&a, 10, 1);
    rcpi_mark m = rcpi_arena_mark(&a);
    size_t before = a.n_bytes;
    void *p = rcpi_alloc(&a, 100, 1);
    rcpi_alloc(&a, 1 << 20, 1);
    rcpi_arena_rewind(&a, m);
    assert_int_equal(a.n_bytes, before);
    assert_ptr_equal(rcpi_alloc(&a, 100, 1), p);
  }
  rcpi_arena_release(&a);
}

static void test_the_last_block_grows_where_it_stands(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    unsigned char *p = rcpi_alloc(&a, 40, 1);
    memset(p, 1, 40);
    assert_ptr_equal(rcpi_regrow(&a, p, 40, 400, 1), p);
    assert_int_equal(p[39], 1);
    for (size_t i = 40; i < 400; i++) assert_int_equal(p[i], 0);
    unsigned char *behind = rcpi_alloc(&a, 8, 1);
    assert_true(behind >= p + 400);
    assert_ptr_not_equal(rcpi_regrow(&a, p, 400, 4000, 1), p);   /* no longer the last */
  }
  rcpi_arena_release(&a);
}

static void test_memory_that_was_given_back_is_zeroed_again(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_alloc(&a, 16, 1);
    const size_t sizes[] = {200000, 200000, 300000, 400000, 500000, 100000};   /* each needs a chunk, which is kept for the next; from the third on the system's own */
    for (int round = 0; round < 6; round++) {
      rcpi_mark m = rcpi_arena_mark(&a);
      unsigned char *p = rcpi_alloc(&a, sizes[round] / 2, 1);
      p = rcpi_regrow(&a, p, sizes[round] / 2, sizes[round], 1);
      for (size_t i = 0; i < sizes[round]; i++) assert_int_equal(p[i], 0);
      memset(p, 1, sizes[round]);
      rcpi_arena_rewind(&a, m);
    }
  }
  rcpi_arena_release(&a);
}

static void test_an_arena_that_grows_large(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_mark m = rcpi_arena_mark(&a);
    for (int round = 0; round < 2; round++) {
      for (size_t n = 0; n < 6000; n++) {   /* past the first huge page, and a block that is larger than one */
        unsigned char *p = rcpi_alloc(&a, 1, n == 5000 ? 3 << 20 : 1 << 10);
        assert_int_equal(p[0] + p[1023], 0);
        memset(p, 7, 1024);
      }
      assert_true(a.n_bytes >= 9 << 20);
      rcpi_arena_rewind(&a, m);
      assert_true(a.n_bytes < 1 << 20);
    }
  } else fail();
  rcpi_arena_release(&a);
}

static void test_rewind_runs_what_was_deferred_behind_the_mark(void **state) {
  (void)state;
  rcpi_arena a;
  int n_before = 0, n_behind = 0;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_defer(&a, count, &n_before);
    rcpi_mark m = rcpi_arena_mark(&a);
    rcpi_defer(&a, count, &n_behind);
    rcpi_arena_rewind(&a, m);
    assert_int_equal(n_behind, 1);
    assert_int_equal(n_before, 0);
    memset(rcpi_alloc(&a, 1000, 1), 0xFF, 1000);   /* over where the record was */
  }
  rcpi_arena_release(&a);
  assert_int_equal(n_behind, 1);
  assert_int_equal(n_before, 1);
}

static void test_a_handle_that_cannot_be_kept_is_closed(void **state) {
  (void)state;
  rcpi_arena a;
  int n_closed = 0;
  volatile int failed = 0;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_fail_allocation = 1;
    rcpi_defer(&a, count, &n_closed);
    fail_msg("there was no room for it");
  } else {
    failed = 1;
  }
  assert_int_equal(failed, 1);
  assert_int_equal(n_closed, 1);
  rcpi_arena_release(&a);
  assert_int_equal(n_closed, 1);
}

static void test_a_vector_grows(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    RCPI_VEC(int) v = {0};
    for (int i = 0; i < 1000; i++) rcpi_push(&a, &v, i);
    assert_int_equal(v.n, 1000);
    for (int i = 0; i < 1000; i++) assert_int_equal(v.p[i], i);
  }
  rcpi_arena_release(&a);
}

/* What one arena gave back is what the next one gets, clean; chunks of other sizes go to the system. */
static void test_arenas_of_one_pool_share_chunks(void **state) {
  (void)state;
  rcpi_chunks pool = {.large = NULL};
  for (int round = 0; round < 3; round++) {
    rcpi_arena a, b;
    rcpi_arena_init(&a);
    rcpi_arena_init(&b);
    a.pool = b.pool = &pool;
    RCPI_GUARD(&a) {
      b.guard = a.guard;
      for (int i = 0; i < 20000; i++) {
        unsigned char *p = rcpi_alloc(i % 2 ? &a : &b, 1000, 1);
        for (int k = 0; k < 1000; k++) assert_int_equal(p[k], 0);
        memset(p, 0xFF, 1000);
      }
      memset(rcpi_alloc(&b, 3 << 20, 1), 0xFF, 3 << 20);
    }
    assert_null(pool.large);   /* the second round took just what the first had given back */
    rcpi_arena_release(&a);
    assert_ptr_equal(a.pool, &pool);
    rcpi_arena_release(&b);
    assert_non_null(pool.large);
    assert_non_null(pool.vast);
  }
  rcpi_chunks_release(&pool);
  assert_null(pool.large);
  assert_null(pool.vast);
}

/* What is left of a vast chunk that was used before is clean when it is handed out after all, and a pool holds so much and no more. */
static void test_a_pool_holds_no_more_than_it_may(void **state) {
  (void)state;
  enum { N = 40, SIZE = 5 << 20, HALF = 3 << 20 };
  rcpi_chunks pool = {.large = NULL};
  for (int round = 0; round < 2; round++) {
    rcpi_arena a;
    rcpi_arena_init(&a);
    a.pool = &pool;
    RCPI_GUARD(&a) {
      for (int i = 0; i < N; i++) {
        unsigned char *p = rcpi_alloc(&a, round ? HALF : SIZE, 1);
        for (int k = 0; k < HALF; k += 4096) assert_int_equal(p[k], 0);
        for (int k = 0; k < HALF; k += 4096) p[k] = 1;
        rcpi_mark here = rcpi_arena_mark(&a);
        rcpi_alloc(&a, SIZE, 1);
        rcpi_arena_rewind(&a, here);
        unsigned char *q = rcpi_alloc(&a, 2 << 20, 1);
        for (int k = 0; k < 2 << 20; k += 4096) assert_int_equal(q[k], 0);
        memset(q, 2, 2 << 20);
      }
      assert_true(a.n_bytes > 160u << 20);
    }
    rcpi_arena_release(&a);
    assert_in_range(pool.n_bytes, 64 << 20, 128 << 20);
  }
  rcpi_chunks_release(&pool);
  assert_int_equal(pool.n_bytes, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_memory_is_zeroed_and_aligned), cmocka_unit_test(test_a_failed_allocation_leaves_by_the_guard),
      cmocka_unit_test(test_a_size_that_overflows_fails),  cmocka_unit_test(test_rewind_gives_memory_back),
      cmocka_unit_test(test_a_vector_grows),               cmocka_unit_test(test_the_last_block_grows_where_it_stands),
      cmocka_unit_test(test_memory_that_was_given_back_is_zeroed_again), cmocka_unit_test(test_a_pool_holds_no_more_than_it_may),
      cmocka_unit_test(test_an_arena_that_grows_large), cmocka_unit_test(test_rewind_runs_what_was_deferred_behind_the_mark),
      cmocka_unit_test(test_a_handle_that_cannot_be_kept_is_closed), cmocka_unit_test(test_arenas_of_one_pool_share_chunks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
