/* URLs taken apart and joined; what robots.txt allows; which addresses are private. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

#include "input/address.h"
#include "input/robots.h"
#include "input/url.h"

static void is(rcp_str s, const char *expected) {
  assert_int_equal(s.n, strlen(expected));
  assert_memory_equal(s.p, expected, s.n);
}

static void urls_are_taken_apart(void **state) {
  rcpi_url u;
  (void)state;
  assert_true(rcpi_url_is(RCPI_S("HTTPS://a.example")));
  assert_false(rcpi_url_is(RCPI_S("https://")));
  assert_false(rcpi_url_is(RCPI_S("ftp://a.example/")));
  assert_true(rcpi_url_split(RCPI_S("https://a.example:8443/b?c=d#e"), &u));
  is(u.host, "a.example"), is(u.port, "8443"), is(u.path, "/b?c=d");
  assert_true(rcpi_url_split(RCPI_S("http://[::1]:80"), &u));
  is(u.host, "[::1]"), is(u.port, "80"), is(u.path, "");
  assert_true(rcpi_url_split(RCPI_S("http://public.example@127.0.0.1/"), &u));
  is(u.host, "127.0.0.1");
  assert_true(u.has_user);
  assert_false(rcpi_url_split(RCPI_S("http://[::1/"), &u));
  assert_false(rcpi_url_split(RCPI_S("http:///x"), &u));
}

/* RFC 3986, 5.4, those that feeds use. */
static void links_are_put_in_full(void **state) {
  static const struct { const char *ref, *expected; } cases[] = {
      {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"}, {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"}, {"", "http://a/b/c/d;p?q"}, {"..", "http://a/b/"}, {"../g", "http://a/b/g"},
      {"../../../g", "http://a/g"}, {"g#s", "http://a/b/c/g"}, {"https://h/x", "https://h/x"}, {"mailto:x@y", "mailto:x@y"}};
  rcpi_arena a;
  (void)state;
  rcpi_arena_init(&a);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    is(rcpi_url_join(&a, RCPI_S("http://a/b/c/d;p?q"), rcpi_cstr(cases[i].ref)), cases[i].expected);
  is(rcpi_url_join(&a, RCPI_S("http://a"), RCPI_S("g")), "http://a/g");
  is(rcpi_url_join(&a, RCPI_S("feed.xml"), RCPI_S("/g")), "/g");
  rcpi_arena_release(&a);
}

static bool allowed(const char *robots, const char *path) {
  rcpi_arena a;
  rcpi_robots r;
  rcpi_arena_init(&a);
  rcpi_robots_read(&a, rcpi_cstr(robots), "recoupe", &r);
  bool is_allowed = rcpi_robots_allow(&r, rcpi_cstr(path));
  rcpi_arena_release(&a);
  return is_allowed;
}

static void robots_are_obeyed(void **state) {
  (void)state;
  assert_true(allowed("", "/a"));
  assert_false(allowed("User-agent: *\nDisallow: /\n", "/a"));
  assert_true(allowed("User-agent: *\nDisallow:\n", "/a"));
  assert_true(allowed("User-agent: other\nDisallow: /\n", "/a"));
  /* its own group in place of everybody's, whatever its case; several groups are one */
  assert_true(allowed("User-agent: *\nDisallow: /\n\nUser-agent: Recoupe/1.0\nDisallow: /x\n", "/a"));
  assert_false(allowed("User-agent: recoupe\nDisallow: /x\n\nUser-agent: recoupe\nDisallow: /a\n", "/a"));
  assert_false(allowed("User-agent: other\nUser-agent: recoupe\nDisallow: /a # why\n", "/abc"));
  /* the longest rule; among equals the one that allows */
  assert_true(allowed("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c"));
  assert_true(allowed("User-agent: *\nAllow: /a\nDisallow: /a\n", "/a"));
  assert_false(allowed("User-agent: *\nDisallow: /*.php$\n", "/x/y.php"));
  assert_true(allowed("User-agent: *\nDisallow: /*.php$\n", "/x/y.php?z"));
  assert_false(allowed("User-agent: *\nDisallow: /*a*b*c\n", "/--a-a-b-b-c"));
}

static void stars_take_no_time(void **state) {
  char rule[1200], path[4000];
  (void)state;
  memcpy(rule, "User-agent: *\nDisallow: /", 25);
  for (size_t i = 25; i < sizeof rule - 3; i++) rule[i] = i % 2 ? '*' : 'a';
  memcpy(rule + sizeof rule - 3, "b\n", 3);
  memset(path, 'a', sizeof path - 1);
  path[0] = '/';
  path[sizeof path - 1] = 0;
  assert_true(allowed(rule, path));
}

static bool is_private(const char *text) {
  struct sockaddr_in v4 = {.sin_family = AF_INET};
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) return rcpi_address_is_private((struct sockaddr *)&v4);
  assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
  return rcpi_address_is_private((struct sockaddr *)&v6);
}

static void private_addresses_are_known(void **state) {
  static const char *const private[] = {"127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
      "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
      "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1", "2001::1"};
  static const char *const public[] = {"1.1.1.1", "172.32.0.1", "172.15.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.1", "2606:4700::1111",
      "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::", "2a01:e0a::1"};
  (void)state;
  for (size_t i = 0; i < sizeof private / sizeof *private; i++) assert_true(is_private(private[i]));
  for (size_t i = 0; i < sizeof public / sizeof *public; i++) assert_false(is_private(public[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(urls_are_taken_apart), cmocka_unit_test(links_are_put_in_full), cmocka_unit_test(robots_are_obeyed),
      cmocka_unit_test(stars_take_no_time), cmocka_unit_test(private_addresses_are_known)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
